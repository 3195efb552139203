"""What waits for an officer besides archives and months: applications, and questions to answer."""

from typing import NamedTuple

from flask import url_for
from sqlalchemy import Select

from tuoyu.feedback.lists import to_do
from tuoyu.review.desk import Desk, tallies
from tuoyu.review.tabs import tabs_of


class Waiting(NamedTuple):
    """A list, and the card of components/counts.html that leads to it."""

    statement: Select
    label: str
    unit: str
    href: str

    def card(self, count):
        """The card, with how many rows the statement has."""
        shown = {"label": self.label, "unit": self.unit, "href": self.href}
        return shown | {"count": count, "tone": "blue"}


def waiting_for(person):
    """A Waiting for each such list of the person's; whoever has no desk has no applications."""
    if tabs_of(person.role, "applications"):
        desk = Desk("applications", person.role)
        here = url_for("review.desk", **desk.args)
        yield Waiting(desk.statement(), f"{desk.current.label}申请", "件", here)
    yield Waiting(to_do(person), "待答复问题", "个", url_for("feedback.index"))


def cards_for(person):
    """The cards, counted in one statement."""
    lists = list(waiting_for(person))
    counts = tallies([one.statement for one in lists])
    return [one.card(count) for one, count in zip(lists, counts, strict=True)]
