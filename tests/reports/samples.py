"""What is typed into the form of a month, and what the checks are asked."""

from datetime import date
from types import SimpleNamespace

from tests.figures import ARCHIVE_FIGURES, REPORT_FIGURES
from tuoyu.archives.checks import ARCHIVE
from tuoyu.indicators.checks import complaints_about
from tuoyu.reports.checks import MONTHLY_REPORT

MAY, JUNE = date(2023, 5, 1), date(2023, 6, 1)


def typed(edition=1, **changes):
    """A whole month as a browser posts it; None leaves a figure blank."""
    figures = {key: str(value) for key, value in REPORT_FIGURES.items()}
    changed = {key: "" if value is None else str(value) for key, value in changes.items()}
    return figures | changed | {"edition": str(edition)}


def archive_with(**changes):
    """An archive in force, with the totals that the database computes."""
    figures = ARCHIVE_FIGURES | {"floor_area": None} | changes
    totals = {i.key: i.of(figures) for i in ARCHIVE if not i.typed_in}
    return SimpleNamespace(**figures | totals)


def month_before(month=MAY, **changes):
    """The report of an earlier month."""
    return SimpleNamespace(month=month, **{"declaration": None} | REPORT_FIGURES | changes)


def asked(values=None, **context):
    """What the checks say of the sample month with these changes: [Complaint, …]."""
    surroundings = {
        "breakdown_base": "enrolled",
        "month": JUNE,
        "period": SimpleNamespace(is_open=True),
        "institution": SimpleNamespace(first_due_month=JUNE, closed_on=None),
        "outlasts_closing": False,
        "archive": archive_with(),
        "declaration": None,
        "last": None,
        "months_before": [None] * 6,
    }
    figures = REPORT_FIGURES | (values or {})
    return complaints_about(MONTHLY_REPORT, figures, surroundings | context)


def ids(values=None, **context):
    """The ids of the checks that complain."""
    return {complaint.check_id for complaint in asked(values, **context)}


def said(check_id, values=None, **context):
    """The sentence of the one complaint with this id."""
    [found] = [c for c in asked(values, **context) if c.check_id == check_id]
    return found.message
