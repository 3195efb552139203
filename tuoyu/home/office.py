"""The home page of townships and counties: what waits for me, and what is missing."""

from typing import NamedTuple

from flask import url_for

from tuoyu.home.waiting import waiting_for
from tuoyu.reports.due import due_institutions
from tuoyu.reports.models import MonthlyReport
from tuoyu.review.desk import Desk, tallies
from tuoyu.review.papers import NOUNS, due_of, title_of, whose
from tuoyu.review.rows import days_past
from tuoyu.review.tabs import DECLARED

SHORT = 8  # lines of the list on the home page
OF_THE_MONTH = ("unreported", "passed")
KINDS = ("reports", "archives", "applications")


class Office(NamedTuple):
    """`cards` for components/counts.html and `tasks` for components/tasks.html; `apart` are the
    declared months (label, count, address), which are not missing; `more` the lists in which more
    waits than the tasks show (noun, how many, address)."""

    cards: list[dict]
    tasks: list[dict]
    apart: list[tuple[str, int, str]]
    more: list[tuple[str, int, str]]
    title: str

    @property
    def is_done(self):
        """Every institution due has passed."""
        passed = self.cards[-1]
        return passed["count"] >= passed["of"]


def office_of(person, month):
    """The Office of a township or county officer in `month`, the current one."""
    mine = [Desk(kind, person.role) for kind in KINDS]
    lists, besides = [*mine[:2], *others(mine[0], month)], list(waiting_for(person))
    apart = [Desk("reports", person.role, tab.name, month) for tab in DECLARED]
    counted = [due_institutions(month), *(desk.statement() for desk in [*lists, *apart])]
    due, *counts = tallies([*counted, *(one.statement for one in besides)])
    numbers = iter(counts)
    cards = [card(desk, next(numbers), due) for desk in lists]
    declared = [(d.current.label, next(numbers), url_for("review.desk", **d.args)) for d in apart]
    cards[2:2] = [one.card(next(numbers)) for one in besides]
    shown = [desk.first(SHORT) for desk in mine]
    tasks = [task(d, paper) for d, papers in zip(mine, shown, strict=True) for paper in papers]
    more = unshown(mine, shown, cards)
    return Office(cards, tasks, declared, list(more), mine[0].current.label)


def unshown(desks, shown, cards):
    """(noun, how many, address) of the lists that go on; the cards begin with those of the desks."""
    for desk, papers, counted in zip(desks, shown, cards, strict=False):
        if counted["count"] > len(papers):
            yield NOUNS[desk.kind], counted["count"] - len(papers), counted["href"]


def others(reports, month):
    """The other lists of reports a count leads to: 未报 and 已通过 of this month, the rest of all."""
    for tab in reports.tabs:
        if tab.name not in ("waiting", "township", "all") and tab not in DECLARED:
            shown = reports.showing(tab.name)
            yield (
                Desk("reports", reports.role, tab.name, month)
                if tab.name in OF_THE_MONTH
                else shown
            )


def card(desk, count, due):
    tab = desk.current
    noun = {"reports": "月报", "archives": "档案"}[desk.kind] if tab.name == "waiting" else ""
    return {
        "label": tab.label + noun,
        "count": count,
        "of": due if tab.name == "passed" else None,
        "href": url_for("review.desk", **desk.args),
        "tone": tab.tone,
        "unit": "家" if tab.name in OF_THE_MONTH else "件",
    }


def task(desk, paper):
    days = days_past(due_of(paper))
    return {
        "title": f"{whose(paper).name} {title_of(paper)}",
        "href": url_for("review.paper", paper_id=paper.id, **desk.args),
        "state": "overdue" if days else paper.state.value,
        "detail": f"{days}天" if days else None,
        "hint": hint(paper),
    }


def hint(paper):
    if isinstance(paper, MonthlyReport) and paper.days_late:
        return f"迟报{paper.days_late}天"
    return None
