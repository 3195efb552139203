"""How long the figures of 托汇1表 take at full size: `python -m bench.summary [institutions]`.

Fills a database of its own with 5,000 institutions × 36 months, all confirmed, by set-based SQL;
then asks for the sheet of the province, a city, a county and a township. Beside each time stands
that of the same SQL on a bare cursor. Budget: the province in 200 ms on one quiet core.
"""

import sys
from datetime import date
from statistics import median

from sqlalchemy import func, insert, literal, select, update

from bench.measuring import own_database, recorded, run_bare, seconds, tell
from config import Config
from tests.figures import ARCHIVE_FIGURES, REPORT_FIGURES
from tuoyu import clock, create_app
from tuoyu.archives.models import ArchiveRevision
from tuoyu.dictionaries.loading import load_dictionaries
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.institutions.stays import BEGINNING, Stay
from tuoyu.regions.importing import import_regions
from tuoyu.regions.models import Level, Region
from tuoyu.reports.calendar import Period, load_calendar
from tuoyu.reports.models import MonthlyReport
from tuoyu.scope import EVERYWHERE, looking
from tuoyu.summaries.tables import sheet_of
from tuoyu.workflow.states import State

ROUNDS = 9
FIRST, LAST = date(2023, 6, 1), date(2026, 5, 1)
CODE = "91350100M000100Y43"
PLACES = ("350000000000", "350100000000", "350102000000", "350102001000")


def main(institutions=5000):
    with own_database("bench_summary") as url:
        app = create_app(Config(url))
        with app.app_context(), looking(EVERYWHERE), clock.at("2026-07-01T10:00"):
            db.create_all()
            fill(institutions)
            print(f"{'':42}{'here':>9}{'bare SQL':>10}")
            for code in PLACES:
                measure(code)
            db.session.close()
            db.engine.dispose()


def fill(institutions):
    import_regions()
    load_dictionaries()
    db.session.flush()
    load_calendar()
    db.session.flush()
    put(Institution, settled(institutions), name="托育园", unified_social_credit_code=CODE)
    blank = {"explanations": {}, "loose": {}, "touched": {}}
    papers = {"version": 1, "edition": 1, "state": State.DRAFT, **blank}
    owners = select(
        Institution.id.label("institution_id"), Institution.region_path.label("region_path")
    )
    put(Stay, owners, since=BEGINNING)
    names = {"institution_name": "托育园", "unified_social_credit_code": CODE, "saved_by": ""}
    put(ArchiveRevision, owners, **papers, **names, **ARCHIVE_FIGURES, saved_at=clock.now())
    months = (
        owners.add_columns(
            ArchiveRevision.id.label("archive_revision_id"), Period.month.label("month")
        )
        .select_from(Institution)
        .join(ArchiveRevision, ArchiveRevision.institution_id == Institution.id)
        .join(Period, Period.month.between(FIRST, LAST))
    )
    undeclared = {"declared_because": "", "undeclared": ""}
    put(MonthlyReport, months, **papers, **REPORT_FIGURES, **undeclared)
    for model in (ArchiveRevision, MonthlyReport):
        moment = dict.fromkeys(("first_submitted_at", "submitted_at", "confirmed_at"), clock.now())
        db.session.execute(update(model).values(state=State.CONFIRMED, **moment))
    db.session.commit()
    for table in ("institutions", "stays", "archive_revisions", "monthly_reports"):
        db.session.connection().exec_driver_sql(f"analyze {table}")
    db.session.commit()
    print(
        f"{institutions} institutions, {db.session.scalar(select(func.count(MonthlyReport.id)))} reports"
    )


def settled(number):
    """So many villages all over the province, at most as many as there are."""
    return (
        select(
            Region.code.label("region_code"),
            Region.path.label("region_path"),
            literal(FIRST).label("first_due_month"),
            literal("").label("initials"),
            literal(clock.now()).label("registered_at"),
        )
        .where(Region.level == Level.VILLAGE, Region.can_report)
        .order_by(func.md5(Region.code))
        .limit(number)
    )


def put(model, rows, **same):
    """Insert the rows of a select, each with the same further values."""
    columns = rows.selected_columns.keys()
    typed = {k: literal(v, model.__table__.c[k].type) for k, v in same.items()}
    wide = rows.add_columns(*(value.label(key) for key, value in typed.items()))
    db.session.execute(insert(model).from_select([*columns, *typed], wide, include_defaults=False))


def measure(code):
    region = db.session.scalars(select(Region).where(Region.code == code)).one()
    with recorded() as statements:
        sheet_of(region, LAST)
    here = median(seconds(lambda: sheet_of(region, LAST)) for _ in range(ROUNDS))
    bare = median(seconds(lambda: run_bare(statements)) for _ in range(ROUNDS))
    tell(f"{region.name}（{len(statements)} statements）", here, bare)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
