"""Who must report a month."""

from collections import Counter
from datetime import date

from sqlalchemy import select, update

from tests.cast import JUNE
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.reports.due import counts_for, due_institutions, filings, progress
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

JULY, AUGUST = date(2023, 7, 1), date(2023, 8, 1)


def due(cast, month=JUNE):
    with cast.stage():
        return {i.name for i in db.session.scalars(due_institutions(month))}


def test_an_institution_without_an_archive_in_force_is_not_due(cast):
    cast.archive(cast.star, State.AT_COUNTY)
    cast.archive(cast.sunshine)
    assert due(cast) == {"阳光托育园"}


def test_an_institution_is_due_from_its_first_month_on(cast):
    cast.archive(cast.sunshine, moment="2023-08-20T10:00")
    assert due(cast, JULY) == set()
    assert due(cast, AUGUST) == {"阳光托育园"}


def test_the_month_in_which_it_closes_is_the_last(cast):
    cast.archive(cast.sunshine)
    with cast.stage():
        cast.again(cast.sunshine).closed_on = date(2023, 7, 12)
    assert due(cast, JULY) == {"阳光托育园"}
    assert due(cast, AUGUST) == set()


def test_a_paused_institution_is_not_due(cast):
    cast.archive(cast.sunshine, is_active=False)
    assert due(cast) == set()


def test_months_that_were_closed_before_a_pause_stay_due(cast):
    cast.archive(cast.sunshine)
    cast.archive(cast.sunshine, moment="2023-08-20T10:00", is_active=False)
    assert due(cast, JUNE) == due(cast, JULY) == {"阳光托育园"}
    assert due(cast, AUGUST) == set()


def test_a_month_that_was_handed_in_never_vanishes(cast):
    for state, institution in ((State.RETURNED, cast.sunshine), (State.CONFIRMED, cast.star)):
        cast.archive(institution)
        cast.report(institution, JULY, state, "2023-08-02T10:00")
        cast.archive(institution, moment="2023-08-03T10:00", is_active=False)
        with cast.stage():
            cast.again(institution).closed_on = date(2023, 6, 30)
    assert due(cast, JULY) == {"阳光托育园", "星星托育园"}
    assert due(cast, AUGUST) == set()


def test_a_month_opened_for_an_institution_before_its_first_archive_is_due(cast):
    cast.archive(cast.sunshine, moment="2023-09-20T10:00")
    with cast.stage():
        db.session.execute(update(Institution).values(first_due_month=JUNE))
    assert due(cast, JUNE) == {"阳光托育园"}


def test_a_correction_under_way_does_not_count(cast):
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, state=State.CONFIRMED)
    with cast.stage():
        copy = MonthlyReport(
            institution_id=cast.sunshine.id,
            region_path=cast.sunshine.region_path,
            month=JUNE,
            version=2,
        )
        db.session.add(copy)
    with cast.stage():
        counted = db.session.scalars(select(MonthlyReport).where(counts_for(JUNE))).all()
        assert [(r.version, r.state) for r in counted] == [(1, State.CONFIRMED)]


def test_everyone_due_is_there_once_with_or_without_a_report(cast):
    for institution in (cast.sunshine, cast.star):
        cast.archive(institution)
    cast.report(cast.sunshine, state=State.AT_COUNTY)
    with cast.stage():
        rows = db.session.execute(filings(JUNE)).all()
        found = {i.name: r and r.state for i, r in rows}
    assert len(rows) == 2
    assert found == {"阳光托育园": State.AT_COUNTY, "星星托育园": None}


def test_progress_is_counted_by_area_and_state(cast):
    for institution in (cast.sunshine, cast.star, cast.moon, cast.wave):
        cast.archive(institution)
    cast.report(cast.sunshine, state=State.CONFIRMED)
    cast.report(cast.star, state=State.RETURNED)
    with cast.stage():
        assert progress(JUNE, 2) == {
            "350100000000": Counter({State.CONFIRMED: 1, State.RETURNED: 1, None: 1}),
            "ZONE-PT": Counter({None: 1}),
        }
        assert progress(JUNE, 3)["350102000000"] == {State.CONFIRMED: 1, State.RETURNED: 1}
