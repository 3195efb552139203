"""The pages about one report: what they are given to draw."""

from tuoyu.clock import now
from tuoyu.indicators.checks import SumsTo
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.comparison import comparison
from tuoyu.reports.findings import findings
from tuoyu.reports.snapshot import snapshot
from tuoyu.web.pages import page
from tuoyu.workflow.receipts import newest_receipt

EDIT, CHECK, SHOW = (f"reports/{name}.html" for name in ("edit", "check", "show"))
TOLD_ELSEWHERE = {"H02"} | {c.id for c in MONTHLY_REPORT.checks if isinstance(c, SumsTo)}


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
    return page(EDIT, snapshot=snapshot_of(report), **form_context(report, form), **more)


def form_context(report, form):
    """What the form itself shows: everything but the archive above it."""
    return {
        "report": report,
        "form": form,
        "rows": {row.indicator.key: row for row in comparison(report)},
        "totals": form.totals,
        "remarks": remarks(report),
    }


def stale_page(report, form):
    """Everything typed, beside what was saved in the meantime; saving again keeps what is typed."""
    form.edition.data = report.edition
    return edit_page(report, form, saved=saved_differently(report, form))


def saved_differently(report, form):
    """{figure: its saved words} where what is typed is something else."""
    saved = report.sheet.values(report)
    return {
        key: report.sheet[key].show(saved[key])
        for key, typed in form.figures.items()
        if saved[key] != typed
    }


def said_after_saving(report):
    faults, open_questions = len(report.faults()), len(report.unexplained())
    said = f"已暂存 {now():%H:%M:%S}。"
    if faults or open_questions:
        said += f"提交审核前还有 {faults} 项必须修改、{open_questions} 项需核实或说明。"
    return said


def check_page(report, edition, typed=None, refusal=None):
    """The page of the checks. `edition` is the one in the database: a refused action may have
    counted it up on the way, and is undone."""
    return page(
        CHECK,
        report=report,
        edition=edition,
        rows=comparison(report),
        findings=findings(report, typed),
        snapshot=snapshot_of(report),
        refusal=refusal,
    )


def remarks(report):
    """{figure: sentence} of the hard checks between figures, for the page where they are mended;
    sums are left out, because their running totals say so, and blanks."""
    found = {}
    for complaint in report.faults().values():
        if complaint.check_id not in TOLD_ELSEWHERE and complaint.blames:
            found.setdefault(complaint.blames[0], complaint.message)
    return found


def snapshot_of(report):
    archive = report.archive_shown
    return snapshot(archive, report.region_name) if archive else None
