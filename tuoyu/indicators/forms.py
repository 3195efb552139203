"""A sheet as a form. Every field takes a blank: what must not stay blank is told at submission."""

from flask_wtf import FlaskForm

from tuoyu.indicators.fields import FIELDS

CHOICE, THEIRS = "choice.", "theirs"  # what a page posts about a figure changed elsewhere


def form_for(sheet):
    """A form with one field per figure that is typed in; `.figures` are the values read."""
    fields = {i.key: FIELDS[i.widget](i) for i in sheet.typed_in}
    return type("SheetForm", (SheetForm,), {"sheet": sheet, **fields})


class SheetForm(FlaskForm):
    """A page of a sheet. It shows what lies loose in the paper `obj` with the complaint about it,
    and each field knows in `was` what the paper keeps of it, where that is something else."""

    sheet = None

    def process(self, formdata=None, obj=None, **more):
        super().process(formdata, obj, **more)
        sent = self.meta.wrap_formdata(self, formdata) or {}
        self.sent, self.paper = set(sent), obj if hasattr(obj, "loose_texts") else None
        if self.paper is not None:
            kept = self.paper.texts(self.sheet)
            for i in self.sheet.typed_in:
                self[i.key].kept = {n: t for n, t in kept.items() if n.partition("-")[0] == i.key}
            self._keep_what_was_chosen(sent)
            self._show_loose()

    @property
    def figures(self):
        return {i.key: self[i.key].data for i in self.sheet.typed_in}

    def differing_since(self, seen):
        """The keys of the figures typed otherwise than they are kept, as far as they may have been
        changed elsewhere after the edition `seen`."""
        return [
            i.key
            for i in self.sheet.typed_in
            if self._differs(self[i.key])
            and any(self.paper.changed_since(seen, name) for name in self[i.key].was)
        ]

    def _differs(self, field):
        """Whether it is another value, not only other words for the same."""
        loose = any(name in self.paper.loose_texts for name in field.kept)
        other = field.data != getattr(self.paper, field.name)
        return bool(field.was) and (other or loose or bool(field.process_errors))

    def _keep_what_was_chosen(self, sent):
        """Of the figures that were asked about (templates/components/clash.html), hold on to those
        whose kept value was chosen."""
        for indicator in self.sheet.typed_in:
            if sent.get(CHOICE + indicator.key) == THEIRS:
                self[indicator.key].drop_what_was_typed(getattr(self.paper, indicator.key))
                self.sent -= {n for n in self.sent if n.partition("-")[0] == indicator.key}

    def _show_loose(self):
        waiting = {n: t for n, t in self.paper.loose_texts.items() if n not in self.sent}
        for key, complaint in self.paper.unread(self.sheet).items() if waiting else ():
            mine = {name: text for name, text in waiting.items() if name.partition("-")[0] == key}
            if mine:
                self[key].show(mine)
                self[key].errors = (complaint,)
