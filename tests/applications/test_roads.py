"""The whole road of each kind, as people walk it: from the form to what it leads to."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.applications.world import (
    AFTER_CLOSING,
    ASKED,
    JULY_17,
    NEW_VILLAGE,
    ask,
    confirmed_june,
    correct,
    current_line,
    moves_of,
    see,
    stamp,
    state_of,
    the_application,
)
from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.institutions.changes import record
from tuoyu.institutions.chronicle import Change, pause_of
from tuoyu.regions.models import ReviewMode
from tuoyu.reports.models import MonthlyReport
from tuoyu.reports.months import months_of
from tuoyu.workflow.states import State


def walk(cast, signed_in, *stamps, moment=JULY_17):
    """Each of (who, move): the stamp is on the page and works; answers the last answer."""
    for who, move in stamps:
        client, application = signed_in(getattr(cast, who)), the_application(cast)
        page = see(client, f"/review/applications/{application.id}", moment)
        assert page.status_code == 200, (who, move)
        answer = stamp(client, application, move, moment)
        assert answer.status_code == 302, (who, move, answer.text)
    return answer


def line_for(signed_in, person, application, moment=JULY_17):
    return current_line(see(signed_in(person), f"/applications/{application.id}", moment))


def changes(cast):
    with cast.stage():
        return [(c.kind.value, c.effective_on, c.until) for c in db.session.scalars(select(Change))]


def test_a_move_to_another_county_is_let_go_by_one_and_received_by_the_other(ready, signed_in):
    director = signed_in(ready.sunshine_director)
    answer = ask(director, "move")
    assert answer.status_code == 302
    application = the_application(ready)
    assert application.state == State.AT_TOWNSHIP
    assert "鼓东街道" in line_for(signed_in, ready.sunshine_director, application)
    walk(ready, signed_in, ("gudong_clerk", "approve"))
    assert "同意迁出" in line_for(signed_in, ready.sunshine_director, application)
    walk(ready, signed_in, ("gulou_officer", "release"))
    assert state_of(ready, application) == State.AT_RECEIVING
    assert "台江区" in line_for(signed_in, ready.sunshine_director, application)
    assert changes(ready) == []
    walk(ready, signed_in, ("taijiang_officer", "receive"))
    assert changes(ready) == [("moved", date(2023, 8, 1), None)]
    assert moves_of(ready, application) == ["submit", "approve", "release", "receive"]
    told = line_for(signed_in, ready.sunshine_director, application)
    assert "2023年8月1日" in told
    assert "台江区" in told
    see(signed_in(ready.province_officer), "/", "2023-08-01T08:00")  # the first of the day
    with ready.stage():
        assert ready.again(ready.sunshine).region_code == NEW_VILLAGE["other county"]


def test_a_move_within_the_county_ends_with_the_county(ready, signed_in):
    ask(signed_in(ready.sunshine_director), "move", region_code=NEW_VILLAGE["same county"])
    walk(ready, signed_in, ("gudong_clerk", "approve"), ("gulou_officer", "confirm"))
    assert changes(ready) == [("moved", date(2023, 8, 1), None)]


def test_a_pause_begins_on_its_day_and_a_reopening_ends_it(ready, signed_in):
    director = signed_in(ready.sunshine_director)
    assert ask(director, "suspend").status_code == 302
    walk(ready, signed_in, ("gudong_clerk", "approve"), ("gulou_officer", "confirm"))
    see(director, "/", "2023-08-01T08:00")
    assert ask(director, "reopen", moment="2023-08-05T09:00").status_code == 302
    road = (("gudong_clerk", "approve"), ("gulou_officer", "confirm"))
    walk(ready, signed_in, *road, moment="2023-08-06T09:00")
    see(director, "/", "2023-08-10T08:00")
    with ready.stage("2023-08-12T09:00"):
        institution = ready.again(ready.sunshine)
        assert pause_of(institution, date(2023, 8, 9))
        assert pause_of(institution, date(2023, 8, 10)) is None


def test_a_reopening_that_is_put_off_ends_the_pause_on_the_later_day(ready, signed_in):
    director = signed_in(ready.sunshine_director)
    road = (("gudong_clerk", "approve"), ("gulou_officer", "confirm"))
    assert ask(director, "suspend", ends_on="").status_code == 302
    walk(ready, signed_in, *road)
    for moment, day in (("2023-08-02T10:00", "2023-08-20"), ("2023-08-10T10:00", "2023-10-01")):
        assert ask(director, "reopen", moment=moment, starts_on=day).status_code == 302
        walk(ready, signed_in, *road, moment=moment)
    for day, paused in (("2023-08-20", True), ("2023-09-30", True), ("2023-10-01", False)):
        see(director, "/", f"{day}T08:00")
        with ready.stage():
            pause = pause_of(ready.again(ready.sunshine), date.fromisoformat(day))
        assert bool(pause) == paused, day


def test_a_reopening_told_late_leaves_closed_months_as_they_are(ready, signed_in):
    director = signed_in(ready.sunshine_director)
    assert ask(director, "suspend", starts_on="2023-07-18", ends_on="").status_code == 302
    walk(ready, signed_in, ("gudong_clerk", "approve"), ("gulou_officer", "confirm"))
    see(director, "/", "2023-07-18T08:00")
    late = "2023-10-18T09:00"  # August is closed, September is not
    asked = ask(director, "reopen", moment="2023-10-12T09:00", starts_on="2023-08-01")
    assert asked.status_code == 302
    road = (("gudong_clerk", "approve"), ("gulou_officer", "confirm"))
    walk(ready, signed_in, *road, moment="2023-10-12T10:00")
    assert changes(ready)[-1] == ("reopened", date(2023, 9, 1), None)
    said = line_for(signed_in, ready.sunshine_director, the_application(ready), late)
    assert "2023年8月1日起恢复收托" in said and "2023年9月1日起照常逐月上报" in said
    with ready.stage(late):
        months = months_of(ready.again(ready.sunshine))
        assert [m.period.month.month for m in months] == [9, 7, 6]


def test_a_reopening_of_closed_months_alone_is_refused(ready, signed_in):
    director = signed_in(ready.sunshine_director)
    assert ask(director, "suspend", ends_on="2023-08-31").status_code == 302
    walk(ready, signed_in, ("gudong_clerk", "approve"), ("gulou_officer", "confirm"))
    see(director, "/", "2023-08-01T08:00")
    answer = ask(director, "reopen", moment="2023-09-20T09:00", starts_on="2023-08-05")
    assert answer.status_code == 422
    assert "都已关账" in answer.text


def test_a_closing_leaves_one_last_month(ready, signed_in):
    director = signed_in(ready.sunshine_director)
    form = see(director, "/applications/new/close")
    assert "注销备案" in form.text
    assert "年末在托数填 0" in form.text
    assert ask(director, "close").status_code == 302
    walk(ready, signed_in, ("gudong_clerk", "approve"), ("gulou_officer", "confirm"))
    application = the_application(ready)
    page = see(director, f"/applications/{application.id}")
    reminder = page.soup.select_one("#last_month").text
    assert "2023年8月是最后一个月报" in reminder
    assert "注销备案" in reminder
    see(director, "/", "2023-08-31T08:00")
    with ready.stage():
        assert ready.again(ready.sunshine).closed_on == date(2023, 8, 31)


def test_a_correction_makes_the_next_version_and_the_institution_hands_it_in(ready, signed_in):
    june, director = confirmed_june(ready), signed_in(ready.sunshine_director)
    assert correct(director, june, in_care="46", left_in_year="14").status_code == 302
    application = the_application(ready)
    assert application.state == State.AT_COUNTY
    assert application.figures == {"in_care": ["48", "46"], "left_in_year": ["12", "14"]}
    line = line_for(signed_in, ready.sunshine_director, application)
    assert "鼓楼区" in line
    assert "7月23日24:00" in line
    walk(ready, signed_in, ("gulou_officer", "confirm"))
    first, second = versions_of(ready)
    assert (first.state, second.state) == (State.CONFIRMED, State.DRAFT)
    assert (first.in_care, second.in_care, second.left_in_year) == (48, 46, 14)
    assert second.archive_revision_id == first.archive_revision_id
    assert "待机构核对并提交审核" in line_for(signed_in, ready.sunshine_director, application)
    july = "2023-08-02T09:00"
    assert "更正中" in see(director, "/", july).text  # the home page says what is to be done
    hand_in(ready, second, director)
    assert "待乡镇审核" in line_for(signed_in, ready.sunshine_director, application)
    with ready.stage(JULY_17):
        ready.again(second).approve(ready.again(ready.gudong_clerk))
        ready.again(second).confirm(ready.again(ready.gulou_officer))
    first, second = versions_of(ready)
    assert (first.state, second.state) == (State.SUPERSEDED, State.CONFIRMED)
    assert second.first_submitted_at == first.first_submitted_at  # it is as late as it was
    assert "更正完成" in line_for(signed_in, ready.sunshine_director, application)
    assert "更正" in see(director, f"/reports/{second.id}").text


def versions_of(cast):
    """The versions of June, as they stand now."""
    own = select(MonthlyReport).where(MonthlyReport.institution_id == cast.sunshine.id)
    with cast.stage():
        found = db.session.scalars(own.order_by(MonthlyReport.version)).all()
        return [cast.detached(report) for report in found]


def hand_in(cast, version, client):
    with cast.stage():
        report = cast.again(version)
        form = {"edition": report.edition}
        form |= {f"explanation-{key}": "情况属实" for key in report.unexplained()}
    with clock.at(JULY_17):
        assert client.post(f"/reports/{version.id}/submission", data=form).status_code == 302


def test_after_the_closing_the_province_decides(ready, signed_in):
    june, director = confirmed_june(ready), signed_in(ready.sunshine_director)
    later = AFTER_CLOSING
    answer = correct(director, june, moment=later, in_care="46", left_in_year="14")
    assert answer.status_code == 302
    application = the_application(ready)
    assert application.state == State.AT_PROVINCE
    assert "省" in line_for(signed_in, ready.sunshine_director, application, later)
    refused = stamp(signed_in(ready.gulou_officer), application, "confirm", later)
    assert refused.status_code == 409
    walk(ready, signed_in, ("province_officer", "confirm"), moment=later)
    assert [report.version for report in versions_of(ready)] == [1, 2]


def test_what_the_county_did_not_decide_in_time_goes_up_to_the_province(ready, signed_in):
    june = confirmed_june(ready)
    correct(signed_in(ready.sunshine_director), june, in_care="46", left_in_year="14")
    application = the_application(ready)
    officer = signed_in(ready.gulou_officer)
    assert stamp(officer, application, "confirm", AFTER_CLOSING).status_code == 409
    road = (("gulou_officer", "pass_up"), ("province_officer", "confirm"))
    walk(ready, signed_in, *road, moment=AFTER_CLOSING)
    assert state_of(ready, application) == State.CONFIRMED


@pytest.mark.parametrize("who", ["gudong_clerk", "gulou_officer"])
def test_an_officer_asks_for_a_correction_and_the_institution_hands_it_in(ready, signed_in, who):
    june, officer = confirmed_june(ready), signed_in(getattr(ready, who))
    link = see(officer, f"/review/reports/{june.id}").soup.find("a", string="申请更正")
    assert see(officer, link["href"]).status_code == 200
    assert correct(officer, june, in_care="46", left_in_year="14").status_code == 302
    application = the_application(ready)
    assert application.asked_by == getattr(ready, who).role
    assert application.title in see(officer, "/applications/").text
    walk(ready, signed_in, ("gulou_officer", "confirm"))
    second = versions_of(ready)[1]
    assert (second.in_care, second.state) == (46, State.DRAFT)
    director = signed_in(ready.sunshine_director)
    assert see(director, f"/reports/{second.id}/edit").status_code == 200
    assert application.title in see(director, "/applications/").text


def test_where_no_township_reviews_the_county_is_the_first(ready, signed_in):
    with ready.stage():
        ready.region("350102001000").review_mode = ReviewMode.COUNTY_ONLY
    ask(signed_in(ready.sunshine_director), "suspend")
    assert the_application(ready).state == State.AT_COUNTY
    walk(ready, signed_in, ("gulou_officer", "confirm"))


def test_the_county_stands_in_for_a_township_that_lets_its_days_pass(ready, signed_in):
    ask(signed_in(ready.sunshine_director), "suspend")
    road = (("gulou_officer", "approve_for_township"), ("gulou_officer", "confirm"))
    walk(ready, signed_in, *road, moment="2023-07-25T10:00")


def test_what_came_back_is_mended_and_handed_in_again(ready, signed_in):
    director = signed_in(ready.sunshine_director)
    ask(director, "suspend")
    application = the_application(ready)
    clerk = signed_in(ready.gudong_clerk)
    assert stamp(clerk, application, "send_back", reason="").status_code == 422
    assert stamp(clerk, application, "send_back", reason="日期请核对").status_code == 302
    page = see(director, f"/applications/{application.id}/edit")
    assert "日期请核对" in page.text
    assert page.soup.select_one("#starts_on")["value"] == "2023-08-01"
    edition = the_application(ready).edition
    data = ASKED["suspend"] | {"starts_on": "2023-08-03", "do": "submit", "edition": edition}
    answer = director.post(f"/applications/{application.id}/edit", data=data)
    assert answer.status_code == 302
    again = the_application(ready)
    assert (again.state, again.starts_on) == (State.AT_TOWNSHIP, date(2023, 8, 3))


def test_the_receiving_county_sends_back_with_a_reason(ready, signed_in):
    ask(signed_in(ready.sunshine_director), "move")
    walk(ready, signed_in, ("gudong_clerk", "approve"), ("gulou_officer", "release"))
    application = the_application(ready)
    officer = signed_in(ready.taijiang_officer)
    answer = stamp(officer, application, "send_back", reason="新址不在本区")
    assert answer.status_code == 302
    assert see(officer, answer.location).status_code in (200, 404)
    assert state_of(ready, application) == State.RETURNED
    assert (
        "新址不在本区"
        in see(signed_in(ready.sunshine_director), f"/applications/{application.id}").text
    )


def test_what_is_under_way_goes_along_with_a_move(ready, signed_in):
    ask(signed_in(ready.sunshine_director), "suspend")
    with ready.stage("2023-08-01T08:00"):
        region = ready.region(NEW_VILLAGE["same county"])
        record(
            ready.again(ready.sunshine),
            "moved",
            date(2023, 8, 1),
            ready.again(ready.gulou_officer),
            region,
        )
    later = "2023-08-01T09:00"
    address = f"/review/applications/{the_application(ready).id}"
    assert see(signed_in(ready.gudong_clerk), address, later).status_code == 404
    page = see(signed_in(ready.guxi_clerk), address, later)
    assert "提交审核" in page.soup.select_one("#trail").text
    walk(ready, signed_in, ("guxi_clerk", "approve"), ("gulou_officer", "confirm"), moment=later)
