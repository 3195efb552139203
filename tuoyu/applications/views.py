from flask import flash, redirect, request, url_for
from flask_login import current_user

from tuoyu.accounts.models import OFFICERS, Role
from tuoyu.applications import moving_views, picture_views, resettling  # noqa: F401
from tuoyu.applications.beginning import begin, correction_of, draft_of, hand_in, open_one
from tuoyu.applications.doors import bp
from tuoyu.applications.evidence import add_evidence
from tuoyu.applications.forms import form_of
from tuoyu.applications.kinds import Kind
from tuoyu.applications.models import find_application
from tuoyu.applications.pages import edit_page, mine_page, show_page
from tuoyu.applications.rules import faults_of
from tuoyu.archives.encoding import CHOOSE_AGAIN
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.refusal import Refusal
from tuoyu.web.guard import open_to
from tuoyu.workflow.reviewable import PaperChanged
from tuoyu.workflow.states import ASKERS

NEW = "/new/<any(move, suspend, reopen, close, pictures):kind>"


class SavedElsewhere(Refusal):
    message = (
        "这份申请刚刚在另一窗口保存过，本次填写的内容没有保存，都还在下面。"
        "标出的项两边不同，请核对；再按一次按钮，以本页填写的为准。"
    )


@bp.get("/")
@open_to(*ASKERS)
def mine():
    """What was asked for and where it stands, and what may be asked for."""
    return mine_page(current_user)


@bp.get(NEW)
@open_to(Role.INSTITUTION)
def new(kind):
    """An empty form; the way back from the choice of a village brings `region_code`."""
    application = draft_of(Kind(kind), current_user.institution)
    if there := under_way(application):
        return there
    form = form_of(application, formdata=None)
    choose(form)
    return edit_page(application, form)


@bp.post(NEW)
@open_to(Role.INSTITUTION)
def create(kind):
    return keep(draft_of(Kind(kind), current_user.institution), begin)


@bp.get("/corrections/<int:report_id>")
@open_to(*ASKERS)
def correction(report_id):
    """The form for one confirmed month."""
    application = correction_of(report_id, current_user)
    return under_way(application) or edit_page(application)


@bp.post("/corrections/<int:report_id>")
@open_to(*ASKERS)
def correct(report_id):
    return keep(correction_of(report_id, current_user), begin)


@bp.get("/<int:application_id>")
@open_to(Role.INSTITUTION, *OFFICERS)
def show(application_id):
    return show_page(find_application(application_id, current_user), current_user)


@bp.get("/<int:application_id>/edit")
@open_to(*ASKERS)
def edit(application_id):
    application = find_application(application_id, current_user)
    if not (application.is_editable and application.is_made_by(current_user)):
        return redirect(url_for(".show", application_id=application.id))
    form = form_of(application, formdata=None)
    choose(form)
    return edit_page(application, form)


@bp.post("/<int:application_id>/edit")
@open_to(*ASKERS)
def save(application_id):
    """Keep what was typed, and hand it in where that was asked for; 422 with everything as typed
    when it cannot be, 409 when it was changed elsewhere."""
    application = find_application(application_id, current_user, lock=True)
    application.insist_made_by(current_user)
    application.insist_editable()
    return keep(application, unchanged)


def under_way(application):
    """The way to the one of this kind that is under way, if there is one."""
    there = open_one(application)
    return redirect(url_for(".edit", application_id=there.id)) if there else None


def unchanged(application):
    try:
        application.insist_unchanged(request.form.get("edition"))
    except PaperChanged:
        raise SavedElsewhere from None


def choose(form):
    """Fill in the village that was chosen on its own page."""
    if "region_code" in form and (code := request.args.get("region_code")):
        form.region_code.process_formdata([code])
    if "region_code" in form:
        form.region_code.validate(form)


def keep(application, take):
    """Take what was typed. `take(application)` says whether it may be kept at all."""
    edition, wants = application.edition, request.form.get("do", "save")
    form = form_of(application)
    try:
        if not form.validate():
            return refused(application, form)
        take(application)
        form.fill(application)
        if form.blame(with_files(application, form, wants)):
            return refused(application, form)
        db.session.flush()
        if wants == "submit":
            if form.blame(faults_of(application)):
                return refused(application, form)
            hand_in(application, by=current_user)
    except Refusal as refusal:
        tell(refusal, form, application)
        form.edition.data = edition
        return refused(application, form, refusal.status)
    db.session.flush()
    return after(application, wants)


def tell(refusal, form, application):
    form.form_errors.append(str(refusal))
    if isinstance(refusal, SavedElsewhere):
        form.blame(list(form.told_apart(application)))


def with_files(application, form, wants):
    """Add and remove the files of a correction; what is wrong with them."""
    if application.kind != Kind.CORRECT:
        return []
    if wants.startswith("remove-"):
        gone = wants.removeprefix("remove-")
        application.evidence = [file for file in application.evidence if str(file.id) != gone]
    faults = add_evidence(application, form.files)
    return [("evidence", fault) for fault in faults]


def refused(application, form, status=422):
    if "evidence" in form and form.files:
        form.evidence.errors = [*form.evidence.errors, CHOOSE_AGAIN]
    with db.session.no_autoflush:
        return edit_page(application, form), status


def after(application, wants):
    if wants == "submit":
        flash(f"{application.title}已提交，现为“{application.state_label}”。")
        return redirect(url_for(".show", application_id=application.id))
    flash(f"已暂存 {now():%H:%M:%S}，还没有提交。")
    return redirect(url_for(".edit", application_id=application.id))
