"""Who must report a month, and how far they have come. This is the only place that says so."""

from collections import Counter, defaultdict

from sqlalchemy import and_, extract, func, or_, select

from tuoyu.archives.models import ArchiveRevision
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.reports.calendar import Period
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import FINAL, State

UNREPORTED = (None, State.DRAFT)  # 未报: nothing was handed in


def due_institutions(month):
    """A select of the institutions that must report `month` (应报), which a view may narrow."""
    return select(Institution).where(is_due(month))


def is_due(month):
    """Criterion on Institution: its archive in force says that it is active, it began reporting
    in `month` or before, and it was not closed before that month (闽卫人口函〔2023〕1310号 三).

    The archive asked is the one that was in force when the month was closed, so that 应报 of a
    past month stays what it was when an institution pauses later.
    """
    return and_(
        Institution.first_due_month <= month,
        or_(Institution.closed_on.is_(None), Institution.closed_on >= month),
        was_active(month),
    )


def was_active(month):
    closing = select(Period.closes_at).where(Period.month == month).scalar_subquery()
    confirmed = ArchiveRevision.confirmed_at
    in_force_then = (
        select(ArchiveRevision.is_active)
        .where(ArchiveRevision.institution_id == Institution.id, ArchiveRevision.state.in_(FINAL))
        .order_by(confirmed > closing, func.abs(extract("epoch", confirmed - closing)))
        .limit(1)
        .correlate(Institution)
    )
    return in_force_then.scalar_subquery()


def counts_for(month):
    """Criterion on MonthlyReport: the one version of each institution that counts for `month`.
    The confirmed one does; before the first confirmation the one under way. A correction under
    way does not count until it is confirmed."""
    return and_(
        MonthlyReport.month == month,
        or_(
            MonthlyReport.state == State.CONFIRMED,
            and_(MonthlyReport.version == 1, MonthlyReport.state != State.SUPERSEDED),
        ),
    )


def filings(month):
    """A select of (Institution, MonthlyReport or None): everyone due, with the report that counts."""
    own = and_(MonthlyReport.institution_id == Institution.id, counts_for(month))
    return select(Institution, MonthlyReport).outerjoin(MonthlyReport, own).where(is_due(month))


def progress(month, depth):
    """How many due reports of `month` are in which state, by area: {code: Counter(state)}.

    `depth` says which areas: 2 for those right below the province (see Region.depth). An
    institution without a report counts under None.
    """
    area = func.split_part(Institution.region_path, "/", depth).label("area")
    counted = filings(month).with_only_columns(
        area, MonthlyReport.state, func.count(Institution.id), maintain_column_froms=True
    )
    areas = defaultdict(Counter)
    for code, state, number in db.session.execute(counted.group_by("area", MonthlyReport.state)):
        areas[code][state] = number
    return areas
