"""What a sheet said when its month was closed it says for good, whatever is told afterwards."""

from datetime import date

import pytest

from tests.applications.test_after_a_closing import hand_in
from tests.cast import JULY
from tests.summaries.test_tables import FEW, NOBODY
from tuoyu import clock
from tuoyu.institutions.changes import record
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


def test_places_of_a_month_that_was_withdrawn_are_those_of_the_closing(cast, signed_in):
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, state=State.CONFIRMED)
    july = cast.report(cast.sunshine, JULY, State.AT_TOWNSHIP, "2023-08-02T09:00")
    with clock.at("2023-08-02T10:00"):
        address, form = f"/reports/{july.id}/withdrawal", {"edition": july.edition}
        assert signed_in(cast.sunshine_director).post(address, data=form).status_code == 302
    cast.archive(cast.sunshine, moment="2023-08-05T10:00", inclusive_places=0, **FEW, **NOBODY)
    said = sheet(signed_in, cast.gulou_officer, "2023-07", "2023-08-20T09:00")[-1]
    assert "未报1家" in said and "乳儿班托位4个" in said


def test_a_closing_told_late_counts_in_the_first_month_not_closed(cast, signed_in):
    cast.archive(cast.sunshine)
    before = sheet(signed_in, cast.gulou_officer, "2023-06", "2023-08-01T09:00")
    with cast.stage("2023-09-01T09:00"):
        by = cast.again(cast.gulou_officer)
        record(cast.again(cast.sunshine), "closed", date(2023, 6, 20), by)
    assert sheet(signed_in, cast.gulou_officer, "2023-06", "2023-09-01T10:00") == before
    for month, closed in (("2023-06", 0), ("2023-07", 0), ("2023-08", 1), ("2023-09", 0)):
        said = sheet(signed_in, cast.gulou_officer, month, "2023-10-01T10:00")[-1]
        assert f"终止{closed}家" in said, month


def paused(cast):
    with cast.stage("2023-08-03T10:00"):
        by = cast.again(cast.gulou_officer)
        record(cast.again(cast.sunshine), "suspended", date(2023, 7, 1), by)


def switched_off(cast):
    cast.archive(cast.sunshine, moment="2023-08-03T10:00", is_active=False)


@pytest.mark.parametrize(
    ("told", "why"),
    [(paused, "全月处于暂停服务期间"), (switched_off, "不需要上报，机构档案的“是否启用”为否")],
)
def test_a_draft_of_a_month_that_is_not_due_any_more_stays_a_draft(cast, signed_in, told, why):
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, state=State.CONFIRMED)
    cast.report(cast.sunshine, JULY, State.DRAFT, "2023-08-02T09:00")
    told(cast)
    before = sheet(signed_in, cast.gulou_officer, "2023-07", "2023-08-20T09:00")
    refused = hand_in(cast, signed_in(cast.sunshine_director), JULY, "2023-09-02T10:00")
    assert refused.status_code == 422
    assert f"2023年7月{why}" in refused.text
    assert "可以提交审核" not in refused.text
    assert sheet(signed_in, cast.gulou_officer, "2023-07", "2023-09-03T09:00") == before
    assert "应报0家" in before[-1]
