"""相关图片: saved apart from the pages of the form (manual 2.3)."""

from flask import Response, flash, redirect, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import undefer

from tuoyu.accounts.models import OFFICERS, Role
from tuoyu.archives.doors import bp
from tuoyu.archives.models import find_archive
from tuoyu.archives.pages import PICTURES, pictures_context
from tuoyu.archives.pictures import (
    LONGEST_CAPTION,
    Picture,
    PlacedPicture,
    add_pictures,
    move_forward,
    remove_picture,
)
from tuoyu.extensions import db
from tuoyu.indicators.normal import plain
from tuoyu.refusal import NotAcceptable
from tuoyu.web.guard import called, open_to
from tuoyu.web.pages import page, parts

PLACED = "/<int:archive_id>/pictures/<int:picture_id>"


@bp.get("/<int:archive_id>/pictures")
@open_to(Role.INSTITUTION)
def pictures(archive_id):
    archive = find_archive(archive_id)
    if not archive.is_editable:
        return redirect(url_for(".show", archive_id=archive.id))
    return page(PICTURES, **pictures_context(archive))


@bp.post("/<int:archive_id>/pictures")
@open_to(Role.INSTITUTION)
@called("上传图片")
def upload(archive_id):
    """Take all the pictures chosen, or none (422) when one of them cannot be taken."""
    archive = find_archive(archive_id, lock=True)
    files = [file for file in request.files.getlist("pictures") if file.filename]
    if faults := add_pictures(archive, files):
        errors = [("pictures_chosen", fault) for fault in faults]
        return page(PICTURES, **pictures_context(archive), errors=errors), 422
    flash(f"已上传 {len(files)} 张图片。")
    return redirect(url_for(".pictures", archive_id=archive.id))


@bp.post(f"{PLACED}/caption")
@open_to(Role.INSTITUTION)
def caption(archive_id, picture_id):
    archive, placed = find_placed(archive_id, picture_id)
    archive.insist_editable()
    placed.caption = caption_from(request.form.get("caption", ""))
    flash("图片说明已保存。")
    return answer(archive)


@bp.post(f"{PLACED}/forward")
@open_to(Role.INSTITUTION)
@called("前移图片")
def forward(archive_id, picture_id):
    archive, placed = find_placed(archive_id, picture_id)
    move_forward(archive, placed)
    flash("已前移。")
    return answer(archive)


@bp.post(f"{PLACED}/deletion")
@open_to(Role.INSTITUTION)
@called("移除图片")
def remove(archive_id, picture_id):
    archive, placed = find_placed(archive_id, picture_id)
    remove_picture(archive, placed)
    flash("已删除图片。")
    return answer(archive)


def caption_from(text):
    """The words under a picture; raises NotAcceptable when there are too many."""
    words = plain(text)
    if len(words) > LONGEST_CAPTION:
        raise NotAcceptable(f"图片说明最多 {LONGEST_CAPTION} 个字，现有 {len(words)} 个字。")
    return words


def find_placed(archive_id, picture_id):
    """The archive, locked, and one of its pictures; 404 when it shows no such picture."""
    archive = find_archive(archive_id, lock=True)
    placed = select(PlacedPicture).where(
        PlacedPicture.archive_revision_id == archive.id, PlacedPicture.picture_id == picture_id
    )
    return archive, db.one_or_404(placed)


def answer(archive):
    there = url_for(".pictures", archive_id=archive.id)
    return parts(PICTURES, "pictures", otherwise=there, **pictures_context(archive))


@bp.get("/pictures/<int:picture_id>.jpg")
@open_to(Role.INSTITUTION, *OFFICERS)
def picture(picture_id):
    found = find_picture(picture_id, Picture.file)
    return jpeg(found.file, found.digest)


@bp.get("/pictures/<int:picture_id>/thumb")
@open_to(Role.INSTITUTION, *OFFICERS)
def thumbnail(picture_id):
    found = find_picture(picture_id, Picture.thumbnail)
    return jpeg(found.thumbnail, f"{found.digest}-thumb")


def find_picture(picture_id, size):
    wanted = select(Picture).where(Picture.id == picture_id)
    return db.one_or_404(wanted.options(undefer(size)))


def jpeg(content, digest):
    """The picture for this person's own browser, which asks again each time whether it may."""
    response = Response(content, mimetype="image/jpeg")
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(digest)
    return response.make_conditional(request)
