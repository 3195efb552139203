"""The home page of an institution: the archive, this month, and the one next thing to do."""

from typing import NamedTuple

from flask import url_for

from tuoyu.archives.versions import versions_of
from tuoyu.reports.months import Month, months_of
from tuoyu.workflow.history import Step
from tuoyu.workflow.states import EDITABLE, State

ARCHIVE_STEPS = {
    State.DRAFT: "继续填写档案",
    State.RETURNED: "按退回意见修改档案",
}


class Card(NamedTuple):
    """One thing the institution answers for, and the single next button: a link (`href`), or a
    month to begin (`month`, posted)."""

    title: str
    state: str
    label: str = ""
    href: str = ""
    month: str = ""
    hint: str = ""
    returned: Step | None = None
    wrong: tuple[tuple[str, str], ...] = ()  # (what was marked, what is wrong there)
    is_archive: bool = False
    days_late: int = 0

    @property
    def is_mine(self):
        """It lies with the institution: something is to be done."""
        return self.state in ("not_filed", *EDITABLE)


def cards_of(institution, period):
    """(cards, earlier months not yet handed in) of an institution; `period` is the current one."""
    versions = versions_of(institution.id)
    archive = versions[0] if versions else None
    months = months_of(institution)
    current = [m for m in months if period and m.period.month == period.month]
    open_before = [m for m in months if m not in current and is_unfinished(m)]
    return [archive_card(archive), *(month_card(m, archive) for m in current)], open_before


def is_unfinished(month):
    return month.report is None or month.report.is_editable


def archive_card(archive):
    if archive is None:
        return Card(
            "机构档案",
            "not_filed",
            "填写机构档案",
            url_for("archives.mine"),
            hint="档案经乡镇、县级审核通过后，月报才能提交审核。",
            is_archive=True,
        )
    return Card(
        "机构档案",
        archive.state.value,
        ARCHIVE_STEPS.get(archive.state, "查看档案"),
        url_for("archives.mine"),
        **what_came_back(archive),
        is_archive=True,
    )


def month_card(month: Month, archive):
    title = month.period.title
    if month.report is None:
        if archive is None:
            return Card(title, "not_filed", hint="请先填写机构档案。")
        return Card(title, "not_filed", f"填报{title}", month=f"{month.period.month:%Y-%m}")
    return Card(
        title,
        month.report.state.value,
        f"{month.action}月报",
        address_of(month.report),
        **what_came_back(month.report),
        days_late=month.report.days_late,
    )


def address_of(report):
    view = "reports.edit" if report.is_editable else "reports.show"
    return url_for(view, report_id=report.id)


def what_came_back(paper):
    """Why a returned paper came back, and which figures were marked."""
    if paper.state != State.RETURNED:
        return {}
    last = paper.steps[-1]
    names = {indicator.key: indicator.full_name for indicator in paper.sheet}
    wrong = tuple((names.get(key, key), note) for key, note in last.marked.items())
    return {"returned": last, "wrong": wrong}


def task_of(month: Month):
    """A line for an earlier month that was not handed in."""
    days = month.days_overdue
    return {
        "title": f"{month.action}{month.period.title}",
        "href": address_of(month.report) if month.report else url_for("reports.mine"),
        "state": "overdue" if days else "returned",
        "detail": f"{days}天" if days else None,
    }
