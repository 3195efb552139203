"""A sheet as a form. Every field takes a blank: what must not stay blank is told at submission."""

from flask_wtf import FlaskForm
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

    def process_formdata(self, valuelist):
        if not valuelist:
            return
        self.typed, self.data = valuelist[0], None
        self.data = self.indicator.parse(valuelist[0])

    def _value(self):
        return self.indicator.typed(self.data) if self.typed is None else self.typed


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


def form_for(sheet):
    """A form with one field per figure that is typed in; `.figures` are the values read."""
    fields = {i.key: FIELDS[i.widget](i) for i in sheet.typed_in}
    return type("SheetForm", (SheetForm,), {"sheet": sheet, **fields})


class SheetForm(FlaskForm):
    sheet = None

    @property
    def figures(self):
        return {i.key: self[i.key].data for i in self.sheet.typed_in}
