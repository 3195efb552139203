"""Each figure of an uploaded workbook beside the draft, before anything is kept.

The page of the comparison carries what it shows: the figure of the table and, as `was.<key>`, the
draft's. When the draft has changed meanwhile, both are shown and a choice is asked for.
"""

from typing import NamedTuple

from tuoyu.indicators.kinds import LONGEST_FIGURE
from tuoyu.reports.comparison import Row, comparison
from tuoyu.reports.workbook import Mark

WAS, WRONG, WHY, ASKED, CHOICE = "was.", "wrong.", "why.", "asked", "choice."
TABLE, DRAFT = "table", "draft"
LONGEST_WHY = 300
KINDS = {
    "wrong": "有误",
    "blank": "未填",
    "new": "新填",
    "changed": "改动",
    "same": "相同",
}


class Offer(NamedTuple):
    """What the table holds for one figure: its value, or the text and what is wrong with it, or
    nothing. `row` is the draft's figure, `now` its text; `choice` is what was chosen of the two."""

    row: Row
    now: str
    value: object = None
    text: str = ""
    fault: str = ""
    note: str = ""
    asked: bool = False
    choice: str = ""

    @property
    def figure(self):
        return self.row.indicator

    @property
    def typed(self):
        return self.figure.typed(self.value)

    @property
    def kind(self):
        if self.fault:
            return "wrong"
        if self.value is None:
            return "blank"
        if self.typed == self.now:
            return "same"
        return "changed" if self.now else "new"

    @property
    def word(self):
        return KINDS[self.kind]

    @property
    def differs(self):
        return self.kind in ("new", "changed")

    @property
    def shown_now(self):
        return self.now and (
            self.figure.show(self.row.this) if self.row.this is not None else self.now
        )

    @property
    def question(self):
        name = f"{self.figure.code} {self.figure.full_name}".strip()
        return f"{name}：表中是 {self.figure.show(self.value)}，现有的是 {self.shown_now or '空白'}"

    @property
    def is_open(self):
        """A choice is asked for, and was not made."""
        return self.asked and not self.choice

    @property
    def is_taken(self):
        """The table's figure is the one to keep."""
        return self.differs and self.choice != DRAFT


def offers_of(upload, report):
    """An Offer for every figure of an Upload."""
    kept = report.texts()
    return [
        offer_of(row, kept[row.indicator.key], upload.entries[row.indicator.key])
        for row in comparison(report)
    ]


def offer_of(row, now, entry):
    note = "公式" if entry.is_formula and not entry.fault else ""
    return Offer(row, now, entry.value, entry.text, entry.fault, note)


def offers_in(posted, form, report):
    """The same from a posted page of the comparison; `form` has read the figures in it."""
    kept, asked = report.texts(), set(posted.getlist(ASKED))
    return [
        posted_offer(row, kept[row.indicator.key], posted, form, asked)
        for row in comparison(report)
    ]


def posted_offer(row, now, posted, form, asked):
    key = row.indicator.key
    fault = posted.get(WHY + key, "")[:LONGEST_WHY]
    offer = Offer(row, now, text=posted.get(WRONG + key, "")[:LONGEST_FIGURE], fault=fault)
    if fault or key not in posted:
        return offer
    offer = offer._replace(value=form[key].data)
    if posted.get(WAS + key, "") != offer.now:
        return offer._replace(asked=offer.differs)
    choice = posted.get(CHOICE + key, "")
    return offer._replace(asked=key in asked, choice=choice if choice in (TABLE, DRAFT) else "")


def tally(offers):
    """[(word, how many)] of each kind that occurs."""
    counts = [(word, sum(offer.kind == kind for offer in offers)) for kind, word in KINDS.items()]
    return [(word, count) for word, count in counts if count]


def marks_of(offers):
    """The cells to colour in the copy of the table: {key: Mark}."""
    return {o.figure.key: Mark(o.text, o.fault) for o in offers if o.fault}
