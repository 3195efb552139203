"""Months stay with the place to which they belong; only what belongs to another place by now goes.

That is the case of an institution that moves before it has reported anything: nothing is due in
its old place, and the months it has begun are finished in the new one.

A county keeps its place on the map while months that lie there wait for somebody who sees them.
"""

from sqlalchemy import and_, select

from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.institutions.changes import follows_a_move
from tuoyu.institutions.models import Institution
from tuoyu.institutions.stays import Stay
from tuoyu.regions.importing import StillNeeded, guards_the_map
from tuoyu.reports.calendar import Period
from tuoyu.reports.due import handed_in, must_report
from tuoyu.reports.models import MonthlyReport
from tuoyu.scope import below
from tuoyu.workflow.states import FINAL, State


@follows_a_move
def move_drafts(change):
    """Put the drafts of `change.institution` where it lay in their months."""
    drafts = select(MonthlyReport).where(
        MonthlyReport.institution_id == change.institution_id, MonthlyReport.state == State.DRAFT
    )
    for draft in db.session.scalars(drafts).all():
        draft.region_path = change.institution.path_in(draft.month)


@guards_the_map
def insist_no_month_waits_there(before, after):
    """Raise StillNeeded for a month of an institution that has moved away."""
    if waiting := db.session.execute(months_waiting(before["path"]).limit(1)).first():
        name, month = waiting
        because = f"{name}{month.year}年{month.month}月月报属该地，还没有确认（确认后可改）"
        raise StillNeeded(before, after, because)


def months_waiting(path):
    """A select of (name, month): due below `path`, and not confirmed or being corrected. What a
    closed institution did not hand in until the month was closed (关账) is waited for no more."""
    month = Period.month
    own = select(MonthlyReport.id).where(
        MonthlyReport.institution_id == Institution.id, MonthlyReport.month == month
    )
    under_way = own.where(MonthlyReport.state.not_in(FINAL)).exists()
    settled = and_(own.where(MonthlyReport.state == State.CONFIRMED).exists(), ~under_way)
    closed = and_(Institution.closed_on.is_not(None), Period.closes_at < now(), ~handed_in(month))
    return (
        select(Institution.name, month)
        .select_from(Period)
        .join(Stay, Stay.in_month(month))
        .join(Institution, Institution.id == Stay.institution_id)
        .where(below(Stay.region_path, path), must_report(month), ~settled, ~closed)
        .order_by(month, Institution.id)
    )
