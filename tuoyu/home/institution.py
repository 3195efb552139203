"""The home page of an institution: the one next thing to do, where the papers are, and the year."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from flask import url_for

from tuoyu.applications.pages import applications_of
from tuoyu.archives.models import ArchiveRevision
from tuoyu.archives.versions import versions_of
from tuoyu.clock import today
from tuoyu.extensions import db
from tuoyu.feedback.lists import to_do
from tuoyu.home.lines import (
    address_of,
    in_the_list,
    is_correction,
    line_of,
    line_of_answer,
    task_of,
)
from tuoyu.institutions.chronicle import pause_of
from tuoyu.institutions.models import Institution
from tuoyu.reports.calendar import FIRST_MONTH, first_of
from tuoyu.reports.months import Month, months_of
from tuoyu.workflow.receipts import Receipt, last_receipt
from tuoyu.workflow.states import FINAL, State

STRIP = 12  # months shown
FIRST_ARCHIVE = "档案经乡镇、县级审核通过后，月报才能提交审核。"
NOT_IN_FORCE = "机构档案尚未审核通过：月报可以先填报、暂存，档案审核通过后再提交审核。"

STILL_IN_FORCE = "更正版经审核、确认之前，原数据继续有效。"


class NextStep(NamedTuple):
    """One thing to do: a link (`href`), or a month to begin (`month`, posted). `paper` is what
    came back and is to be mended."""

    title: str
    label: str
    href: str = ""
    month: str = ""
    hint: str = ""
    paper: object = None

    @property
    def is_archive(self):
        return isinstance(self.paper, ArchiveRevision)


@dataclass
class Home:
    """What the page shows; `step` is None when everything lies with the reviewers or is done."""

    institution: Institution
    archives: list[ArchiveRevision]
    months: list[Month]
    current: Month | None
    step: NextStep | None
    receipt: Receipt | None
    strip: list[dict]
    requests: list[dict]  # lines for the applications under way
    answers: list[dict]  # lines for the questions that were answered and are not closed

    @property
    def archive(self):
        return self.archives[0] if self.archives else None

    @cached_property
    def pause(self):
        """The one in which today lies (a Change), or None; asked for where nothing is to do."""
        return pause_of(self.institution, today())

    @property
    def is_done(self):
        """Nothing of the current month is due: it was handed in, or none is asked for. A
        correction has no deadline."""
        if self.current is None or not self.current.is_due:
            return True
        report = self.current.report
        return report is not None and (report.version > 1 or not report.is_editable)

    @property
    def before(self):
        """Lines for the earlier months that are due and were not handed in."""
        return [task_of(m) for m in self.months if m is not self.current and is_unfinished(m)]


def home_of(person, period):
    """The Home of a person's institution; `period` is the current one, None before the first."""
    institution = person.institution
    archives, months = versions_of(institution.id), months_of(institution)
    current = next((m for m in months if period and m.period.month == period.month), None)
    return Home(
        institution=institution,
        archives=archives,
        months=months,
        current=current,
        step=next(steps(archives, months), None),
        receipt=last_receipt(institution),
        strip=list(strip(months, period, bool(institution.first_due_month))) if period else [],
        requests=[line_of(one) for one in applications_of(person) if one.state not in FINAL],
        answers=[line_of_answer(one) for one in db.session.scalars(to_do(person))],
    )


def steps(archives, months):
    """Everything there is to do, the most pressing first: without an archive in force nothing can
    be handed in; what came back waits for nobody else; of the rest the oldest month first, because
    its figures carry on."""
    archive = archives[0] if archives else None
    in_force = any(version.state == State.CONFIRMED for version in archives)
    if archive is None:
        here = url_for("archives.mine")
        yield NextStep("填写机构档案", "填写机构档案", here, hint=FIRST_ARCHIVE)
        return
    if not in_force:
        yield from archive_steps(archive)
    yield from (mend(m.report) for m in months if is_returned(m.report))
    hint = "" if in_force else NOT_IN_FORCE
    yield from (fill_in(m, hint) for m in reversed(months) if is_unfinished(m))
    if in_force:
        yield from archive_steps(archive)


def archive_steps(archive):
    here = url_for("archives.mine")
    if archive.state == State.RETURNED:
        yield NextStep("机构档案已退回", "按退回意见修改档案", here, paper=archive)
    if archive.state == State.DRAFT:
        yield NextStep("机构档案还没有提交审核", "继续填写档案", here)


def mend(report):
    return NextStep(f"{report.title}已退回", "修改月报", address_of(report), paper=report)


def fill_in(month, hint):
    title = month.period.title
    if month.report is None:
        text = f"{month.period.month:%Y-%m}"
        return NextStep(f"{title}还没有填报", f"填报{title}", month=text, hint=hint)
    here = address_of(month.report)
    if is_correction(month.report):
        return NextStep(f"{title}的更正已批准", "核对并提交更正", here, hint=STILL_IN_FORCE)
    return NextStep(f"{title}还没有提交审核", "继续填报月报", here, hint=hint)


def is_returned(report):
    return report is not None and report.state == State.RETURNED


def is_unfinished(month):
    """Due, and still with the institution: what was begun of other months is no step."""
    return month.is_due and (month.report is None or month.report.is_editable)


def strip(months, period, is_due):
    """The last twelve months for components/months.html, the oldest first. Without an archive
    in force (`is_due`) no month is due yet."""
    known = {month.period.month: month for month in months}
    for back in reversed(range(STRIP)):
        first = first_of(period.month, -back)
        if first >= FIRST_MONTH:
            cell = cell_of(known[first], is_due) if first in known else {"state": "not_required"}
            yield {"label": named(first), "current": not back, **cell}


def named(month):
    return f"{month.year}年1月" if month.month == 1 else f"{month.month}月"


def cell_of(month, is_due):
    report = month.report
    if report is None:
        state = "overdue" if month.days_overdue else "not_filed"
        return {
            "state": state if is_due else "not_required",
            "href": in_the_list(month.period),
        }
    declared = report.declared_as
    return {
        "state": "correcting" if is_correction(report) else report.state.value,
        "href": address_of(report),
        "note": declared.label if declared else None,
    }
