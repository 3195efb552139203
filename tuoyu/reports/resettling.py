"""Months stay with the place to which they belong; only what belongs to another place by now goes.

That is the case of an institution that moves before it has reported anything: nothing is due in
its old place, and the months it has begun are finished in the new one.
"""

from sqlalchemy import select

from tuoyu.extensions import db
from tuoyu.institutions.changes import follows_a_move
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State


@follows_a_move
def move_drafts(change):
    """Put the drafts of `change.institution` where it lay in their months."""
    drafts = select(MonthlyReport).where(
        MonthlyReport.institution_id == change.institution_id, MonthlyReport.state == State.DRAFT
    )
    for draft in db.session.scalars(drafts).all():
        draft.region_path = change.institution.path_in(draft.month)
