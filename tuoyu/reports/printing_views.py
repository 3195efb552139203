"""托基1表: on the screen, as a PDF, and blank."""

from flask import abort
from flask_login import current_user

from tuoyu.accounts.models import OFFICERS, Role
from tuoyu.reports.calendar import period_of
from tuoyu.reports.doors import bp
from tuoyu.reports.models import find_report
from tuoyu.reports.months import month_from, newest_archive
from tuoyu.reports.printout import blank_sheet, printout
from tuoyu.web.guard import open_to
from tuoyu.web.pages import page
from tuoyu.web.printing import as_pdf
from tuoyu.workflow.states import State

PDF = "reports/printout_pdf.html"


@bp.get("/<int:report_id>/sheet", endpoint="printout")
@open_to(Role.INSTITUTION, *OFFICERS)
def on_screen(report_id):
    return page("reports/printout.html", sheet=sheet_of(report_id))


@bp.get("/<int:report_id>/sheet.pdf")
@open_to(Role.INSTITUTION, *OFFICERS)
def printout_pdf(report_id):
    sheet = sheet_of(report_id)
    return as_pdf(PDF, sheet.file_name, sheet=sheet)


@bp.get("/blank/<month>.pdf")
@open_to(Role.INSTITUTION)
def blank(month):
    """The sheet of a month to be filled in by hand; 404 for a month that is in no calendar."""
    period = period_of(month_from(month))
    if period is None:
        abort(404)
    institution = current_user.institution
    sheet = blank_sheet(institution, newest_archive(institution), period, current_user)
    return as_pdf(PDF, sheet.file_name, sheet=sheet)


def sheet_of(report_id):
    """The report's sheet, if the person may see it; 404 otherwise."""
    report = find_report(report_id)
    if report.state == State.DRAFT and current_user.role != Role.INSTITUTION:
        abort(404)  # a draft is nobody's business but the institution's
    return printout(report, current_user)
