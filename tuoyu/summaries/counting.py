"""What a month adds up to, in SQL. Every sheet of every level counts here.

Everything counts where the institution lay in the month. Places come from the archive each report
was handed in with, and for institutions that have handed in nothing from the archive in force there
when the month was closed: capacity does not vanish because a report is missing.
Children count only when reported.
"""

from sqlalchemy import and_, case, func, or_, select

from tuoyu.archives.models import ArchiveRevision
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.institutions.stays import Stay
from tuoyu.reports.declarations import Declaration
from tuoyu.reports.due import archive_at, closes_in, filings, lay_there
from tuoyu.reports.models import MonthlyReport
from tuoyu.scope import below
from tuoyu.summaries.sheet import PLACES, REPORTED
from tuoyu.workflow.states import State

DECLARED = {
    "zero": Declaration.ZERO,
    "idle": Declaration.CLOSED,
    "no_change": Declaration.NO_CHANGE,
}
CLASS_PLACES = ("infant_places", "junior_places", "senior_places", "mixed_places")
ARCHIVED = (*PLACES, *CLASS_PLACES, "inclusive_places")


def papers(region, period, *columns):
    """A select over everyone due below `region`, with the report that counts for the month and
    the archive that belongs to it."""
    in_force_then = archive_at(period.closes_at, ArchiveRevision.id)
    handed_in = MonthlyReport.state != State.DRAFT  # what was withdrawn has kept its archive
    its_archive = case((handed_in, MonthlyReport.archive_revision_id), else_=in_force_then)
    return (
        filings(period.month)
        .outerjoin(ArchiveRevision, ArchiveRevision.id == its_archive)
        .where(below(Stay.region_path, region.path))
        .with_only_columns(*columns, maintain_column_froms=True)
    )


def sums_by_area(region, period, counted, depth):
    """{code of the area: {what: sum}}. `counted` are the states whose figures count, `depth` says
    which areas (see Region.depth)."""
    area = func.split_part(Stay.region_path, "/", depth).label("area")
    columns = [
        *(labelled(key, func.sum(getattr(ArchiveRevision, key))) for key in ARCHIVED),
        *(labelled(k, summed_if(MonthlyReport.state.in_(counted), k)) for k in REPORTED),
        *(labelled(key, tally) for key, tally in tallies(period, counted).items()),
    ]
    rows = db.session.execute(papers(region, period, area, *columns).group_by(area))
    return {row["area"]: {k: int(row[k]) for k in row if k != "area"} for row in rows.mappings()}


def labelled(key, total):
    return func.coalesce(total, 0).label(key)


def summed_if(condition, key):
    return func.sum(getattr(MonthlyReport, key)).filter(condition)


def tallies(period, counted):
    """How many institutions of each kind; `corrections` counts confirmed later versions."""
    state = MonthlyReport.state
    missing = or_(state.is_(None), state == State.DRAFT)
    late = MonthlyReport.first_submitted_at > period.fill_due
    return {
        "institutions": func.count(Institution.id),
        "filed": how_many(ArchiveRevision.is_nationally_filed),
        "confirmed": how_many(state == State.CONFIRMED),
        "unconfirmed": how_many(and_(state.in_(counted), state != State.CONFIRMED)),
        "missing": how_many(missing),
        "late": how_many(and_(late, ~missing)),
        **{
            key: how_many(and_(state.in_(counted), MonthlyReport.declared_as == kind))
            for key, kind in DECLARED.items()
        },
        "new": how_many(Institution.first_due_month == period.month),
        "corrections": func.sum(MonthlyReport.version - 1).filter(state == State.CONFIRMED),
    }


def how_many(condition):
    return func.count(Institution.id).filter(condition)


def each_institution(region, period):
    """One mapping an institution, in the order of the map."""
    columns = (
        func.coalesce(ArchiveRevision.institution_name, Institution.name).label("name"),
        MonthlyReport.state,
        ArchiveRevision.institution_type,
        ArchiveRevision.is_nationally_filed,
        *(labelled(key, getattr(ArchiveRevision, key)) for key in PLACES),
        *(getattr(MonthlyReport, key) for key in REPORTED),
    )
    order = (Stay.region_path, Institution.id)
    return db.session.execute(papers(region, period, *columns).order_by(*order)).mappings().all()


def closed_in(region, month):
    """How many institutions have a closing that counts in the month, due or not."""
    closings = select(func.count(Institution.id)).join(Stay, lay_there(month))
    there = below(Stay.region_path, region.path)
    return db.session.scalar(closings.where(there, closes_in(month)))
