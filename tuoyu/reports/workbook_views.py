"""用 Excel 填报: the month's workbook out, and back by way of a comparison."""

from flask import flash, redirect, request, url_for
from flask_login import current_user

from tuoyu.accounts.models import Role
from tuoyu.extensions import db
from tuoyu.refusal import NotAcceptable
from tuoyu.reports.doors import bp
from tuoyu.reports.forms import ReportForm
from tuoyu.reports.models import find_report
from tuoyu.reports.offers import marks_of, offers_in, offers_of, tally
from tuoyu.reports.pages import said_after_saving
from tuoyu.reports.upload import read_upload
from tuoyu.reports.workbook import MIMETYPE, file_name, workbook_of
from tuoyu.reports.workbook_safety import LARGEST
from tuoyu.web.guard import called, open_to
from tuoyu.web.pages import page
from tuoyu.web.printing import attached

PAGE, COMPARISON = "reports/workbook.html", "reports/workbook_comparison.html"
ALTERED = "对照页的内容不完整或被改动过，没有导入。请重新上传表格。"
WORKBOOK = "/<int:report_id>/workbook"


@bp.get(WORKBOOK)
@open_to(Role.INSTITUTION)
def workbook(report_id):
    report = find_report(report_id)
    if not report.is_editable:
        return redirect(url_for(".show", report_id=report.id))
    return page(PAGE, report=report)


@bp.get(f"{WORKBOOK}.xlsx")
@open_to(Role.INSTITUTION)
def template(report_id):
    """The month's workbook with what the draft has; 409 when the month is not being filled in."""
    report = find_report(report_id)
    report.insist_editable()
    return attached(workbook_of(report), file_name(report), MIMETYPE)


@bp.post(WORKBOOK)
@open_to(Role.INSTITUTION)
@called("上传表格")
def upload(report_id):
    """Show what the chosen file would change; nothing is kept. 422 in words for a file that cannot
    be taken."""
    report = find_report(report_id)
    report.insist_editable()
    try:
        found = read_upload(content_of(request.files.get("workbook")), report)
    except NotAcceptable as refusal:
        return page(PAGE, report=report, refusal=str(refusal)), refusal.status
    return comparison_page(report, offers_of(found, report), strays=found.strays)


@bp.post(f"{WORKBOOK}/figures")
@open_to(Role.INSTITUTION)
def import_figures(report_id):
    """Keep the figures that were shown. Where the draft has changed since, nothing is kept and a
    choice is asked for (409)."""
    report, offers = posted_comparison(report_id, to_change=True)
    if any(offer.is_open for offer in offers):
        return comparison_page(report, offers), 409
    taken = {offer.figure.key: offer.value for offer in offers if offer.is_taken}
    report.fill_in(taken, by=current_user)
    db.session.flush()
    flash(f"已从表格导入 {len(taken)} 项。{left_out(offers)}{said_after_saving(report)}")
    return redirect(url_for(".edit", report_id=report.id))


@bp.post(f"{WORKBOOK}/marked.xlsx")
@open_to(Role.INSTITUTION)
def marked(report_id):
    """A copy of the table that was uploaded, with the cells coloured that could not be read."""
    report, offers = posted_comparison(report_id)
    figures = {offer.figure.key: offer.value for offer in offers}
    content = workbook_of(report, figures, marks_of(offers))
    return attached(content, file_name(report, "待修改"), MIMETYPE)


def posted_comparison(report_id, to_change=False):
    """The report and the offers that a page of the comparison sends; 422 when it was altered."""
    report = find_report(report_id, to_change)
    report.insist_editable()
    form = ReportForm(obj=report)
    offers = offers_in(request.form, form, report)
    if not form.validate() or all(offer.kind == "blank" for offer in offers):
        raise NotAcceptable(ALTERED)
    return report, offers


def comparison_page(report, offers, strays=()):
    halves = [(h, [o for o in offers if o.row.section.page == h]) for h in ("staff", "children")]
    return page(
        COMPARISON,
        report=report,
        halves=halves,
        offers=offers,
        tally=tally(offers),
        faults=[(f"offer-{o.figure.key}", o.fault) for o in offers if o.fault],
        questions=[(f"offer-{o.figure.key}", o.question) for o in offers if o.asked],
        count=sum(o.differs for o in offers),
        strays=strays,
    )


def left_out(offers):
    """Which figures of the table were not taken because they could not be read."""
    codes = [offer.figure.code or offer.figure.label for offer in offers if offer.fault]
    return f"有误未导入：{'、'.join(codes)}。" if codes else ""


def content_of(file):
    """The bytes of the chosen file, at most one more than may come; raises NotAcceptable."""
    if file is None or not file.filename:
        raise NotAcceptable("请先选择填好的表格，再点“上传”。")
    return file.stream.read(LARGEST + 1)
