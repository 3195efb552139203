"""The history of an archive: who handed in and confirmed which version, and what each changed."""

from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tuoyu.accounts.models import Role
from tuoyu.archives.comparison import changes, picture_changes
from tuoyu.archives.models import ArchiveRevision
from tuoyu.extensions import db
from tuoyu.workflow.history import Step
from tuoyu.workflow.states import FINAL, State


class Entry(NamedTuple):
    """One version; `handed_in` and `confirmed` are Steps or None, `changed` the number of figures
    and pictures that differ from the version before (None for the first)."""

    version: ArchiveRevision
    handed_in: Step | None
    confirmed: Step | None
    changed: int | None


def history_of(institution_id, person):
    """An Entry for each version that the person may read, the newest first."""
    found = readable(institution_id, person)
    return [entry_of(version, former_among(found, version)) for version in found]


def readable(institution_id, person):
    """All versions, but no drafts for officers: they are nobody's business."""
    own = select(ArchiveRevision).where(ArchiveRevision.institution_id == institution_id)
    if person.role != Role.INSTITUTION:
        own = own.where(ArchiveRevision.state != State.DRAFT)
    whole = own.options(selectinload(ArchiveRevision.pictures), selectinload(ArchiveRevision.steps))
    return db.session.scalars(whole.order_by(ArchiveRevision.version.desc())).all()


def former_among(versions, revision):
    """The last one before it that came into force, of `versions` from new to old."""
    return next((v for v in versions if v.version < revision.version and v.state in FINAL), None)


def entry_of(version, former):
    steps = list(reversed(version.steps))
    return Entry(
        version,
        next((step for step in steps if step.move == "submit"), None),
        next((step for step in steps if step.target == State.CONFIRMED), None),
        number_of_changes(version, former) if former else None,
    )


def number_of_changes(version, former):
    return len(changes(version, former)) + picture_changes(version, former).number


def two_of(versions, old, new):
    """The two versions with these numbers, the older first; without both the newest and the one
    before it that was in force. None where there is nothing to compare."""
    chosen = [v for v in versions if v.version in (old, new)]
    if len(chosen) < 2 and versions:
        chosen = [versions[0], former_among(versions, versions[0])]
    return tuple(reversed(chosen)) if len(chosen) == 2 and None not in chosen else None
