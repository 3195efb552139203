"""Sending back: why, and where in the paper. The page works without JavaScript."""

import pytest

from tests.cast import FIRST_WINDOW
from tests.review.world import look, stamp, state_of, waiting_report
from tuoyu import clock
from tuoyu.review.forms import CAUSES
from tuoyu.workflow.states import State


@pytest.fixture
def paper(cast):
    return waiting_report(cast)


@pytest.fixture
def clerk(cast, signed_in):
    return signed_in(cast.gudong_clerk)


def last_step(cast, paper):
    with cast.stage():
        return cast.detached(cast.again(paper).steps[-1])


def test_the_form_of_the_page_can_be_sent_as_it_is(cast, clerk, paper):
    asked = look(clerk, f"/review/reports/{paper.id}/return?state=all")
    form = asked.soup.select_one("#return_form")
    hidden = {f["name"]: f["value"] for f in form.select("input[type=hidden]")}
    with clock.at(FIRST_WINDOW):
        answer = clerk.post(form["action"], data=hidden | {"reason": "在托人数请核对"})
    assert answer.location == f"/review/reports/{paper.id}?state=all"
    assert state_of(cast, paper) == State.RETURNED


def test_reasons_and_words_become_one_sentence(cast, clerk, paper):
    causes = list(CAUSES["reports"][:2])
    stamp(clerk, "reports", paper, "send_back", cause=causes, reason=" 18 与上月差 4 ")
    assert last_step(cast, paper).reason == "；".join([*causes, "18 与上月差 4"])


def test_a_common_reason_is_enough(cast, clerk, paper):
    answer = stamp(clerk, "reports", paper, "send_back", cause=[CAUSES["reports"][0]])
    assert answer.status_code == 302
    assert last_step(cast, paper).reason == CAUSES["reports"][0]


def test_figures_are_marked_with_a_note(cast, clerk, paper):
    marks = {"mark": ["in_care", "enrolled"], "note_in_care": " 应为 47 ", "note_ft_staff": "x"}
    stamp(clerk, "reports", paper, "send_back", reason="请核对", **marks)
    assert last_step(cast, paper).marked == {"in_care": "应为 47", "enrolled": ""}
    shown = look(clerk, f"/review/reports/{paper.id}").soup.select_one(".marked").text
    assert "年末在托数：应为 47" in shown


@pytest.mark.parametrize("reason", ["", "   ", "\n"])
def test_without_a_reason_it_does_not_go_back(cast, clerk, paper, reason):
    marks = {"mark": ["in_care"], "note_in_care": "应为 47"}
    answer = stamp(clerk, "reports", paper, "send_back", reason=reason, **marks)
    assert answer.status_code == 422
    assert "请填写退回原因" in answer.soup.select_one(".error-summary").text
    assert answer.soup.select_one("#mark-in_care").has_attr("checked")
    assert answer.soup.select_one("[name=note_in_care]")["value"] == "应为 47"
    assert state_of(cast, paper) == State.AT_TOWNSHIP


@pytest.mark.parametrize(
    "form",
    [
        {"reason": "x" * 501},
        {"reason": "请核对", "mark": ["password"]},
        {"reason": "请核对", "cause": ["自编的原因"]},
    ],
)
def test_what_the_page_does_not_offer_is_not_taken(cast, clerk, paper, form):
    answer = stamp(clerk, "reports", paper, "send_back", **form)
    assert answer.status_code == 422
    assert answer.soup.select_one(".error-summary a, .error-summary li")
    assert state_of(cast, paper) == State.AT_TOWNSHIP


def test_what_was_typed_is_not_lost(clerk, paper):
    answer = stamp(clerk, "reports", paper, "send_back", reason="在" * 501)
    assert answer.soup.select_one("#reason").text.strip() == "在" * 501
    assert answer.soup.select_one("[name=edition]")["value"] == str(paper.edition)


def test_the_page_is_refused_where_the_stamp_is_not_open(cast, signed_in, paper):
    officer = signed_in(cast.gulou_officer)
    assert look(officer, f"/review/reports/{paper.id}/return").status_code == 409
    assert look(officer, f"/review/reports/{paper.id}/township-return").status_code == 409
    clerk = signed_in(cast.gudong_clerk)
    assert look(clerk, f"/review/reports/{paper.id}/township-return").status_code == 403


def test_to_the_township_with_a_reason(cast, signed_in):
    paper = waiting_report(cast, State.AT_COUNTY)
    officer = signed_in(cast.gulou_officer)
    asked = look(officer, f"/review/reports/{paper.id}/township-return")
    assert not asked.soup.select("[name=mark]")
    assert stamp(officer, "reports", paper, "send_to_township").status_code == 422
    answer = stamp(officer, "reports", paper, "send_to_township", reason="乡镇意见不完整")
    assert answer.status_code == 302
    assert last_step(cast, paper).reason == "乡镇意见不完整"


def test_the_institution_reads_why(cast, signed_in, clerk, paper):
    stamp(clerk, "reports", paper, "send_back", reason="在托人数请核对", mark=["in_care"])
    home = look(signed_in(cast.sunshine_director), "/")
    assert "在托人数请核对" in home.text and "年末在托数" in home.text


def test_an_archive_is_sent_back_the_same_way(cast, clerk):
    archive = cast.archive(cast.sunshine, State.AT_TOWNSHIP)
    asked = look(clerk, f"/review/archives/{archive.id}/return")
    assert asked.soup.select_one("#mark-address")
    stamp(clerk, "archives", archive, "send_back", reason="门牌号有误", mark=["address"])
    assert last_step(cast, archive).marked == {"address": ""}
