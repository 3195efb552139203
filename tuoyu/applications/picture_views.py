"""The proposed set of pictures: the same acts as on the pictures of an archive."""

from flask import flash, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import select
from werkzeug.exceptions import NotFound

from tuoyu.accounts.models import Role
from tuoyu.applications.doors import bp
from tuoyu.applications.kinds import Kind
from tuoyu.applications.models import find_application
from tuoyu.applications.pages import EDIT, edit_page
from tuoyu.applications.pictures import ProposedPicture
from tuoyu.archives.picture_views import caption_from
from tuoyu.archives.pictures import add_pictures, move_forward, remove_picture
from tuoyu.extensions import db
from tuoyu.web.guard import called, open_to
from tuoyu.web.pages import parts

PLACED = "/<int:application_id>/pictures/<int:picture_id>"


def find_proposal(application_id):
    """The application for other pictures, locked; 404 for one of another kind. Raises NotEditable
    outside the institution's hands."""
    application = find_application(application_id, current_user, lock=True)
    if application.kind != Kind.PICTURES:
        raise NotFound
    application.insist_editable()
    return application


def find_placed(application_id, picture_id):
    application = find_proposal(application_id)
    placed = select(ProposedPicture).where(
        ProposedPicture.application_id == application.id, ProposedPicture.picture_id == picture_id
    )
    return application, db.one_or_404(placed)


@bp.post("/<int:application_id>/pictures")
@open_to(Role.INSTITUTION)
@called("上传图片")
def upload(application_id):
    """Take all the pictures chosen, or none (422) when one of them cannot be taken."""
    application = find_proposal(application_id)
    files = [file for file in request.files.getlist("pictures") if file.filename]
    if faults := add_pictures(application, files):
        return edit_page(application, errors=[("pictures_chosen", fault) for fault in faults]), 422
    flash(f"已上传 {len(files)} 张图片，尚未提交审核。")
    return redirect(url_for(".edit", application_id=application.id))


@bp.post(f"{PLACED}/caption")
@open_to(Role.INSTITUTION)
def caption(application_id, picture_id):
    application, placed = find_placed(application_id, picture_id)
    placed.caption = caption_from(request.form.get("caption", ""))
    return answer(application, "图片说明已保存。")


@bp.post(f"{PLACED}/forward")
@open_to(Role.INSTITUTION)
@called("前移图片")
def forward(application_id, picture_id):
    application, placed = find_placed(application_id, picture_id)
    move_forward(application, placed)
    return answer(application, "已前移。")


@bp.post(f"{PLACED}/deletion")
@open_to(Role.INSTITUTION)
@called("移除图片")
def remove(application_id, picture_id):
    application, placed = find_placed(application_id, picture_id)
    remove_picture(application, placed)
    return answer(application, "已移除图片，审核通过前原图片继续展示。")


def answer(application, said):
    flash(said)
    there = url_for(".edit", application_id=application.id)
    return parts(
        EDIT[Kind.PICTURES], "pictures", otherwise=there, application=application, errors=[]
    )
