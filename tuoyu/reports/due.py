"""Who must report a month, and how far they have come. This is the only place that says so.

An institution counts for a month in the place where it lay in that month (see Stay): a later move
changes no figure, and who may see the place may see the institution in lists of the month.
"""

from collections import Counter, defaultdict

from sqlalchemy import Date, and_, cast, extract, false, func, or_, select

from tuoyu.archives.models import ArchiveRevision, lying_at
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.institutions.chronicle import Change, closing_told_after
from tuoyu.institutions.models import Institution
from tuoyu.institutions.stays import Stay
from tuoyu.reports.calendar import Period, first_of, next_month
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

UNREPORTED = (None, State.DRAFT)  # 未报: nothing was handed in


def due_institutions(month):
    """A select of the institutions that must report `month` (应报), which a view may narrow."""
    return select(Institution).where(is_due(month))


def is_due(month):
    """Criterion on Institution: it lay in one's corner of the map and must report `month`."""
    return (
        select(Stay.id).where(lay_there(month), must_report(month)).correlate(Institution).exists()
    )


def lay_there(month):
    """How Stay joins Institution: the one to which `month` belongs."""
    return and_(Stay.institution_id == Institution.id, Stay.in_month(month))


def must_report(month):
    """Criterion on Institution and Stay: it began reporting in `month` or before, its archive in
    force says that it is active, it was not closed before that month (闽卫人口函〔2023〕1310号
    三), and the month is not part of a pause.

    All three are asked as they stood when the month was closed, so that 应报 of a past month stays
    what it was when an institution changes later; and a month that was handed in never vanishes,
    whatever is told afterwards.
    """
    goes_on = and_(~was_closed(month), was_active(month), ~was_paused(month))
    return and_(Institution.first_due_month <= month, or_(goes_on, handed_in(month)))


def months_due(institution):
    """A select of the opened Periods that the institution must report, the newest first."""
    month = Period.month
    return (
        select(Period)
        .join(Institution, Institution.id == institution.id)
        .join(Stay, lay_there(month))
        .where(must_report(month), Period.opens_at <= now())
        .order_by(month.desc())
    )


def was_active(month):
    return archive_at(closing_of(month), ArchiveRevision.is_active)


def archive_at(closing, column):
    """`column` of the archive that was in force at the stay when its month was closed (关账);
    where the first one came later, of that."""
    confirmed = ArchiveRevision.confirmed_at
    nearest_first = (confirmed > closing, func.abs(extract("epoch", confirmed - closing)))
    in_force_then = select(column).where(lying_at(Stay)).order_by(*nearest_first)
    return in_force_then.limit(1).correlate(Stay, Period).scalar_subquery()


def was_closed(month):
    """It had closed before the month, and that was told before the month was closed (关账)."""
    closed = and_(Institution.closed_on.is_not(None), Institution.closed_on < month)
    return and_(closed, ~closing_told_after(closing_of(month)))


def closes_in(month):
    """Its closing counts in this month: its own, or where that was closed before the closing was
    told, the first that was not."""
    in_time = and_(Institution.closed_on >= month, Institution.closed_on < next_month(month))
    late = and_(Institution.closed_on < month, closing_told_after(closing_of(first_of(month, -1))))
    return and_(or_(in_time, late), ~closing_told_after(closing_of(month)))


def was_paused(month):
    """Every day of the month lies in pauses that were told before the month was closed: in one, or
    in several of which each goes on where the last one ends."""
    first = cast(month, Date)
    days = func.daterange(first, cast(first + func.make_interval(0, 1), Date))
    told = Change.days_paused().where(
        Change.institution_id == Institution.id, Change.recorded_at <= closing_of(month)
    )
    paused = told.correlate(Institution, Period).scalar_subquery()
    return func.coalesce(paused.bool_op("@>")(days), false())


def handed_in(month):
    """It was handed in at least once, and may have come back since."""
    report = select(MonthlyReport.id).where(
        MonthlyReport.institution_id == Institution.id,
        MonthlyReport.month == month,
        MonthlyReport.first_submitted_at.is_not(None),
    )
    return report.correlate(Institution, Period).exists()


def closing_of(month):
    """When the month is closed (关账); of Period.month in a statement over Period, its own."""
    if month is Period.month:
        return Period.closes_at
    return select(Period.closes_at).where(Period.month == month).scalar_subquery()


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
    """A select of (Institution, MonthlyReport or None): everyone due, with the report that counts.
    It joins Stay, the place of the month, by which the rows are told apart on the map."""
    own = and_(MonthlyReport.institution_id == Institution.id, counts_for(month))
    return (
        select(Institution, MonthlyReport)
        .join(Stay, lay_there(month))
        .outerjoin(MonthlyReport, own)
        .where(must_report(month))
    )


def progress(month, depth):
    """How many due reports of `month` are in which state, by area: {code: Counter(state)}.

    `depth` says which areas: 2 for those right below the province (see Region.depth). An
    institution without a report counts under None.
    """
    area = func.split_part(Stay.region_path, "/", depth).label("area")
    counted = filings(month).with_only_columns(
        area, MonthlyReport.state, func.count(Institution.id), maintain_column_froms=True
    )
    areas = defaultdict(Counter)
    for code, state, number in db.session.execute(counted.group_by("area", MonthlyReport.state)):
        areas[code][state] = number
    return areas
