"""修改记录: the versions of an archive, and what differs between any two."""

from flask import abort, request
from flask_login import current_user

from tuoyu.accounts.models import OFFICERS, Role
from tuoyu.archives.chronicle import history_of, two_of
from tuoyu.archives.comparison import changes, picture_changes
from tuoyu.archives.doors import bp
from tuoyu.archives.models import find_archive
from tuoyu.web.guard import open_to
from tuoyu.web.pages import page
from tuoyu.workflow.states import State


@bp.get("/<int:archive_id>/versions")
@open_to(Role.INSTITUTION, *OFFICERS)
def versions(archive_id):
    """Every version of this archive; the address names the two that are compared."""
    archive = find_archive(archive_id)
    if archive.state == State.DRAFT and current_user.role != Role.INSTITUTION:
        abort(404)
    entries = history_of(archive.institution_id, current_user)
    asked = [request.args.get(name, type=int) for name in ("old", "new")]
    two = two_of([entry.version for entry in entries], *asked)
    return page(
        "archives/versions.html",
        archive=archive,
        entries=entries,
        two=two,
        same=asked[0] == asked[1] is not None,
        differences=changes(two[1], two[0]) if two else [],
        pictures=picture_changes(two[1], two[0]) if two else None,
    )
