"""Checking, handing in and taking back."""

from flask import flash, redirect, request, url_for
from flask_login import current_user

from tuoyu.accounts.models import Role
from tuoyu.archives.doors import bp
from tuoyu.archives.models import find_archive
from tuoyu.archives.pages import check_page
from tuoyu.refusal import Refusal
from tuoyu.web.guard import called, open_to
from tuoyu.workflow.autosave import autosaved_explanations
from tuoyu.workflow.explanations import Posted, explained
from tuoyu.workflow.views import said_with_receipt


@bp.get("/<int:archive_id>/check")
@open_to(Role.INSTITUTION)
def check(archive_id):
    """Everything filled in, what must be mended, and what wants an explanation."""
    archive = find_archive(archive_id)
    if not archive.is_editable:
        return redirect(url_for(".show", archive_id=archive.id))
    return check_page(archive, archive.edition)


@bp.post("/<int:archive_id>/explanations")
@open_to(Role.INSTITUTION)
def explain(archive_id):
    archive = find_archive(archive_id, lock=True)

    def keep():
        flash("说明已保存。")
        return redirect(url_for(".check", archive_id=archive.id))

    return unless_refused(archive, keep)


@bp.post("/<int:archive_id>/explanations/autosave")
@open_to(Role.INSTITUTION)
def autosave_explanations(archive_id):
    archive = find_archive(archive_id, lock=True)
    return autosaved_explanations(archive, request.form)


@bp.post("/<int:archive_id>/submission")
@open_to(Role.INSTITUTION)
def submit(archive_id):
    """提交审核, with the explanations typed; 422 with them as typed while something is wrong."""
    archive = find_archive(archive_id, lock=True)

    def hand_in():
        step = archive.submit(by=current_user)
        said = (
            f"第 {archive.version} 版档案已提交审核，现为“{step.target_label}”。审核期间不能修改。"
        )
        flash(said_with_receipt(said, step))
        return redirect(url_for(".mine"))

    return unless_refused(archive, hand_in)


def unless_refused(archive, act):
    """What `act()` answers, once the explanations are kept; a Refusal is told on the page of the
    checks, with what was typed."""
    posted = Posted(archive, request.form)
    try:
        with explained(archive, request.form):
            return act()
    except Refusal as refusal:
        if not archive.is_editable:
            raise
        return check_page(archive, archive.edition, posted, refusal), refusal.status


@bp.post("/<int:archive_id>/withdrawal")
@open_to(Role.INSTITUTION)
@called("撤回机构档案")
def withdraw(archive_id):
    archive = find_archive(archive_id, lock=True)
    archive.insist_unchanged(request.form.get("edition"))
    archive.withdraw(by=current_user)
    flash("已撤回，可以修改后重新提交审核。")
    return redirect(url_for(".mine"))
