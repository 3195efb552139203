"""The archive moves with its institution.

The version in force stays where it is, superseded, so that the months of the old place keep their
places for children; a version that says the same takes over at the new place. A version on its
way goes along, with the trail of its review, and so does what would be left where no month is.
"""

from types import SimpleNamespace

from sqlalchemy import select, update

from tuoyu.accounts.models import Role, User
from tuoyu.archives.models import ArchiveRevision, in_force, open_revision
from tuoyu.archives.pictures import settle
from tuoyu.extensions import db
from tuoyu.institutions.changes import follows_a_move
from tuoyu.workflow.history import Step
from tuoyu.workflow.receipts import Receipt

NOBODY = SimpleNamespace(id=None, display_name="系统", role=Role.SYSADMIN, office="区划调整")


@follows_a_move
def move_archive(change):
    """Bring the archive of `change.institution` to the place where it lies now."""
    for version in versions_without_a_stay(change.institution):
        take_along(version, change.to_path)
    opened = open_revision(change.institution_id)
    valid = in_force(change.institution_id, lock=True)
    stays_behind = valid and valid.region_path != change.to_path
    if opened:
        take_along(opened, change.to_path)
    if stays_behind:
        if opened:  # versions grow in the order in which they come into force
            opened.version = valid.version + 2
            db.session.flush()
        take_over(valid, change.to_path, who_decided(change))


def versions_without_a_stay(institution):
    """Those that lie where no month of the institution is left: it came and went within a month.
    Nobody there may read of it any more."""
    lived = [stay.region_path for stay in institution.stays]
    astray = select(ArchiveRevision).where(
        ArchiveRevision.institution_id == institution.id, ArchiveRevision.region_path.not_in(lived)
    )
    return db.session.scalars(astray).all()


def take_along(opened, path):
    """The version on its way, the trail of its review, and its pictures."""
    opened.region_path = path
    trail = select(Step.id).where(Step.archive_revision_id == opened.id)
    for model, key in ((Receipt, Receipt.step_id), (Step, Step.id)):
        db.session.execute(update(model).where(key.in_(trail)).values(region_path=path))
    settle(opened, path)


def take_over(valid, path, by):
    """A version like the one in force, at the new place, in its stead."""
    successor = valid.next_revision()
    successor.explanations = valid.explanations
    successor.take_over(valid, by)
    db.session.add(successor)
    db.session.flush()
    settle(successor, path)


def who_decided(change):
    """Whoever recorded the change; nobody when it followed from the regions."""
    by = select(User).where(User.id == change.recorded_by_id)
    return db.session.scalar(by) or NOBODY
