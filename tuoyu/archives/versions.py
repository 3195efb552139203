"""The versions of one institution's archive: begin the first, begin the next, drop a draft."""

from sqlalchemy import select

from tuoyu.archives.models import ArchiveRevision, open_revision
from tuoyu.archives.pictures import discard_unplaced
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.refusal import Refusal
from tuoyu.workflow.states import State


class VersionRefused(Refusal):
    """This version cannot be begun or dropped."""


def versions_of(institution_id):
    """All versions of an institution's archive, the newest first."""
    own = select(ArchiveRevision).where(ArchiveRevision.institution_id == institution_id)
    return db.session.scalars(own.order_by(ArchiveRevision.version.desc())).all()


def begin(institution_id):
    """Version 1 of an institution that has none; the one there is otherwise."""
    lock = select(Institution).where(Institution.id == institution_id)
    institution = db.one_or_404(lock.with_for_update(of=Institution))
    if there := versions_of(institution_id):
        return there[0]
    archive = ArchiveRevision.first_of(institution)
    db.session.add(archive)
    db.session.flush()
    return archive


def begin_next(archive):
    """A draft of the next version, while `archive` (locked) stays in force; None when a version is
    open already. Raises VersionRefused unless `archive` is in force."""
    if archive.state != State.CONFIRMED:
        raise VersionRefused("只有已生效的档案才能修改为新版本，请刷新后再试。")
    if open_revision(archive.institution_id):
        return None
    draft = archive.next_revision()
    db.session.add(draft)
    db.session.flush()
    return draft


def drop(archive):
    """Throw away a draft that was never submitted (manual 3.3); raises VersionRefused else."""
    if not archive.is_deletable:
        raise VersionRefused(
            "提交审核过的档案不能删除；机构停止服务的，请在“申请”中提出停业或终止。"
        )
    pictures = [placed.picture for placed in archive.pictures]
    db.session.delete(archive)
    discard_unplaced(pictures)
