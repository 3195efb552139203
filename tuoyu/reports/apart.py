"""Months that were declared rather than typed, counted apart from those that are missing. This is
the only place that says which month is counted as what; who must report at all says due.py."""

from collections import Counter, defaultdict

from sqlalchemy import and_, func

from tuoyu.extensions import db
from tuoyu.reports.due import filings
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State


def is_declared(kind):
    """Criterion on MonthlyReport: it was handed in, and is counted as this Declaration."""
    return and_(MonthlyReport.state != State.DRAFT, MonthlyReport.declared_as == kind)


def declared_by_area(month, depth):
    """How many of those who must report `month` have handed in what declaration, by area:
    {code: Counter({Declaration: number})}. `depth` says which areas, see due.progress."""
    area = func.split_part(MonthlyReport.region_path, "/", depth).label("area")
    kind = MonthlyReport.declared_as.label("kind")
    handed_in = filings(month).where(
        MonthlyReport.state != State.DRAFT, MonthlyReport.declared_as.is_not(None)
    )
    counted = handed_in.with_only_columns(area, kind, func.count(), maintain_column_froms=True)
    areas = defaultdict(Counter)
    for code, declared, number in db.session.execute(counted.group_by("area", "kind")):
        areas[code][declared] = number
    return areas
