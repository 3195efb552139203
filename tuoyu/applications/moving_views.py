"""Taking back, giving up, and the files that prove a correction."""

from flask import Response, flash, redirect, request, url_for
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.orm import undefer

from tuoyu.accounts.models import OFFICERS, Role
from tuoyu.applications.doors import bp
from tuoyu.applications.evidence import Evidence
from tuoyu.applications.models import find_application
from tuoyu.archives.pictures import discard_unplaced
from tuoyu.extensions import db
from tuoyu.refusal import Refusal
from tuoyu.web.guard import called, open_to
from tuoyu.web.printing import attached
from tuoyu.workflow.states import ASKERS

HANDED_IN = "提交过的申请不能删除，不再需要的请放弃申请。"


def take(application_id):
    """The application, locked, as it was shown to whoever made it."""
    application = find_application(application_id, current_user, lock=True)
    application.insist_made_by(current_user)
    application.insist_unchanged(request.form.get("edition"))
    return application


@bp.post("/<int:application_id>/withdrawal")
@open_to(*ASKERS)
@called("撤回申请")
def withdraw(application_id):
    application = take(application_id)
    application.withdraw(by=current_user)
    flash(f"{application.title}已撤回，可以修改后重新提交。")
    return redirect(url_for(".edit", application_id=application.id))


@bp.post("/<int:application_id>/abandonment")
@open_to(*ASKERS)
@called("放弃申请")
def drop(application_id):
    application = take(application_id)
    application.drop(by=current_user)
    flash(f"已放弃{application.title}。")
    return redirect(url_for(".mine"))


@bp.post("/<int:application_id>/deletion")
@open_to(*ASKERS)
@called("删除申请草稿")
def delete(application_id):
    application = take(application_id)
    if not application.is_deletable:
        raise Refusal(HANDED_IN)
    shown = [placed.picture for placed in application.pictures]
    db.session.delete(application)
    discard_unplaced(shown)
    flash(f"已删除{application.title}的草稿。")
    return redirect(url_for(".mine"))


@bp.get("/<int:application_id>/evidence/<int:file_id>")
@open_to(Role.INSTITUTION, *OFFICERS)
def evidence(application_id, file_id):
    """The file, for whoever may read the application; a PDF is saved, never opened here."""
    application = find_application(application_id, current_user)
    wanted = select(Evidence).where(
        Evidence.id == file_id, Evidence.application_id == application.id
    )
    found = db.one_or_404(wanted.options(undefer(Evidence.content)))
    answer = attached(found.content, found.name, found.mimetype)
    if found.mimetype != "image/jpeg":
        shown = answer.headers["Content-Disposition"]
        answer.headers["Content-Disposition"] = shown.replace("inline", "attachment", 1)
    return sealed(answer)


def sealed(answer: Response):
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
