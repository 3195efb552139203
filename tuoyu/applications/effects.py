"""What an application leads to once it is approved. One function a kind."""

from sqlalchemy import select

from tuoyu.applications.kinds import Kind
from tuoyu.applications.pictures import replace_pictures
from tuoyu.applications.rules import agrees_with_the_months, reopening_counts_from
from tuoyu.clock import today
from tuoyu.extensions import db
from tuoyu.institutions import changes
from tuoyu.refusal import NotAcceptable, Refusal
from tuoyu.reports.calendar import next_month
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State


class NoLongerInForce(Refusal):
    message = "这个月报在申请之后已经更正过，本申请的“更正前”已不是现在的数据，请退回后重新申请。"


def move(application, by):
    """From the first of next month on; the current month is finished in the old place."""
    recorded(application, by, "moved", next_month(today()), region=application.target)


def suspend(application, by):
    insist_agrees(application)
    recorded(application, by, "suspended", application.starts_on, until=application.ends_on)


def reopen(application, by):
    recorded(application, by, "reopened", reopening_counts_from(application.starts_on))


def close(application, by):
    insist_agrees(application)
    recorded(application, by, "closed", application.starts_on)


def insist_agrees(application):
    """Raise NotAcceptable when a month came in since it was asked for, and says otherwise."""
    for _, sentence in agrees_with_the_months(application):
        raise NotAcceptable(f"{sentence}。")


def recorded(application, by, kind, day, **more):
    changes.record(
        application.institution, kind, effective_on=day, by=by, reason=application.reason, **more
    )


def correct(application, by):
    """The month's next version, for the institution to hand in; the old one stays in force."""
    wanted = select(MonthlyReport).where(MonthlyReport.id == application.monthly_report_id)
    report = db.session.scalars(wanted.with_for_update(of=MonthlyReport)).one()
    if report.state != State.CONFIRMED:
        raise NoLongerInForce
    db.session.add(report.next_version(application.corrected))
    db.session.flush()


def pictures(application, by):
    replace_pictures(application)


EFFECTS = {
    Kind.MOVE: move,
    Kind.SUSPEND: suspend,
    Kind.REOPEN: reopen,
    Kind.CLOSE: close,
    Kind.CORRECT: correct,
    Kind.PICTURES: pictures,
}
