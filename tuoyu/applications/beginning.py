"""An application begins and is handed in: one of a kind at a time, and of a correction one a month.
What an office has only begun stands in nobody else's way."""

from contextlib import contextmanager

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from werkzeug.exceptions import NotFound

from tuoyu.accounts.models import Role
from tuoyu.applications.kinds import Kind
from tuoyu.applications.models import Application
from tuoyu.applications.pictures import start_from_the_archive
from tuoyu.extensions import db
from tuoyu.refusal import NotAcceptable, Refusal
from tuoyu.reports.models import find_report
from tuoyu.workflow.states import FINAL, State


class OneIsUnderWay(Refusal):
    message = "同类申请已有一份正在办理，请打开那一份继续办理：机构在“申请”列表中，乡镇、县级在“申请审核”的“全部”中。"


class NotConfirmed(NotAcceptable):
    message = "只有已确认的月报才需要申请更正；没有确认的，撤回或退回后直接修改。"


def draft_of(kind, institution):
    """A new application of the institution, not yet kept."""
    application = Application(
        kind=kind,
        asked_by=Role.INSTITUTION,
        institution=institution,
        institution_id=institution.id,
        region_path=institution.region_path,
        state=State.DRAFT,
        figures={},
    )
    application.take_particulars()
    return application


def correction_of(report_id, by):
    """A new correction of the confirmed month, asked for by `by`; not yet kept. 404 for a month
    the person may not see; raises NotConfirmed for any other than a confirmed one."""
    report = find_report(report_id)
    if report.state == State.DRAFT and by.role != Role.INSTITUTION:
        raise NotFound  # a draft is nobody's business but the institution's
    if report.state != State.CONFIRMED:
        raise NotConfirmed
    application = draft_of(Kind.CORRECT, report.institution)
    application.asked_by = by.role
    application.region_path = report.region_path
    application.report, application.period = report, report.period
    application.monthly_report_id, application.month = report.id, report.month
    application.take_particulars()
    return application


def begin(application):
    """Keep it. Raises OneIsUnderWay for a second one; of two at once the database takes one."""
    with the_only_one(application):
        db.session.add(application)
    if application.kind == Kind.PICTURES:
        start_from_the_archive(application)


def hand_in(application, by):
    """Submit it. Raises Refusal, and OneIsUnderWay where another office was faster."""
    with the_only_one(application):
        application.submit(by)


@contextmanager
def the_only_one(application):
    if open_one(application):
        raise OneIsUnderWay
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError:
        raise OneIsUnderWay from None


def open_one(application):
    """Another of this kind that is under way, or was begun by the same office; or None."""
    same = select(Application).where(
        Application.id != application.id,
        Application.institution_id == application.institution_id,
        Application.kind == application.kind,
        Application.month.is_not_distinct_from(application.month),
        Application.state.not_in(FINAL),
        or_(Application.state != State.DRAFT, Application.asked_by == application.asked_by),
    )
    own_first = same.order_by((Application.asked_by == application.asked_by).desc())
    return db.session.scalar(own_first.limit(1))
