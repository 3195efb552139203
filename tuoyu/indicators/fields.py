"""The fields of a form, one class for each way of typing a figure."""

from wtforms import (
    DateField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms import Field as BareField
from wtforms.fields.choices import Choice, SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget


class ByKind:
    """A field that leaves reading and writing to its indicator, and keeps what was typed."""

    def __init__(self, indicator, **options):
        super().__init__(
            indicator.label,
            description=indicator.hint,
            render_kw={"inputmode": indicator.inputmode} if indicator.inputmode else None,
            **options,
        )
        self.indicator = indicator
        self.typed = None
        self.kept = {}  # {input: text} as the paper keeps it

    def process_formdata(self, valuelist):
        if not valuelist:
            return
        self.typed, self.data = valuelist[0], None
        self.data = self.indicator.parse(valuelist[0])

    def _value(self):
        return self.indicator.typed(self.data) if self.typed is None else self.typed

    def show(self, texts):
        """Show what is kept as typed although it is no value, {input: text}."""
        self.typed = texts[self.name]

    def drop_what_was_typed(self, value):
        """Take back what was posted: the field holds what is kept."""
        self.data, self.typed, self.process_errors = value, None, []

    @property
    def was(self):
        """{input: text that is kept} where the page shows another."""
        shown = self.inputs()
        return {name: text for name, text in self.kept.items() if shown.get(name) != text}

    def inputs(self):
        """{input: text} as the page shows the field."""
        texts = self.indicator.inputs(self.data)
        return texts if self.typed is None else texts | {self.name: self.typed}


class FigureField(ByKind, StringField):
    pass


class WordsField(ByKind, TextAreaField):
    pass


class DayField(ByKind, DateField):
    pass


class OneOfField(ByKind, SelectField):
    def __init__(self, indicator, **options):
        super().__init__(
            indicator, coerce=lambda v: v, choices=[], validate_choice=False, **options
        )

    def process(self, *arguments, **options):
        super().process(*arguments, **options)
        self.choices = [("", "请选择"), *self.indicator.options(self.data)]


class SeveralOfField(ByKind, SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, indicator, **options):
        super().__init__(
            indicator, coerce=lambda v: v, choices=[], validate_choice=False, **options
        )

    def process_formdata(self, valuelist):
        self.data = valuelist
        self.data = self.indicator.parse(valuelist)

    def process(self, *arguments, **options):
        super().process(*arguments, **options)
        self.choices = self.indicator.options(self.data)


class YesNoField(ByKind, RadioField):
    def __init__(self, indicator, **options):
        yes_no = [SelectChoice("1", "是"), SelectChoice("0", "否")]
        super().__init__(
            indicator, coerce=lambda v: v, choices=yes_no, validate_choice=False, **options
        )

    def iter_choices(self):
        for choice in self.choices:
            yield Choice(choice.value, choice.label, choice.value == self._value(), {})


class GrantsField(ByKind, BareField):
    """Rows of amount and year, one for each option, named key-CODE-amount and key-CODE-year."""

    def process(self, formdata, *arguments, **options):
        super().process(None, *arguments, **options)
        self.choices = self.indicator.options(self.data)
        if formdata is None or not any(name.startswith(f"{self.name}-") for name in formdata):
            return
        self.typed = {
            code: tuple(
                formdata.get(f"{self.name}-{code}-{part}", "") for part in ("amount", "year")
            )
            for code, _ in self.choices
        }
        try:
            self.data = self.indicator.parse(self.typed)
        except ValueError as error:
            self.process_errors.append(str(error))

    def show(self, texts):
        shown = self.inputs() | texts
        self.typed = {
            code: tuple(shown[f"{self.name}-{code}-{part}"] for part in ("amount", "year"))
            for code, _ in self.choices
        }

    def inputs(self):
        return {
            f"{self.name}-{code}-{part}": text
            for code, _, *cells in self.rows()
            for part, text in zip(("amount", "year"), cells, strict=True)
        }

    def rows(self):
        """(code, label, amount, year) as typed or as kept."""
        for code, label in self.choices:
            kept = (self.data or {}).get(code, {})
            amount, year = (self.typed or {}).get(code) or (kept.get("amount"), kept.get("year"))
            yield code, label, amount or "", year or ""


FIELDS = {
    "text": FigureField,
    "textarea": WordsField,
    "date": DayField,
    "select": OneOfField,
    "checkboxes": SeveralOfField,
    "yes_no": YesNoField,
    "grants": GrantsField,
}
