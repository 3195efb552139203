"""本区域剩余托位N个，已有机构M家: what the village has already (manual 2.2)."""

from sqlalchemy import func, select

from tuoyu.archives.models import ArchiveRevision
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.scope import EVERYWHERE, looking
from tuoyu.workflow.states import State


def places_and_institutions_in(region_path):
    """The remaining places and the number of institutions in one village, of archives in force
    and in use. The one figure an institution is told about others, hence beyond its own scope."""
    here = (
        select(
            func.coalesce(func.sum(ArchiveRevision.places_remaining_total), 0),
            func.count(ArchiveRevision.id),
        )
        .join(Institution, Institution.id == ArchiveRevision.institution_id)
        .where(
            ArchiveRevision.region_path == region_path,
            ArchiveRevision.state == State.CONFIRMED,
            ArchiveRevision.is_active,
            Institution.closed_on.is_(None),
        )
    )
    with looking(EVERYWHERE):
        return tuple(db.session.execute(here).one())
