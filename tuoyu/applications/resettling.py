"""An application under way goes along with an institution that moves; a correction stays with the
place to which its month belongs."""

from sqlalchemy import select, update

from tuoyu.applications.kinds import Kind
from tuoyu.applications.models import Application
from tuoyu.archives.pictures import settle
from tuoyu.extensions import db
from tuoyu.institutions.changes import follows_a_move
from tuoyu.regions.importing import StillNeeded, follows_the_map, guards_the_map
from tuoyu.scope import below
from tuoyu.workflow.history import Step
from tuoyu.workflow.states import FINAL, State


@follows_a_move
def take_along(change):
    """Bring what is under way, with the trail of its review, to the new place."""
    under_way = select(Application).where(
        Application.institution_id == change.institution_id,
        Application.kind != Kind.CORRECT,
        Application.state.not_in(FINAL),
    )
    for application in db.session.scalars(under_way).all():
        application.region_path = change.to_path
        own = Step.application_id == application.id
        db.session.execute(update(Step).where(own).values(region_path=change.to_path))
        settle(application, change.to_path)


@follows_the_map
def lead_where_the_village_lies(codes):
    """A move under way leads to the county where its village has come to hang."""
    under_way = select(Application).where(
        Application.target_code.in_(codes), Application.state.not_in(FINAL)
    )
    for application in db.session.scalars(under_way).all():
        application.target_path = application.target.path


@guards_the_map
def insist_no_correction_waits_there(before, after):
    """Raise StillNeeded for a correction of a month of an institution that has moved away."""
    under_way = select(Application).where(
        below(Application.region_path, before["path"]),
        Application.state.not_in((*FINAL, State.DRAFT)),
    )
    if waiting := db.session.scalar(under_way.order_by(Application.id).limit(1)):
        because = f"{waiting.name}的{waiting.title}还没有办结（办结后可改）"
        raise StillNeeded(before, after, because)
