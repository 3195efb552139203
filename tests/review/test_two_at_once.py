"""Two people stamp the same paper at the same moment: one is served, the other is told."""

import time
from threading import Thread

import pytest
from sqlalchemy import select

from tests.cast import FIRST_WINDOW
from tests.review.world import post, state_of, steps_of, waiting_report
from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.reports.models import MonthlyReport
from tuoyu.scope import EVERYWHERE, looking
from tuoyu.workflow.states import State

pytestmark = pytest.mark.database

WAITING = """select count(*) from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock'"""


def at_once(app, database, paper, *attempts):
    """Make the attempts on connections of their own: all of them wait at the row until it is let
    go. Answers their statuses."""
    found = []
    threads = [Thread(target=lambda a=a: found.append(a().status_code)) for a in attempts]
    with app.app_context(), looking(EVERYWHERE), clock.at(FIRST_WINDOW):
        held = select(MonthlyReport).where(MonthlyReport.id == paper.id)
        db.session.scalars(held.with_for_update(of=MonthlyReport)).one()
        for thread in threads:
            thread.start()
        wait_until(lambda: database.keeper.execute(WAITING).fetchone()[0] >= len(threads))
        db.session.rollback()
        for thread in threads:
            thread.join(20)
    return sorted(found)


def wait_until(happened, seconds=15):
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, "nobody waits at the row"
        time.sleep(0.02)


@pytest.fixture
def at_county(cast):
    return waiting_report(cast, State.AT_COUNTY)


def test_two_clicks_on_the_same_button(app, database, cast, signed_in, at_county):
    officers = [signed_in(cast.gulou_officer), signed_in(cast.gulou_officer)]
    attempts = [lambda o=o: post(o, "reports", at_county, "confirm") for o in officers]
    assert at_once(app, database, at_county, *attempts) == [302, 409]
    assert steps_of(cast, at_county) == ["submit", "approve", "confirm"]


def test_one_confirms_while_another_returns(app, database, cast, signed_in, at_county):
    one, other = signed_in(cast.gulou_officer), signed_in(cast.gulou_officer)
    statuses = at_once(
        app,
        database,
        at_county,
        lambda: post(one, "reports", at_county, "confirm"),
        lambda: post(other, "reports", at_county, "send_back", reason="请核对"),
    )
    assert statuses == [302, 409]
    assert len(steps_of(cast, at_county)) == 3


def test_the_township_takes_back_while_the_county_confirms(
    app, database, cast, signed_in, at_county
):
    clerk, officer = signed_in(cast.gudong_clerk), signed_in(cast.gulou_officer)
    statuses = at_once(
        app,
        database,
        at_county,
        lambda: post(clerk, "reports", at_county, "take_back"),
        lambda: post(officer, "reports", at_county, "confirm"),
    )
    assert statuses == [302, 409]
    assert state_of(cast, at_county) in (State.AT_TOWNSHIP, State.CONFIRMED)
