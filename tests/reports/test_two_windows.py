"""Two pages of one month, one of them older than what is kept: nothing gives way without a word."""

import pytest

from tests.cast import JUNE
from tuoyu import clock
from tuoyu.workflow.checked import about
from tuoyu.workflow.states import State

pytestmark = pytest.mark.usefixtures("first_window")


@pytest.fixture
def opened(director, draft):
    """opened("edit") is the form of that page as a browser would post it: {name: text}."""

    def read(page="edit"):
        return form_of(director.get(f"/reports/{draft.id}/{page}"))

    return read


def form_of(page):
    form = page.soup.select_one("form.report-form")
    fields = {f["name"]: f.get("value", "") for f in form.select("input[name]")}
    fields |= {f["name"]: f.get_text() for f in form.select("textarea[name]")}
    for choice in form.select("select[name]"):
        fields[choice["name"]] = choice.select_one("[selected]")["value"]
    return fields


def words(report):
    return {key: kept["text"] for key, kept in report.explanations.items()}


def test_a_page_older_than_the_submission_takes_everything_over(
    cast, director, draft, opened, save, kept
):
    """It was handed in with another fee and came back: the old page must not bring the old one."""
    old = opened()
    with cast.stage():
        report = cast.again(draft)
        report.fill_in({"fee_hourly": 35})
        cast.explain_everything(report)
        report.submit(cast.again(cast.sunshine_director))
        report.withdraw(cast.again(cast.sunshine_director))
    answer = save(old["edition"], ft_staff=(old["ft_staff"], "18")).json
    assert answer["texts"]["fee_hourly"] == "35"
    assert answer["edition"] == kept().edition
    assert (kept().fee_hourly, kept().ft_staff) == (35, 18)


def test_a_blank_box_does_not_wipe_what_was_explained_elsewhere(director, draft, opened, kept):
    old = opened()
    check = opened("check")
    director.post(f"/reports/{draft.id}/explanations", data=check | {"explanation-S01": "月底退托"})
    assert words(kept()) == {"S01": "月底退托"}
    data = old | {"ft_staff": "18", "edition": kept().edition}
    assert director.post(f"/reports/{draft.id}/edit", data=data).status_code == 302
    assert words(kept()) == {"S01": "月底退托"}


@pytest.mark.parametrize("page", ["edit", "check"])
def test_two_explanations_of_one_doubt_are_both_shown(director, draft, opened, kept, page):
    where = {"edit": "edit", "check": "explanations"}[page]
    check, old = opened("check"), opened(page)
    director.post(f"/reports/{draft.id}/explanations", data=check | {"explanation-S01": "甲"})
    mine = old | {"explanation-S01": "乙", "edition": kept().edition}
    late = director.post(f"/reports/{draft.id}/{where}", data=mine)
    assert late.status_code == 409
    assert "您填的是“乙”，另一窗口保存的是“甲”" in late.soup.get_text()
    assert words(kept()) == {"S01": "甲"}
    again = form_of(late)
    assert again["explanation-S01"] == "乙"
    assert director.post(f"/reports/{draft.id}/{where}", data=again).status_code == 302
    assert words(kept()) == {"S01": "乙"}


def test_a_kept_word_is_not_shown_below_another_sentence(director, draft, opened, htmx, kept):
    check = opened("check")
    director.post(f"/reports/{draft.id}/explanations", data=check | {"explanation-S01": "退托2人"})
    typed = opened() | {"in_care": "30", "left_in_year": "30"}
    redrawn = director.post(
        f"/reports/{draft.id}/totals", data=typed, headers=htmx("running_totals")
    )
    assert redrawn.soup.find(id="explanation-S01").decode_contents() == ""
    fresh = typed | {"explanation-S01": "暑期离园18人"}
    redrawn = director.post(
        f"/reports/{draft.id}/totals", data=fresh, headers=htmx("running_totals")
    )
    assert redrawn.soup.find(id="explanation-S01").decode_contents() == "暑期离园18人"


def test_a_word_does_not_move_to_another_figure(cast, director, kept, draft, opened):
    """Both fees speak under S17, one at a time; the reason for the one is none for the other."""
    with cast.stage():
        cast.again(draft).fill_in({"fee_full_day": 90_000})
    typed = opened() | {"explanation-S17": "含双语课程"}
    changed = typed | {"fee_full_day": "2800", "fee_hourly": "9000"}
    assert director.post(f"/reports/{draft.id}/edit", data=changed).status_code == 302
    [word] = kept().explanations.values()
    assert (word["text"], word["message"][:3]) == ("含双语课程", "全日托")  # waits for its own
    assert opened()["explanation-S17"] == ""

    typed = opened() | {"explanation-S17": "按课时计"}
    changed = typed | {"fee_hourly": "8000"}
    assert director.post(f"/reports/{draft.id}/edit", data=changed).status_code == 302
    assert opened()["explanation-S17"] == "按课时计"  # goes along with its figure


@pytest.mark.parametrize("figure", ["47人", ""])
def test_a_word_is_kept_although_its_figure_is_not(director, draft, opened, kept, figure):
    mistyped = opened() | {"in_care": figure, "explanation-S01": "一名幼儿请长假"}
    answer = director.post(f"/reports/{draft.id}/edit", data=mistyped)
    assert "一名幼儿请长假" in [k["text"] for k in kept().explanations.values()]
    if figure:
        assert answer.status_code == 422
        again = form_of(answer)
        assert "一名幼儿请长假" in again.values()
    else:
        again = opened()
    mended = again | {"in_care": "47"}
    assert director.post(f"/reports/{draft.id}/edit", data=mended).status_code == 302
    assert opened()["explanation-S01"] == "一名幼儿请长假"


@pytest.mark.parametrize("second", ["两名幼儿请长假", ""])
def test_a_word_kept_beside_a_wrong_figure_can_be_changed(director, draft, opened, kept, second):
    mistyped = opened() | {"in_care": "四七", "explanation-S01": "一名幼儿请长假"}
    again = form_of(director.post(f"/reports/{draft.id}/edit", data=mistyped)) | {"in_care": "47"}
    again |= {name: second for name in again if name.startswith("explanation-")}
    assert director.post(f"/reports/{draft.id}/edit", data=again).status_code == 302
    assert opened()["explanation-S01"] == second


def test_a_word_for_a_sentence_not_kept_stays_on_the_page(director, draft, opened):
    """The sentence speaks of figures that were refused together with another."""
    refused = opened() | {"in_care": "46", "left_in_year": "14", "fee_hourly": "3O"}
    refused = form_of(director.post(f"/reports/{draft.id}/edit", data=refused))
    again = refused | {"explanation-S01": "两名请长假", "in_care": "4b"}
    answer = form_of(director.post(f"/reports/{draft.id}/edit", data=again))
    assert "两名请长假" in answer.values()
    mended = answer | {"in_care": "46", "fee_hourly": "30"}
    assert director.post(f"/reports/{draft.id}/edit", data=mended).status_code == 302
    assert opened()["explanation-S01"] == "两名请长假"


def test_no_word_is_handed_in_for_a_sentence_nobody_saw(cast, director, draft, opened, kept):
    check = opened("check")
    cast.archive(cast.sunshine, infant_children=1, junior_children=11)
    mine = check | {"explanation-S01": "退托1人"}
    answer = director.post(f"/reports/{draft.id}/submission", data=mine)
    assert answer.status_code == 422
    assert "请核对新的提示" in answer.text
    assert "多 5" in answer.soup.select_one("label[for=explanation-S01]").get_text()
    assert kept().state == State.DRAFT
    again = form_of(answer)
    assert again["explanation-S01"] == "退托1人"
    assert director.post(f"/reports/{draft.id}/submission", data=again).status_code == 302


def test_a_reason_taken_back_answers_nothing_any_more(cast, director, kept):
    with clock.at("2023-07-16T12:00"):
        cast.archive(cast.star)
        month = cast.report(cast.star, JUNE, in_care=0, left_in_year=60, incl_in_care=0)
    with cast.stage():
        report = cast.again(month)
        report.fill_in({"incl_left_in_year": 30})
        report.declare("zero", "装修")
        report.explain({"S21": "装修", "S01": "装修"})
        report.declare("zero", "新开未招生")
        assert words(report) == {"S01": "装修"}
        [complaint] = [c for k, c in report.complaints().items() if k == "S21"]
        assert report.explanation_of("S21", complaint) == "新开未招生"


def test_what_was_put_back_is_asked_about_when_it_was_changed_meanwhile(save, kept):
    """60 became 61 in a window that was closed before it heard; then it was mended to 60."""
    edition = kept().edition
    save(edition, enrolled=("60", "61"))
    save(edition + 1, enrolled=("61", "60"))
    again = {"seen.enrolled": edition}
    answer = save(edition + 2, enrolled=("60", "61"), **again).json
    assert "您填的是 61" in answer["clashes"]["enrolled"]
    assert kept().enrolled == 60
    untouched = {"seen.ft_staff": edition}
    assert "clashes" not in save(edition, ft_staff=("17", "18"), **untouched).json


def test_an_answer_lost_while_somebody_types_on_is_no_clash(save, kept):
    edition = kept().edition
    save(edition, enrolled=("60", "6"))
    answer = save(edition, enrolled=("60", "61"), **{"sent.enrolled": "6"}).json
    assert "clashes" not in answer
    assert kept().enrolled == 61


def test_a_blank_at_the_end_is_no_other_window(cast, draft, save, kept):
    with cast.stage():
        name = about(cast.again(draft).complaints()["S01"])
    first = save(1, where="/explanations", **{name: ("", "退托 ")}).json
    assert first["texts"] == {name: "退托"}
    answer = save(1, where="/explanations", **{name: ("退托 ", "退托两人")}).json
    assert "clashes" not in answer
    assert words(kept()) == {"S01": "退托两人"}


def test_a_page_that_asks_along_is_not_led_away(cast, director, draft, htmx):
    with cast.stage():
        report = cast.again(draft)
        cast.explain_everything(report)
        report.submit(cast.again(cast.sunshine_director))
    asked = director.get(f"/reports/{draft.id}/edit", headers=htmx("standing"))
    assert (asked.status_code, asked.data) == (204, b"")
