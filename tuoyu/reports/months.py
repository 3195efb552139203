"""The months of one institution: which it must report, which it may begin, and how far each is.

Source: 闽卫人口函〔2023〕1310号 三（二）, manual 4.1 and 4.3; check H01.
"""

import re
from datetime import date
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from tuoyu.archives.models import ArchiveRevision, first_month_of_one_confirmed_on
from tuoyu.clock import today
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.refusal import NotAcceptable, Refusal
from tuoyu.reports.calendar import Period, first_of, opened_periods, period_of
from tuoyu.reports.due import months_due, was_closed, was_paused
from tuoyu.reports.models import MonthlyReport
from tuoyu.reports.sheet import USUAL_CATEGORY


class AlreadyThere(Refusal):
    message = "该月已有报表，请在列表中打开该月的报表继续填报或查看。"


class ArchiveFirst(NotAcceptable):
    message = "请先填写机构档案，再新增网络直报信息。"


class Month(NamedTuple):
    """One line of the list: a period, and the newest report of it, if any. What was begun stays
    listed when it is not due any more."""

    period: Period
    report: MonthlyReport | None
    is_due: bool = True

    @property
    def days_overdue(self):
        """Whole days past the deadline while it is due and nothing has been handed in; else 0."""
        handed_in = self.report and self.report.first_submitted_at
        return max(0, -self.period.days_left) if self.is_due and not handed_in else 0

    @property
    def action(self):
        """The one next thing to do: 填报, 继续填报, 修改 or 查看."""
        if self.report is None:
            return "填报"
        if not self.report.is_editable:
            return "查看"
        return "修改" if self.report.first_submitted_at else "继续填报"


def months_of(institution):
    """Every month the institution must report or has begun, the newest first."""
    reports, due = newest_reports(institution), set(periods_for(institution))
    periods = {report.period for report in reports.values()} | due
    newest_first = sorted(periods, key=lambda period: period.month, reverse=True)
    return [Month(period, reports.get(period.month), period in due) for period in newest_first]


def periods_for(institution):
    """The opened months that the institution must report, the newest first. Before the first
    archive is in force: those that would be due were it confirmed today, which may be begun and
    not submitted. As a rule that is none, for the month of the confirmation has not opened."""
    if institution.first_due_month is None:
        return opened_periods(first_month_of(institution))
    return db.session.scalars(months_due(institution)).all()


def first_month_of(institution):
    return institution.first_due_month or first_month_of_one_confirmed_on(today())


def newest_reports(institution):
    own = select(MonthlyReport).where(MonthlyReport.institution_id == institution.id)
    in_order = own.options(joinedload(MonthlyReport.period)).order_by(MonthlyReport.version)
    return {report.month: report for report in db.session.scalars(in_order)}


def newest_archive(institution):
    """The newest revision of its archive, in force or not; None before the first."""
    own = select(ArchiveRevision).where(ArchiveRevision.institution_id == institution.id)
    return db.session.scalar(own.order_by(ArchiveRevision.version.desc()).limit(1))


def open_month(institution, text):
    """A draft for the month written "2023-07".

    Raises NotAcceptable in words for a month that cannot be reported, AlreadyThere for a second
    report, ArchiveFirst without any archive.
    """
    month = month_from(text)
    insist_may_report(institution, month)
    archive = newest_archive(institution)
    if archive is None:
        raise ArchiveFirst
    return begin(
        MonthlyReport(
            institution_id=institution.id,
            region_path=institution.path_in(month),
            month=month,
            institution_category=USUAL_CATEGORY.get(archive.institution_type),
        )
    )


def begin(report):
    """Keep the new report; of two at once the database takes one."""
    taken = select(MonthlyReport.id).where(
        MonthlyReport.institution_id == report.institution_id, MonthlyReport.month == report.month
    )
    if db.session.scalar(taken.limit(1)):
        raise AlreadyThere
    try:
        with db.session.begin_nested():
            db.session.add(report)
    except IntegrityError:
        raise AlreadyThere from None
    return report


def month_from(text):
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", text, re.ASCII):
        raise NotAcceptable("请从列表中选择年度和月份。")
    year, month = map(int, text.split("-"))
    return date(year, month, 1)


def insist_may_report(institution, month):
    """Raise NotAcceptable unless the month has opened and is due or overdue (H01)."""
    shown = f"{month.year}年{month.month}月"
    period = period_of(month)
    if period is None or not period.is_open:
        opens = period.opens_at.date() if period else first_of(month, 1)
        raise NotAcceptable(
            f"{shown}的月报还不能填报，{opens.year}年{opens.month}月{opens.day}日起开放。"
        )
    if period not in periods_for(institution):
        raise NotAcceptable(f"{shown}{why_not_due(institution, month)}。")


def hand_in(report, by):
    """Submit the report; answers the Step. Raises Refusal as `submit` does, and NotAcceptable in
    words for a draft of a month that is not due any more: it would change a signed sheet."""
    if not report.first_submitted_at:
        insist_may_report(report.institution, report.month)
    return report.submit(by=by)


def why_not_due(institution, month):
    """Why an opened month need not be reported, in words that go on from its name."""
    if month < (first := first_month_of(institution)):
        open_yet = "" if institution.first_due_month else "起，以机构档案审核通过的月份为准"
        return f"早于本机构首次应报的月份（{first.year}年{first.month}月{open_yet}）"
    if holds(institution, was_closed(month)):
        return f"不再上报，本机构已于 {institution.closed_on.isoformat()} 终止"
    if holds(institution, was_paused(month)):
        return "全月处于暂停服务期间，不需要上报"
    return "不需要上报，机构档案的“是否启用”为否；已恢复服务的，请先修改机构档案并提交审核"


def holds(institution, criterion):
    asked = select(Institution.id).where(Institution.id == institution.id, criterion)
    return db.session.scalar(asked) is not None
