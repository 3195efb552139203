from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from tuoyu.accounts.models import OFFICERS, Role
from tuoyu.extensions import db
from tuoyu.refusal import Refusal
from tuoyu.reports import (  # noqa: F401
    declaration_views,
    months,
    printing_views,
    resettling,
    workbook_views,
)
from tuoyu.reports.doors import bp
from tuoyu.reports.explaining import keep, keep_without_figures
from tuoyu.reports.filling import Filling
from tuoyu.reports.forms import ReportForm
from tuoyu.reports.models import find_report
from tuoyu.reports.pages import (
    EDIT,
    check_page,
    edit_page,
    form_context,
    said_after_saving,
    show_page,
    stale_page,
)
from tuoyu.reports.zeros import fill_with_zeros
from tuoyu.web.guard import called, open_to
from tuoyu.web.pages import is_htmx, page, parts
from tuoyu.workflow.autosave import autosaved, autosaved_explanations, edition_in
from tuoyu.workflow.clashes import clashes_of
from tuoyu.workflow.explanations import Posted, explained
from tuoyu.workflow.receipts import newest_receipts
from tuoyu.workflow.states import State
from tuoyu.workflow.views import said_with_receipt


@bp.get("/")
@open_to(Role.INSTITUTION)
def mine():
    """The months of the institution, and what to do next in each."""
    institution = current_user.institution
    every = months.months_of(institution)
    return page(
        "reports/mine.html",
        institution=institution,
        months=every,
        receipts=newest_receipts([month.report for month in every if month.report]),
        archive=months.newest_archive(institution),
    )


@bp.post("/")
@open_to(Role.INSTITUTION)
def open_month():
    report = months.open_month(current_user.institution, request.form.get("month", ""))
    flash(f"已新增{report.period.title}，请填报。")
    return redirect(url_for(".edit", report_id=report.id))


@bp.get("/<int:report_id>")
@open_to(Role.INSTITUTION, *OFFICERS)
def show(report_id):
    report = find_report(report_id)
    if report.state == State.DRAFT and current_user.role != Role.INSTITUTION:
        abort(404)  # a draft is nobody's business but the institution's
    return show_page(report, current_user)


@bp.get("/<int:report_id>/edit")
@open_to(Role.INSTITUTION)
def edit(report_id):
    report = find_report(report_id)
    if not report.is_editable:
        # a page that asks along while somebody types stays as it is, and says so when it saves
        return ("", 204) if is_htmx() else redirect(url_for(".show", report_id=report.id))
    return edit_page(report, ReportForm(obj=report), quiet=True)


@bp.post("/<int:report_id>/edit")
@open_to(Role.INSTITUTION)
def save(report_id):
    """Keep what was typed, blanks and wrong sums included; no figure of it when one is no number
    (422), nothing when somebody else has changed the same in the meantime (409)."""
    report = find_report(report_id, to_change=True)
    report.insist_editable()
    form, seen, do = ReportForm(obj=report), edition_in(request.form), request.form.get("do", "")
    filled = fill_with_zeros(form, do)
    valid = form.validate()
    clashes = clashes_of(report, form, seen, current_user) if seen != report.edition else {}
    posted = Posted(report, request.form)
    if clashes or seen is None or posted.clashes(report.complaints()):
        return stale_page(report, form, clashes), 409
    if not valid:
        keep_without_figures(report, form, posted)
        return edit_page(report, form), 422
    keep(report, form, posted, by=current_user)
    db.session.flush()
    flash(filled + said_after_saving(report))
    if do == "check":
        return redirect(url_for(".check", report_id=report.id))
    if do == "archive":
        return redirect(url_for("archives.mine"))
    otherwise, kept = url_for(".edit", report_id=report.id), ReportForm(formdata=None, obj=report)
    return parts(EDIT, "report_form", "standing", otherwise=otherwise, **form_context(report, kept))


@bp.post("/<int:report_id>/autosave")
@open_to(Role.INSTITUTION)
def autosave(report_id):
    """What changed on the page since its last save, figure by figure."""
    report = find_report(report_id, to_change=True)
    return autosaved(report, request.form, current_user)


@bp.post("/<int:report_id>/explanations/autosave")
@open_to(Role.INSTITUTION)
def autosave_explanations(report_id):
    report = find_report(report_id, to_change=True)
    return autosaved_explanations(report, request.form)


@bp.post("/<int:report_id>/totals")
@open_to(Role.INSTITUTION)
def totals(report_id):
    """What the checks say of the figures as they are typed now; nothing is kept."""
    report = find_report(report_id)
    filling = Filling(report, ReportForm(obj=report), Posted(report, request.form))
    otherwise = url_for(".edit", report_id=report.id)
    redrawn = filling.notes_since(request.form.getlist("noted"))
    drawn = {"report": report, "filling": filling, "notes": redrawn, "quiet": True}
    return parts(EDIT, "running_totals", "points", otherwise=otherwise, **drawn)


@bp.get("/<int:report_id>/check")
@open_to(Role.INSTITUTION)
def check(report_id):
    report = find_report(report_id)
    if not report.is_editable:
        return redirect(url_for(".show", report_id=report.id))
    return check_page(report, report.edition)


@bp.post("/<int:report_id>/explanations")
@open_to(Role.INSTITUTION)
def explain(report_id):
    """Keep the explanations without handing in."""
    report = find_report(report_id, to_change=True)
    return keep_explanations(report, lambda: "说明已暂存。", ".check")


@bp.post("/<int:report_id>/submission")
@open_to(Role.INSTITUTION)
def submit(report_id):
    """Keep the explanations and hand in; what stands in the way is told on the same page."""
    report = find_report(report_id, to_change=True)

    def hand_in():
        step = months.hand_in(report, by=current_user)
        return said_with_receipt(f"{report.title}已提交审核，现为{report.state_label}。", step)

    return keep_explanations(report, hand_in, ".show")


@bp.post("/<int:report_id>/withdrawal")
@open_to(Role.INSTITUTION)
@called("撤回月报")
def withdraw(report_id):
    report = find_report(report_id, to_change=True)
    report.insist_unchanged(request.form.get("edition"))
    report.withdraw(by=current_user)
    flash(f"{report.title}已撤回，可以修改；改好后请重新提交审核。")
    return redirect(url_for(".show", report_id=report.id))


@bp.post("/<int:report_id>/deletion")
@open_to(Role.INSTITUTION)
@called("删除月报草稿")
def delete(report_id):
    report = find_report(report_id, to_change=True)
    report.insist_unchanged(request.form.get("edition"))
    report.insist_deletable()
    db.session.delete(report)
    flash(f"{report.title}草稿已删除。")
    return redirect(url_for(".mine"))


def keep_explanations(report, then, goal):
    """Keep the explanations, do `then()`, which answers what to say, and go on to `goal`. A Refusal
    is told on the page of the checks, with everything typed; the explanations are kept even so."""
    posted = Posted(report, request.form)
    try:
        with explained(report, request.form):
            flash(then())
    except Refusal as refusal:
        if not report.is_editable:
            raise
        return check_page(report, report.edition, posted, str(refusal)), refusal.status
    return redirect(url_for(goal, report_id=report.id))
