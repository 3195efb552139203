"""The home page of townships and counties: what waits for me, and what is missing."""

from typing import NamedTuple

from flask import url_for

from tuoyu.reports.due import due_institutions
from tuoyu.reports.models import MonthlyReport
from tuoyu.review.desk import Desk, tallies
from tuoyu.review.papers import due_of, title_of
from tuoyu.review.rows import days_past
from tuoyu.review.tabs import DECLARED

SHORT = 8  # lines of the list on the home page
OF_THE_MONTH = ("unreported", "passed")


class Office(NamedTuple):
    """`cards` for components/counts.html and `tasks` for components/tasks.html; `apart` are the
    declared months (label, count, address), which are not missing; `more` papers wait than the
    tasks show."""

    cards: list[dict]
    tasks: list[dict]
    apart: list[tuple[str, int, str]]
    more: int
    desk: Desk

    @property
    def is_done(self):
        """Every institution due has passed."""
        passed = self.cards[-1]
        return passed["count"] >= passed["of"]


def office_of(role, month):
    """The Office of a township or county officer in `month`, the current one."""
    reports, archives = Desk("reports", role), Desk("archives", role)
    desks = [reports, archives, *others(reports, month)]
    apart = [Desk("reports", role, tab.name, month) for tab in DECLARED]
    due, *counts = tallies([due_institutions(month), *(d.statement() for d in desks + apart)])
    cards = [card(desk, count, due) for desk, count in zip(desks, counts, strict=False)]
    tasks = [task(desk, paper) for desk in (reports, archives) for paper in desk.first(SHORT)]
    declared = [
        (desk.current.label, count, url_for("review.desk", **desk.args))
        for desk, count in zip(apart, counts[len(desks) :], strict=True)
    ]
    return Office(cards, tasks, declared, counts[0] + counts[1] - len(tasks), reports)


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
        "title": f"{paper.institution.name} {title_of(paper)}",
        "href": url_for("review.paper", paper_id=paper.id, **desk.args),
        "state": "overdue" if days else paper.state.value,
        "detail": f"{days}天" if days else None,
        "hint": hint(paper),
    }


def hint(paper):
    if isinstance(paper, MonthlyReport) and paper.days_late:
        return f"迟报{paper.days_late}天"
    return None
