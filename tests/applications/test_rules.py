"""What may be asked for, what is refused, and that nothing typed is lost."""

import pytest

from tests.applications.world import (
    ASKED,
    JULY_17,
    NEW_VILLAGE,
    a_pdf,
    a_picture,
    ask,
    confirmed_june,
    correct,
    moves_of,
    see,
    stamp,
    state_of,
    the_application,
)
from tests.cast import JULY, JUNE
from tuoyu import clock
from tuoyu.workflow.states import State

KINDS = ("move", "suspend", "close")


def errors_in(answer):
    return answer.soup.select_one(".error-summary").get_text(" ", strip=True)


def form_of(answer):
    """{name: value} of the form as it came back."""
    fields = answer.soup.select("#application_form [name]")
    return {f["name"]: f.get_text(strip=True) or f.get("value", "") for f in fields}


@pytest.mark.parametrize("kind", KINDS)
def test_a_draft_may_be_half_filled_and_thrown_away(ready, signed_in, kind):
    director = signed_in(ready.sunshine_director)
    data = {"do": "save", "reason": "先记一笔"}
    with clock.at(JULY_17):
        answer = director.post(f"/applications/new/{kind}", data=data)
        assert answer.status_code == 302
        draft = the_application(ready)
        assert (draft.state, draft.reason) == (State.DRAFT, "先记一笔")
        assert signed_in(ready.gudong_clerk).get(f"/applications/{draft.id}").status_code == 404
        assert director.get(f"/applications/new/{kind}").location.endswith(f"/{draft.id}/edit")
        gone = director.post(f"/applications/{draft.id}/deletion", data={"edition": draft.edition})
    assert gone.status_code == 302
    assert the_application(ready) is None


@pytest.mark.parametrize(
    ("kind", "changes", "said"),
    [
        ("move", {"region_code": ""}, "请选择迁入的社区"),
        ("move", {"region_code": "350103001000"}, "必须选择到社区（村）一级"),
        ("move", {"region_code": "350102001004"}, "与现在的所属区域相同"),
        ("move", {"new_address": ""}, "请填写迁入后的详细地址"),
        ("move", {"reason": " "}, "请填写申请原因"),
        ("suspend", {"starts_on": ""}, "请填写停业开始日期"),
        ("suspend", {"starts_on": "昨天"}, "应为日期"),
        ("suspend", {"ends_on": "2023-07-31"}, "截止日期不能早于开始日期"),
        ("suspend", {"starts_on": "2024-08-01", "ends_on": ""}, "不能晚于一年以后"),
        ("close", {"settlement": ""}, "安置情况"),
        ("close", {"reason": "好" * 501}, "最多 500 个字"),
        ("reopen", {}, "没有停业"),
    ],
)
def test_what_is_wrong_is_told_beside_what_was_typed(ready, signed_in, kind, changes, said):
    answer = ask(signed_in(ready.sunshine_director), kind, **changes)
    assert answer.status_code == 422
    assert said in errors_in(answer)
    typed = form_of(answer)
    for name, value in (ASKED[kind] | changes).items():
        assert typed[name] == value.strip() or name in ("region_code", "reason")
    assert the_application(ready) is None


@pytest.mark.parametrize("kind", KINDS)
def test_a_second_one_of_the_kind_is_refused(ready, signed_in, kind):
    director = signed_in(ready.sunshine_director)
    assert ask(director, kind).status_code == 302
    answer = ask(director, kind)
    assert answer.status_code == 409
    assert "已有一份正在办理" in answer.text
    assert form_of(answer)["reason"] == ASKED[kind]["reason"]
    assert ask(signed_in(ready.star_director), kind, region_code="350103001002").status_code == 302


def test_without_an_archive_in_force_nothing_can_move_or_close(cast, signed_in):
    for kind in KINDS:
        answer = ask(signed_in(cast.sunshine_director), kind)
        assert answer.status_code == 422
        assert "档案还没有审核通过" in answer.text


@pytest.mark.parametrize(
    ("kind", "starts_on", "ends_on", "status"),
    [
        ("close", "2023-05-31", "", 422),  # June was reported with children in care
        ("close", "2023-06-30", "", 422),  # and they were still there at its end
        ("close", "2023-07-01", "", 302),
        ("suspend", "2023-06-30", "", 422),
        ("suspend", "2023-06-01", "2023-06-30", 422),
        ("suspend", "2023-06-01", "2023-06-29", 302),
        ("suspend", "2023-07-01", "", 302),
    ],
)
def test_a_confirmed_month_is_not_contradicted(ready, signed_in, kind, starts_on, ends_on, status):
    confirmed_june(ready)
    director = signed_in(ready.sunshine_director)
    answer = ask(director, kind, starts_on=starts_on, ends_on=ends_on)
    assert answer.status_code == status
    if status == 422:
        assert "2023年6月月报已确认，年末在托数为 48 人" in errors_in(answer)


def test_a_closing_agrees_with_a_last_month_that_nobody_is_left_in(ready, signed_in):
    from tests.figures import REPORT_FIGURES

    nobody = {"in_care": 0, "left_in_year": 60, "incl_in_care": 0, "incl_left_in_year": 30}
    assert REPORT_FIGURES["enrolled"] == 60
    ready.report(ready.sunshine, JUNE, State.CONFIRMED, **nobody)
    answer = ask(signed_in(ready.sunshine_director), "close", starts_on="2023-06-30")
    assert answer.status_code == 302


def test_only_a_confirmed_month_is_corrected(ready, signed_in):
    waiting = ready.report(ready.sunshine, JUNE, State.AT_COUNTY)
    director = signed_in(ready.sunshine_director)
    assert see(director, f"/applications/corrections/{waiting.id}").status_code == 422
    assert correct(director, waiting, in_care="46").status_code == 422
    draft = ready.report(ready.star, JUNE, State.DRAFT)
    clerk = signed_in(ready.guxi_clerk)
    assert see(clerk, f"/applications/corrections/{draft.id}").status_code == 404


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ({}, "请在要更正的项目后填写"),
        ({"in_care": "48"}, "请在要更正的项目后填写"),  # as it is
        ({"in_care": "46"}, "60"),  # no longer adds up: 46 + 12
        ({"in_care": "多"}, "应为不小于 0 的整数"),
        ({"in_care": "46", "left_in_year": "14", "reason": ""}, "请填写申请原因"),
    ],
)
def test_a_correction_must_correct_something_and_hold(ready, signed_in, figures, said):
    june = confirmed_june(ready)
    answer = correct(signed_in(ready.sunshine_director), june, **figures)
    assert answer.status_code == 422
    assert said in errors_in(answer)
    assert "请在改好后重新选择" in answer.text
    typed = form_of(answer)
    assert all(typed[name] == value for name, value in figures.items())
    assert the_application(ready) is None


def test_a_correction_without_proof_can_be_kept_but_not_handed_in(ready, signed_in):
    june, director = confirmed_june(ready), signed_in(ready.sunshine_director)
    figures = {"in_care": "46", "left_in_year": "14"}
    refused = correct(director, june, files=[], **figures)
    assert refused.status_code == 422
    assert "请上传修改依据" in errors_in(refused)
    assert correct(director, june, "save", files=[], **figures).status_code == 302
    draft = the_application(ready)
    with clock.at(JULY_17):
        page = director.get(f"/applications/{draft.id}/edit")
        assert form_of(page)["in_care"] == "46"
        data = figures | {"reason": "重复统计", "edition": draft.edition, "do": "submit"}
        data["evidence"] = [(a_pdf(), "台账.pdf"), (a_picture(), "登记.png")]
        answer = director.post(f"/applications/{draft.id}/edit", data=data)
    assert answer.status_code == 302
    assert state_of(ready, draft) == State.AT_COUNTY


def test_the_month_is_corrected_once_at_a_time(ready, signed_in):
    june, director = confirmed_june(ready), signed_in(ready.sunshine_director)
    figures = {"in_care": "46", "left_in_year": "14"}
    correct(director, june, **figures)
    assert correct(director, june, **figures).status_code == 409
    assert correct(signed_in(ready.gulou_officer), june, **figures).status_code == 409
    stamp(signed_in(ready.gulou_officer), the_application(ready), "confirm")
    answer = correct(director, june, **figures)
    assert answer.status_code == 422
    assert "更正版正在办理" in errors_in(answer)


def test_another_month_is_corrected_meanwhile(ready, signed_in):
    june, director = confirmed_june(ready), signed_in(ready.sunshine_director)
    july = ready.report(ready.sunshine, JULY, State.CONFIRMED, "2023-08-03T10:00")
    figures = {"in_care": "46", "left_in_year": "14"}
    for month in (june, july):
        answer = correct(director, month, moment="2023-08-04T10:00", **figures)
        assert answer.status_code == 302, errors_in(answer)


def test_untouched_it_is_withdrawn_and_may_then_be_given_up(ready, signed_in):
    director = signed_in(ready.sunshine_director)
    ask(director, "suspend")
    application = the_application(ready)
    form = {"edition": application.edition}
    stale = {"edition": application.edition - 1}
    address = f"/applications/{application.id}"
    assert director.post(f"{address}/withdrawal", data=stale).status_code == 409
    assert director.post(f"{address}/abandonment", data=form).status_code == 409
    assert director.post(f"{address}/withdrawal", data=form).status_code == 302
    form["edition"] = the_application(ready).edition
    assert director.post(f"{address}/deletion", data=form).status_code == 409
    assert director.post(f"{address}/abandonment", data=form).status_code == 302
    assert moves_of(ready, application) == ["submit", "withdraw", "drop"]
    assert ask(director, "suspend").status_code == 302  # another may be made


def test_what_was_acted_on_is_not_withdrawn(ready, signed_in):
    director = signed_in(ready.sunshine_director)
    ask(director, "suspend")
    application = the_application(ready)
    stamp(signed_in(ready.gudong_clerk), application, "approve")
    form = {"edition": the_application(ready).edition}
    answer = director.post(f"/applications/{application.id}/withdrawal", data=form)
    assert answer.status_code == 409
    saved = director.post(f"/applications/{application.id}/edit", data=ASKED["suspend"] | form)
    assert saved.status_code == 409


def test_two_windows_on_one_draft(ready, signed_in):
    director = signed_in(ready.sunshine_director)
    ask(director, "suspend", do="save")
    draft = the_application(ready)
    address = f"/applications/{draft.id}/edit"
    data = ASKED["suspend"] | {"do": "save", "edition": draft.edition}
    assert director.post(address, data=data | {"reason": "消防整改"}).status_code == 302
    late = director.post(address, data=data | {"reason": "漏水维修"})
    assert late.status_code == 409
    assert form_of(late)["reason"] == "漏水维修"
    assert "另一窗口保存的是“消防整改”" in late.soup.find(id="reason-error").text
    assert "另一窗口" not in late.soup.find(id="starts_on-error").text  # the same in both
    assert the_application(ready).reason == "消防整改"
    again = data | {"reason": "漏水维修", "edition": form_of(late)["edition"]}
    assert director.post(address, data=again).status_code == 302


def test_two_windows_on_one_correction(ready, signed_in):
    june, director = confirmed_june(ready), signed_in(ready.sunshine_director)
    correct(director, june, do="save", in_care="46", left_in_year="14")
    draft = the_application(ready)
    address = f"/applications/{draft.id}/edit"
    data = {"do": "save", "edition": draft.edition, "reason": draft.reason}
    other = data | {"in_care": "45", "left_in_year": "14"}
    assert director.post(address, data=other).status_code == 302
    mine = {"in_care": "44", "enrolled": "58", "left_in_year": ""}
    late = director.post(address, data=data | mine)
    assert late.status_code == 409
    for figure, theirs in (("in_care", "45"), ("left_in_year", "14"), ("enrolled", "空白")):
        assert f"另一窗口保存的是“{theirs}”" in late.soup.find(id=f"{figure}-error").text
    assert the_application(ready).figures["in_care"] == ["48", "45"]
    assert form_of(late)["in_care"] == "44"


def test_the_other_window_has_kept_a_0(ready, signed_in):
    june, director = confirmed_june(ready), signed_in(ready.sunshine_director)
    correct(director, june, do="save", in_care="46", left_in_year="14")
    draft = the_application(ready)
    address = f"/applications/{draft.id}/edit"
    data = {"do": "save", "edition": draft.edition, "reason": draft.reason, "left_in_year": "60"}
    assert director.post(address, data=data | {"in_care": "0"}).status_code == 302
    late = director.post(address, data=data | {"in_care": ""})
    assert late.status_code == 409
    assert "另一窗口保存的是“0”" in late.soup.find(id="in_care-error").text
    assert late.soup.find(id="left_in_year-error") is None  # the same in both


def test_two_windows_on_one_move(ready, signed_in):
    director = signed_in(ready.sunshine_director)
    ask(director, "move", do="save")
    draft = the_application(ready)
    address = f"/applications/{draft.id}/edit"
    data = ASKED["move"] | {"do": "save", "edition": draft.edition}
    there = {"region_code": NEW_VILLAGE["same county"]}
    assert director.post(address, data=data | there).status_code == 302
    late = director.post(address, data=data)
    assert late.status_code == 409
    assert "鼓西街道" in late.soup.find(id="region_code-error").text
