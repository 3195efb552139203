"""The pages about one report: what they are given to draw."""

from flask import request

from tuoyu.clock import now
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.comparison import comparison
from tuoyu.reports.declaring import offers
from tuoyu.reports.filling import Filling
from tuoyu.reports.findings import findings
from tuoyu.reports.returned import frequent_returns
from tuoyu.reports.snapshot import snapshot
from tuoyu.web.pages import page
from tuoyu.workflow.explanations import Posted
from tuoyu.workflow.receipts import newest_receipt

EDIT, CHECK, SHOW = (f"reports/{name}.html" for name in ("edit", "check", "show"))


def show_page(report, person):
    return page(
        SHOW,
        report=report,
        rows=comparison(report),
        findings=findings(report),
        snapshot=snapshot_of(report),
        moves={move.name for move in report.open_moves(person)},
        receipt=newest_receipt(report),
        labels={indicator.key: indicator.full_name for indicator in MONTHLY_REPORT},
    )


def edit_page(report, form, **more):
    posted = Posted(report, request.form)
    return page(EDIT, snapshot=snapshot_of(report), **form_context(report, form, posted), **more)


def form_context(report, form, posted=None):
    """What the form itself shows: everything but the archive above it. `posted` are explanations
    that were not kept."""
    return {
        "report": report,
        "form": form,
        "rows": {row.indicator.key: row for row in comparison(report)},
        "filling": Filling(report, form, posted),
        "remarks": report.last_return.remarks if report.last_return else {},
        "returns": frequent_returns(report.month),
        "declarations": offers(report),
    }


def stale_page(report, form, clashes):
    """Everything typed, beside what was saved in the meantime, and which of the two to keep."""
    form.edition.data = report.edition
    return edit_page(report, form, clashes=clashes)


def said_after_saving(report):
    faults, open_questions = len(report.faults()), len(report.unexplained())
    said = f"已暂存 {now():%H:%M:%S}。"
    waiting = [(faults, "项必须修改"), (open_questions, "项需核实或说明")]
    if left := "、".join(f"{count} {what}" for count, what in waiting if count):
        said += f"提交审核前还有 {left}。"
    return said


def check_page(report, edition, posted=None, refusal=None):
    """The page of the checks. `edition` is the one in the database: a refused action may have
    counted it up on the way, and is undone."""
    return page(
        CHECK,
        report=report,
        edition=edition,
        rows=comparison(report),
        findings=findings(report, posted),
        snapshot=snapshot_of(report),
        refusal=refusal,
    )


def snapshot_of(report):
    archive = report.archive_shown
    return snapshot(archive, report.region_name) if archive else None
