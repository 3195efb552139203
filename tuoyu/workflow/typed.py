"""What is typed into a paper, input by input: kept as it comes, whoever else types in it too.

An input is what a page posts under one name: a figure has one, the subsidies have two a row.
"""

from typing import NamedTuple

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.clock import now
from tuoyu.workflow.clashes import clash
from tuoyu.workflow.inputs import by_figure, owner, reading, texts_of, untakeable

FROM = ""  # in `touched`: since which edition it tells everything


class Change(NamedTuple):
    """What stands in an input now, what its page knew to be kept there, and since which edition
    (None: since the page's own); `sent` are texts the page has sent before, unanswered."""

    typed: str
    was: str
    sent: tuple = ()
    seen: int | None = None


class Kept(NamedTuple):
    """What became of changes: the texts the page must take over, the clashes it must ask about
    {input: (the other text, sentence)}, the complaints {figure: sentence}, the inputs refused."""

    texts: dict
    clashes: dict
    errors: dict
    unkept: list

    def joined(self, other):
        return Kept(
            *(mine | more for mine, more in zip(self[:3], other[:3], strict=True)),
            self.unkept + other.unkept,
        )


class Typed:
    """A draft in which nothing typed is lost. A model sets `sheet` and `is_editable`."""

    # {input: text as typed that is no value (yet)}
    loose: Mapped[dict] = mapped_column(JSONB, default=dict)
    # {input: [edition that brought its last change, when, by whom]}
    touched: Mapped[dict] = mapped_column(JSONB, default=dict)

    def texts(self, sheet=None):
        """{input: text} as a page of the sheet shows what is kept."""
        shown = {}
        for indicator in (sheet or self.sheet).typed_in:
            shown |= indicator.inputs(getattr(self, indicator.key))
        return shown | {name: text for name, text in self.loose_texts.items() if name in shown}

    @property
    def loose_texts(self):
        return self.loose or {}

    def unread(self, sheet=None):
        """{figure: complaint} where what is typed is no value."""
        if not self.loose_texts:
            return {}
        read = reading(sheet or self.sheet, self.texts(sheet), self.loose_texts)
        return by_figure(sheet or self.sheet, read.complaints)

    def fill_in(self, figures, by=None, sent=None):
        """Keep these values. `sent` are the inputs that were posted, all when None: what lies
        there loose gives way. Raises NotEditable outside the institution's hands."""
        self.insist_editable()
        before = self.texts()
        for key, value in figures.items():
            setattr(self, key, value)
        self.loose = {
            name: text
            for name, text in self.loose_texts.items()
            if owner(name) not in figures or (sent is not None and name not in sent)
        }
        self._touch(before, by)

    def keep_typed(self, changes, seen, by, sheet=None):
        """Keep {input: Change} of a page of the sheet, each unless somebody else has changed the
        same input meanwhile; what is no value is kept as typed. `seen` is the edition the page
        knew. Answers Kept; raises NotEditable."""
        self.insist_editable()
        sheet, before = sheet or self.sheet, self.texts(sheet)
        changes = {name: change for name, change in changes.items() if name in before}
        read = reading(sheet, before | texts_of(changes), changes)
        unkept = untakeable(sheet, changes, read)
        clashing = {
            name: change
            for name, change in changes.items()
            if name not in unkept
            and before[name] not in (read.texts.get(name), *change.sent)
            and (before[name] != change.was or self._came_back(name, change.seen))
        }
        taken = {n: c for n, c in changes.items() if n not in unkept and n not in clashing}
        self._take_over(reading(sheet, before | texts_of(taken), taken), by)
        errors = self.unread(sheet) | by_figure(sheet, unkept)
        now_kept = self.texts(sheet)
        clashes = {
            name: (now_kept[name], clash(self, sheet, {name: c.typed}, {name: now_kept[name]}, by))
            for name, c in clashing.items()
        }
        return Kept(self._news(sheet, taken, changes, seen), clashes, errors, list(unkept))

    def submit(self, by):
        """Handed in, nobody types in it any more: who typed what is forgotten."""
        self.touched = {FROM: [self.edition, "", ""]}
        return super().submit(by)

    def figures_changed(self, by):
        """What else follows when somebody has changed figures of this kind of paper."""

    def changed_since(self, seen, name):
        """Whether the input may have changed after the edition `seen`; None is before all."""
        touched = self.touched or {}
        first = touched.get(FROM, (0,))
        return seen is None or seen < first[0] or touched.get(name, first)[0] > seen

    def _came_back(self, name, seen):
        """It was changed after the edition `seen`, and is the old text again."""
        return seen is not None and self.changed_since(seen, name)

    def _take_over(self, read, by):
        before = self.texts()
        for key, value in read.values.items():
            setattr(self, key, value)
        others = {n: t for n, t in self.loose_texts.items() if n not in read.texts}
        self.loose = others | {name: read.texts[name] for name in read.complaints}
        self._touch(before, by)

    def _touch(self, before, by):
        after, known = self.texts(), self.touched or {}
        mark = [
            (self.edition or 0) + 1,
            now().isoformat(timespec="seconds"),
            by.display_name if by else "",
        ]
        changed = {name: mark for name, text in after.items() if text != before.get(name)}
        if changed:
            self.touched = known | changed
            self.figures_changed(by)

    def _news(self, sheet, taken, changes, seen):
        """{input: text}: what was taken in other words, and what others have changed since."""
        now_kept = self.texts(sheet)
        own = {n: now_kept.get(n, "") for n, c in taken.items() if now_kept.get(n) != c.typed}
        return own | {
            name: text
            for name, text in now_kept.items()
            if name not in changes and self.changed_since(seen, name)
        }
