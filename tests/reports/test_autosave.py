"""What a month that saves itself sends, and what becomes of it."""

import gzip
import json
import sys

import pytest

from tests.conftest import sign_in
from tests.figures import REPORT_FIGURES
from tests.reports.samples import typed
from tuoyu import clock
from tuoyu.workflow.checked import about
from tuoyu.workflow.states import State

pytestmark = pytest.mark.usefixtures("first_window")


def field(page, key):
    return page.soup.select_one(f"#{key}")


def test_only_what_changed_is_sent_and_kept(save, kept):
    answer = save(enrolled=("60", "61"), fee_hourly=("30", "１，０３１。５"))
    assert answer.json == {
        "said": "已暂存 10:00:00",
        "edition": 2,
        "texts": {"fee_hourly": "1031.50"},
    }
    assert (kept().enrolled, str(kept().fee_hourly)) == (61, "1031.50")
    assert kept().ft_staff == REPORT_FIGURES["ft_staff"]


def test_the_same_window_may_go_on_with_the_edition_it_is_told(director, draft, save, kept):
    edition = save(enrolled=("60", "61")).json["edition"]
    edition = save(edition, enrolled=("61", "62")).json["edition"]
    data = typed(edition, enrolled=62, in_care=47, left_in_year=13)
    assert director.post(f"/reports/{draft.id}/edit", data=data).status_code == 302
    assert kept().enrolled == 62


def test_what_changes_nothing_makes_no_new_edition(save):
    assert save(enrolled=("60", "60")).json["edition"] == 1
    assert save().json["edition"] == 1


def test_what_is_no_figure_stays_as_typed_until_it_is_one(director, draft, save, kept):
    answer = save(enrolled=("60", " 4l "))
    assert answer.json["errors"] == {"enrolled": "入托数应为不小于 0 的整数"}
    assert (kept().enrolled, kept().loose) == (None, {"enrolled": "4l"})

    page = director.get(f"/reports/{draft.id}/edit")
    assert field(page, "enrolled")["value"] == "4l"
    assert field(page, "enrolled")["aria-invalid"] == "true"
    assert "应为不小于 0 的整数" in field(page, "enrolled-error").get_text()

    check = director.get(f"/reports/{draft.id}/check")
    assert "入托数填的是“4l”，应为不小于 0 的整数" in check.text
    assert "入托数没有填写" not in check.text
    data = {"edition": kept().edition}
    refused = director.post(f"/reports/{draft.id}/submission", data=data)
    assert refused.status_code == 422
    assert "入托数填的是“4l”" in refused.text

    answer = save(2, enrolled=("4l", "41"))
    assert "errors" not in answer.json
    assert (kept().enrolled, kept().loose) == (41, {})


def test_saving_the_whole_page_takes_the_place_of_what_lay_loose(director, draft, save, kept):
    save(enrolled=("60", "4l"), ft_staff=("17", "十六"))
    data = {"edition": kept().edition, "enrolled": "41"}
    assert director.post(f"/reports/{draft.id}/edit", data=data).status_code == 302
    assert (kept().enrolled, kept().loose) == (41, {"ft_staff": "十六"})


@pytest.mark.parametrize("text", ["4" * 5001, "\x00" * 6000])
def test_what_is_endless_is_refused_and_said(save, kept, text):
    answer = save(enrolled=("60", text))
    assert answer.json["unkept"] == ["enrolled"]
    assert answer.json["errors"]
    assert "有 1 项没有保存" in answer.json["said"]
    assert (kept().enrolled, kept().loose) == (60, {})


def test_no_option_is_no_text(save, kept):
    answer = save(institution_category=("A", "Z"))
    assert answer.json["unkept"] == ["institution_category"]
    assert kept().institution_category == "A"


@pytest.mark.parametrize(
    "name", ["state", "month", "region_path", "edition_", "id", "loose", "touched", "explanations"]
)
def test_what_is_no_figure_of_the_sheet_cannot_be_posted(save, kept, name):
    before = getattr(kept(), name, None)
    assert save(**{name: ("", "confirmed")}).json["edition"] == 1
    assert getattr(kept(), name, None) == before


def test_two_windows_change_different_figures(director, draft, save, kept):
    save(enrolled=("60", "61"))
    other = save(1, ft_staff=("17", "18")).json
    assert other["texts"] == {"enrolled": "61"}  # this page learns of it
    assert other["edition"] == 3
    assert (kept().enrolled, kept().ft_staff) == (61, 18)


def test_two_windows_change_the_same_figure(save, kept):
    with clock.at("2023-07-16T14:05"):
        save(enrolled=("60", "40"))
    answer = save(1, enrolled=("60", "41"), ft_staff=("17", "18")).json
    assert "您填的是 41，另一窗口 14:05 保存的是 40" in answer["clashes"]["enrolled"]
    assert 'data-text="40"' in answer["clashes"]["enrolled"]
    assert answer["edition"] == 1  # the page is not up to date until somebody chose
    assert (kept().enrolled, kept().ft_staff) == (40, 18)
    assert "clashes" not in save(1, enrolled=("40", "41")).json  # mine, after all
    assert kept().enrolled == 41


def test_a_colleague_is_named(cast, draft, save, signed_in):
    with cast.stage():
        colleague = cast.director("李老师", cast.sunshine)
    save(client=signed_in(colleague), enrolled=("60", "40"))
    answer = save(enrolled=("60", "41")).json
    assert "李老师 10:00 保存的是 40" in answer["clashes"]["enrolled"]


@pytest.mark.parametrize("again", ["61", "６１", " 61 "])
def test_an_answer_that_got_lost_is_no_clash(save, kept, again):
    """The line breaks after the server has kept it; the page sends the same once more."""
    save(enrolled=("60", "61"))
    assert "clashes" not in save(1, enrolled=("60", again)).json
    assert kept().enrolled == 61


def test_both_may_type_the_same_nonsense(save, kept):
    save(enrolled=("60", "4l"))
    assert "clashes" not in save(1, enrolled=("60", "4l")).json
    answer = save(1, enrolled=("60", "41")).json
    assert "保存的是 4l" in answer["clashes"]["enrolled"]
    assert kept().loose == {"enrolled": "4l"}


@pytest.mark.parametrize("where", ["", "/explanations"])
def test_who_may_not_write_saves_nothing(cast, draft, save, signed_in, client, where):
    change = {"where": where, "enrolled": ("60", "61")}
    assert save(client=signed_in(cast.star_director), **change).status_code == 404
    assert save(client=signed_in(cast.gudong_clerk), **change).status_code == 403
    assert save(client=client, **change).status_code == 401


@pytest.mark.parametrize("where", ["", "/explanations"])
@pytest.mark.parametrize("state", [State.AT_TOWNSHIP, State.CONFIRMED])
def test_what_was_handed_in_stays_as_it_is(cast, director, state, where):
    report = cast.report(cast.sunshine, state=state)
    data = {"edition": report.edition, "was.enrolled": "60", "enrolled": "61"}
    answer = director.post(f"/reports/{report.id}{where}/autosave", data=data)
    assert answer.status_code == 409
    assert "不能修改" in answer.text


def test_a_body_that_no_page_sends(director, draft):
    answer = director.post(f"/reports/{draft.id}/autosave", data={"enrolled": "61"})
    assert answer.status_code == 422


def test_a_page_older_than_the_session_gets_its_token(cast, strict_app, draft):
    client = sign_in(strict_app, cast.sunshine_director)
    answer = client.post(f"/reports/{draft.id}/autosave", headers={"HX-Request": "true"})
    assert answer.status_code == 400
    assert json.loads(answer.headers["HX-Trigger"])["fresh-token"]


# Explanations


@pytest.fixture
def doubt(cast, draft):
    """What the explanation of the first doubt about the draft is called."""
    with cast.stage():
        return about(next(iter(cast.again(draft).unexplained().values())))


def texts(report):
    return [kept["text"] for kept in report.explanations.values()]


@pytest.mark.parametrize("where", ["", "/explanations"])
def test_explanations_are_kept_while_they_are_written(save, kept, doubt, where):
    answer = save(where=where, **{doubt: ("", "6月底退托2人")})
    assert answer.json == {"said": "已暂存 10:00:00", "edition": 2}
    assert texts(kept()) == ["6月底退托2人"]
    save(2, where=where, **{doubt: ("6月底退托2人", "")})
    assert texts(kept()) == []


def test_two_windows_write_the_same_explanation(save, kept, doubt):
    save(where="/explanations", **{doubt: ("", "退托")})
    answer = save(1, where="/explanations", **{doubt: ("", "转园")}).json
    assert "您填的是“转园”，另一窗口保存的是“退托”" in answer["clashes"][doubt]
    assert texts(kept()) == ["退托"]


def test_checks_that_were_overtaken_are_no_newer_for_an_explanation(save, kept, doubt):
    save(enrolled=("60", "61"))
    answer = save(1, where="/explanations", **{doubt: ("", "退托")}).json
    assert answer["edition"] == 1  # its figures are old: it cannot hand in
    assert texts(kept()) == ["退托"]


def test_an_explanation_of_what_is_gone_is_refused_and_said(save, kept, doubt):
    save(in_care=("47", "46"), left_in_year=("13", "14"))
    answer = save(2, where="/explanations", **{doubt: ("", "退托")}).json
    assert answer["unkept"] == [doubt]
    assert "已经改动" in answer["errors"][doubt]
    assert texts(kept()) == []


def test_an_explanation_waits_for_its_doubt_to_come_back(cast, director, draft, save, kept, doubt):
    save(**{doubt: ("", "退托")})
    save(2, in_care=("47", "46"), left_in_year=("13", "14"))
    with cast.stage():
        other = about(next(iter(cast.again(draft).unexplained().values())))
    save(3, where="/explanations", **{other: ("", "另一说明")})
    save(4, in_care=("46", "47"), left_in_year=("14", "13"))
    assert "退托" in director.get(f"/reports/{draft.id}/check").text
    data = {"edition": kept().edition, "explanation-S01": "退托"}
    assert director.post(f"/reports/{draft.id}/submission", data=data).status_code == 302
    assert texts(kept()) == ["退托"]  # nothing of what is gone goes along


# What it weighs


def test_one_save_is_light_on_the_wire(director, draft, save, capsys):
    changes = {
        key: (str(REPORT_FIGURES[key]), str(REPORT_FIGURES[key] + 1))
        for key in ("enrolled", "enr_male", "enr_m0_11", "enr_full_day")
    }
    one, four = save(enr_female=("29", "30")), save(2, **changes)
    for answer, name in ((one, "one figure"), (four, "four figures")):
        sent, got = answer.request.content_length, len(gzip.compress(answer.data))
        with capsys.disabled():
            sys.stdout.write(f"\n{name} saved by itself: {sent} bytes up, {got} bytes down\n")
        assert sent + got <= 2048


def test_one_save_asks_few_questions(save, statements):
    with statements() as made:
        assert save(enrolled=("60", "61")).status_code == 200
    assert len(made) <= 12
