"""修改对照: what a later version changes against the one it was made from."""

from typing import NamedTuple

from sqlalchemy import select

from tuoyu.archives.checks import ARCHIVE
from tuoyu.archives.models import ArchiveRevision
from tuoyu.extensions import db
from tuoyu.indicators.readings import differences
from tuoyu.workflow.states import FINAL


class PictureChanges(NamedTuple):
    added: list
    removed: list

    @property
    def number(self):
        return len(self.added) + len(self.removed)


def former_version(revision):
    """The version in force when this one was written, or None for the first."""
    earlier = select(ArchiveRevision).where(
        ArchiveRevision.institution_id == revision.institution_id,
        ArchiveRevision.version < revision.version,
        ArchiveRevision.state.in_(FINAL),
    )
    return db.session.scalar(earlier.order_by(ArchiveRevision.version.desc()).limit(1))


def changes(revision, former=None):
    """Each figure (a Difference) that this version changes; [] for the first version."""
    former = former or former_version(revision)
    return list(differences(ARCHIVE, former, revision)) if former else []


def picture_changes(revision, former=None):
    """The placed pictures that were added to and removed from the former version."""
    former = former or former_version(revision)
    before, after = former.pictures if former else revision.pictures, revision.pictures
    return PictureChanges(not_among(after, before), not_among(before, after))


def not_among(pictures, others):
    known = {placed.picture.digest for placed in others}
    return [placed for placed in pictures if placed.picture.digest not in known]
