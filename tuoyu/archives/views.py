from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from tuoyu.accounts.models import OFFICERS, Role
from tuoyu.archives import (  # noqa: F401
    map_views,
    moving_views,
    picture_views,
    record_views,
    resettling,
    version_views,
)
from tuoyu.archives.doors import bp
from tuoyu.archives.forms import FORMS, copy_address, totals_of
from tuoyu.archives.models import find_archive
from tuoyu.archives.pages import EDIT, MINE, edit_context, mine_context, show_page, stale_page
from tuoyu.archives.versions import begin, begin_next, drop
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.web.guard import called, open_to
from tuoyu.web.pages import draw, page, parts
from tuoyu.workflow.autosave import autosaved, edition_in
from tuoyu.workflow.clashes import clashes_of
from tuoyu.workflow.states import State

SHEET = "/<int:archive_id>/<any(basic, classes, details):name>"
AFTER = {"basic": "classes", "classes": "details"}


@bp.get("/")
@open_to(Role.INSTITUTION)
def mine():
    """The archive of the institution: what is filled in, what is missing, what comes next."""
    return page(MINE, **mine_context(current_user.institution, current_user))


@bp.post("/")
@open_to(Role.INSTITUTION)
@called("新增机构档案")
def create():
    archive = begin(current_user.institution_id)
    return redirect(url_for(".edit", archive_id=archive.id, name="basic"))


@bp.get("/<int:archive_id>")
@open_to(Role.INSTITUTION, *OFFICERS)
def show(archive_id):
    archive = find_archive(archive_id)
    if archive.state == State.DRAFT and current_user.role != Role.INSTITUTION:
        abort(404)  # a draft is nobody's business but the institution's
    return show_page(archive, current_user)


@bp.get(SHEET)
@open_to(Role.INSTITUTION)
def edit(archive_id, name):
    archive = find_archive(archive_id)
    if not archive.is_editable:
        return redirect(url_for(".show", archive_id=archive.id))
    return page(EDIT, **edit_context(archive, name, FORMS[name](obj=archive)))


@bp.post(SHEET)
@open_to(Role.INSTITUTION)
def save(archive_id, name):
    """Keep the page, blanks included; nothing of it when one figure is none (422) or somebody
    else has changed the same figure in the meantime (409)."""
    archive = find_archive(archive_id, lock=True)
    archive.insist_editable()
    form = FORMS[name](obj=archive)
    valid = form.validate()
    if name == "basic" and "copy_address" in request.form:
        copy_address(form)
        return page(EDIT, **edit_context(archive, name, form), edition=request.form.get("edition"))
    seen = edition_in(request.form)
    clashes = clashes_of(archive, form, seen, current_user) if seen != archive.edition else {}
    if clashes or seen is None:
        return stale_page(archive, name, form, clashes), 409
    if not valid:
        return page(EDIT, **edit_context(archive, name, form)), 422
    archive.fill_in(form.figures, by=current_user, sent=form.sent)
    db.session.flush()
    flash(f"已暂存 {now():%H:%M:%S}。")
    return after_saving(archive, name)


def after_saving(archive, name):
    if request.form.get("do") == "map":
        return redirect(url_for(".find_place", archive_id=archive.id))
    if request.form.get("do") != "next":
        here = url_for(".edit", archive_id=archive.id, name=name)
        form = FORMS[name](formdata=None, obj=archive)
        return parts(EDIT, "archive_form", otherwise=here, **edit_context(archive, name, form))
    if name in AFTER:
        return redirect(url_for(".edit", archive_id=archive.id, name=AFTER[name]))
    return redirect(url_for(".pictures", archive_id=archive.id))


@bp.post(f"{SHEET}/autosave")
@open_to(Role.INSTITUTION)
def autosave(archive_id, name):
    """What changed on the page since its last save, figure by figure."""
    archive = find_archive(archive_id, lock=True)
    return autosaved(archive, request.form, current_user, FORMS[name].sheet)


@bp.post(f"{SHEET}/totals")
@open_to(Role.INSTITUTION)
def totals(archive_id, name):
    """The computed figures of the page as it is typed; nothing is kept."""
    archive = find_archive(archive_id)
    form = FORMS[name](obj=archive)
    shown = {"sheet": form.sheet, "totals": totals_of(form), "quiet": True}
    return draw("archives/totals.html", "totals", **shown)


@bp.post("/<int:archive_id>/revision")
@open_to(Role.INSTITUTION)
@called("修改机构档案")
def revise(archive_id):
    """修改: the next version as a draft, the old one in force; leads to the open one otherwise."""
    if draft := begin_next(find_archive(archive_id, lock=True)):
        flash(f"请修改第 {draft.version} 版，审核通过之前原档案继续有效。")
    else:
        flash("已有一份修改正在办理，请先办完这一份。", "error")
    return redirect(url_for(".mine"))


@bp.post("/<int:archive_id>/deletion")
@open_to(Role.INSTITUTION)
@called("删除档案草稿")
def delete(archive_id):
    archive = find_archive(archive_id, lock=True)
    archive.insist_unchanged(request.form.get("edition"))
    drop(archive)
    flash(f"已删除第 {archive.version} 版草稿。")
    return redirect(url_for(".mine"))
