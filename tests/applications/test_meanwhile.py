"""What happens between the asking and the approval, and must not take a figure away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from tests.applications.world import (
    JULY_17,
    NEW_VILLAGE,
    ask,
    confirmed_june,
    correct,
    see,
    stamp,
    state_of,
    the_application,
)
from tests.cast import JULY
from tests.figures import REPORT_FIGURES
from tuoyu import clock
from tuoyu.institutions.changes import bring_into_effect, record
from tuoyu.summaries.tables import sheet_of
from tuoyu.workflow.states import State

AUGUST_3, AUGUST_4 = "2023-08-03T10:00", "2023-08-04T10:00"
FEWER = {"in_care": "46", "left_in_year": "14"}


def walk(cast, signed_in, *stamps, moment):
    """Each stamp works: (person, move)."""
    for person, move in stamps:
        clerk = signed_in(getattr(cast, person))
        assert stamp(clerk, the_application(cast), move, moment=moment).status_code == 302, move


def figures_of_july(cast):
    with cast.stage(AUGUST_4):
        return sheet_of(cast.region("350102000000"), JULY, True).total.figures


@pytest.mark.parametrize("kind", ["close", "suspend"])
def test_no_month_that_was_handed_in_is_contradicted(ready, signed_in, kind):
    ready.report(ready.sunshine, JULY, State.AT_COUNTY, AUGUST_3)
    director = signed_in(ready.sunshine_director)
    answer = ask(director, kind, moment=AUGUST_3, starts_on="2023-06-30", ends_on="")
    assert answer.status_code == 422
    assert "2023年7月月报已提交，年末在托数为 48 人" in answer.text


def test_a_closing_takes_no_month_off_the_sheet_that_came_in_meanwhile(ready, signed_in):
    asked = ask(
        signed_in(ready.sunshine_director), "close", moment=AUGUST_3, starts_on="2023-06-30"
    )
    assert asked.status_code == 302
    walk(ready, signed_in, ("gudong_clerk", "approve"), moment=AUGUST_3)
    ready.report(ready.sunshine, JULY, State.CONFIRMED, AUGUST_3)
    before = figures_of_july(ready)
    assert before["in_care"] == REPORT_FIGURES["in_care"]
    officer, application = signed_in(ready.gulou_officer), the_application(ready)
    answer = stamp(officer, application, "confirm", moment=AUGUST_4)
    assert answer.status_code == 422
    assert "2023年7月月报已确认" in answer.text
    assert figures_of_july(ready) == before
    again = stamp(officer, application, "send_back", moment=AUGUST_4, reason="与7月月报不符")
    assert again.status_code == 302


@pytest.mark.parametrize("move", ["receive", "send_back"])
def test_a_move_let_go_is_received_although_the_institution_moved_meanwhile(ready, signed_in, move):
    """An earlier move takes the institution into the county that is to receive it."""
    with ready.stage("2023-07-16T11:00"):
        record(
            ready.again(ready.sunshine),
            "moved",
            date(2023, 8, 1),
            ready.again(ready.gulou_officer),
            ready.region("350103002006"),
        )
    ask(signed_in(ready.sunshine_director), "move", region_code=NEW_VILLAGE["other county"])
    walk(
        ready,
        signed_in,
        ("gudong_clerk", "approve"),
        ("gulou_officer", "release"),
        moment="2023-07-18T10:00",
    )
    with ready.stage("2023-08-01T00:00"):
        assert len(bring_into_effect()) == 1
    application, officer = the_application(ready), signed_in(ready.taijiang_officer)
    page = see(officer, f"/review/applications/{application.id}", AUGUST_3)
    assert "接收" in page.soup.select_one("#stamps").text
    assert stamp(officer, application, move, moment=AUGUST_3, reason="重新申请").status_code == 302
    ends = {"receive": State.CONFIRMED, "send_back": State.RETURNED}
    assert state_of(ready, application) == ends[move]


def test_a_second_pause_before_the_first_has_begun_is_refused(ready, signed_in):
    confirmed_june(ready)
    director, moment = signed_in(ready.sunshine_director), "2023-07-18T10:00"
    assert ask(director, "suspend", ends_on="").status_code == 302
    walk(ready, signed_in, ("gudong_clerk", "approve"), ("gulou_officer", "confirm"), moment=moment)
    answer = ask(director, "suspend", starts_on="2023-08-05", ends_on="", moment=moment)
    assert answer.status_code == 422
    assert "已在停业期内" in answer.text


def test_a_correction_says_who_it_was_where_its_month_lies(ready, signed_in):
    """The old county decides, and learns nothing of the new place."""
    july = ready.report(ready.sunshine, JULY, State.CONFIRMED, "2023-08-01T09:00")
    with ready.stage("2023-08-01T10:00"):
        by, there = ready.again(ready.gulou_officer), ready.region("350103001002")
        record(ready.again(ready.sunshine), "moved", date(2023, 8, 1), by, there)
    with ready.stage():
        moved = ready.detached(ready.again(ready.sunshine))
    new = {"institution_name": "阳光新园", "address": "台江区茶亭街5号", "infant_places": 20}
    ready.archive(moved, moment="2023-08-10T10:00", **new)
    director, at = signed_in(ready.sunshine_director), "2023-08-11T10:00"
    answer = correct(director, july, moment=at, in_care="46", left_in_year="14")
    assert answer.status_code == 302
    page = see(signed_in(ready.gulou_officer), f"/applications/{the_application(ready).id}", at)
    said = page.soup.select_one("main").text
    assert "福州市鼓楼区鼓东街道中山路1号" in said and "阳光托育园" in said
    assert "茶亭街" not in said


def edit(client, application, do, moment=JULY_17):
    """Press a button on the form of one that was begun, as it was filled in."""
    figures = {key: str(new) for key, (_, new) in application.figures.items()}
    data = {"edition": application.edition, "do": do, "reason": application.reason} | figures
    with clock.at(moment):
        return client.post(f"/applications/{application.id}/edit", data=data)


def test_what_one_office_has_only_begun_keeps_nobody_else_out(ready, signed_in):
    june, clerk = confirmed_june(ready), signed_in(ready.gudong_clerk)
    director = signed_in(ready.sunshine_director)
    assert correct(clerk, june, do="save", **FEWER).status_code == 302
    begun = the_application(ready)
    assert see(director, f"/applications/corrections/{june.id}").status_code == 200
    assert correct(director, june, **FEWER).status_code == 302
    refused = edit(clerk, begun, "submit")
    assert refused.status_code == 409
    assert "同类申请已有一份正在办理" in refused.text
    assert refused.soup.select_one("#reason").text.strip() == begun.reason
    assert edit(clerk, begun, "save").status_code == 302
    for person, application in ((clerk, begun), (director, the_application(ready))):
        way = see(person, f"/applications/corrections/{june.id}").location
        assert way == f"/applications/{application.id}/edit"


def test_of_two_offices_that_hand_in_at_once_one_is_told(ready, signed_in):
    june, people = confirmed_june(ready), [ready.gudong_clerk, ready.sunshine_director]
    begun = []
    for client in map(signed_in, people):
        assert correct(client, june, do="save", **FEWER).status_code == 302
        begun.append((client, the_application(ready), "submit"))
    with ThreadPoolExecutor() as both:
        answers = list(both.map(lambda one: edit(*one), begun))
    assert sorted(answer.status_code for answer in answers) == [302, 409]
