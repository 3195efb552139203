"""机构档案表: on the screen and as a PDF."""

from flask import abort, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import undefer

from tuoyu.accounts.models import OFFICERS, Role
from tuoyu.archives.doors import bp
from tuoyu.archives.models import find_archive
from tuoyu.archives.pictures import Picture
from tuoyu.archives.record import record_of
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.web.guard import open_to
from tuoyu.web.pages import page
from tuoyu.web.printing import as_pdf
from tuoyu.workflow.receipts import newest_receipt
from tuoyu.workflow.states import State


@bp.get("/<int:archive_id>/record")
@open_to(Role.INSTITUTION, *OFFICERS)
def record(archive_id):
    return page("archives/record.html", **drawn(archive_id), picture_at=thumbnail_at)


@bp.get("/<int:archive_id>/record.pdf")
@open_to(Role.INSTITUTION, *OFFICERS)
def record_pdf(archive_id):
    context = drawn(archive_id)
    archive = context["record"].archive
    return as_pdf(
        "archives/record_pdf.html",
        f"{archive.institution_name}_机构档案_第{archive.version}版.pdf",
        enclosed=files_of(archive),
        **context,
        picture_at=picture_at,
    )


def drawn(archive_id):
    """What the record needs to be drawn, if the person may see it; 404 otherwise."""
    archive = find_archive(archive_id)
    if archive.state == State.DRAFT and current_user.role != Role.INSTITUTION:
        abort(404)  # a draft is nobody's business but the institution's
    return {
        "record": record_of(archive),
        "receipt": None if archive.is_editable else newest_receipt(archive),
        "printed_at": now(),
    }


def thumbnail_at(picture):
    return url_for("archives.thumbnail", picture_id=picture.id)


def picture_at(picture):
    return url_for("archives.picture", picture_id=picture.id)


def files_of(archive):
    """{address: bytes} of the pictures a PDF takes in."""
    wanted = [placed.picture_id for placed in archive.pictures]
    whole = select(Picture).where(Picture.id.in_(wanted)).options(undefer(Picture.file))
    return {picture_at(picture): picture.file for picture in db.session.scalars(whole)}
