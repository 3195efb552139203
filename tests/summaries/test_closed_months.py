"""What a sheet said when its month was closed it says for good, whatever is told afterwards."""

import pytest

from tests.cast import JULY
from tests.summaries.test_tables import FEW, NOBODY
from tuoyu import clock
from tuoyu.workflow.states import State

pytestmark = pytest.mark.database


def sheet(signed_in, person, month, at):
    """The figures and the supplement of the person's own sheet, as they read."""
    with clock.at(at):
        page = signed_in(person).get(f"/summaries/{month}/").soup
    return [" ".join(part.text.split()) for part in page.select(".sheet table, .sheet-supplement")]


def test_a_confirmed_month_stays_when_the_archive_is_switched_off(cast, signed_in):
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, JULY, State.CONFIRMED, "2023-08-03T10:00")
    before = sheet(signed_in, cast.gulou_officer, "2023-07", "2023-08-04T09:00")
    cast.archive(cast.sunshine, moment="2023-08-10T10:00", is_active=False)
    assert sheet(signed_in, cast.gulou_officer, "2023-07", "2023-08-11T09:00") == before
    assert "应报1家、已确认1家" in before[-1]


def test_places_of_who_has_not_reported_stay_those_of_the_closing(cast, signed_in):
    cast.archive(cast.sunshine)
    before = sheet(signed_in, cast.gulou_officer, "2023-06", "2023-08-01T09:00")
    cast.archive(cast.sunshine, moment="2023-09-01T10:00", inclusive_places=0, **FEW, **NOBODY)
    assert sheet(signed_in, cast.gulou_officer, "2023-06", "2023-09-01T11:00") == before
    assert "乳儿班托位10个" in before[-1]
