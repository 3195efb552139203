"""Every stamp: it works for the right person on the right paper, and for nobody else."""

import pytest

from tests.figures import REPORT_FIGURES
from tests.review.world import PATHS, stamp, state_of, steps_of, waiting_report
from tuoyu import clock
from tuoyu.regions.models import ReviewMode
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

AFTER_JULY_23 = "2023-07-24T00:00:01"
LATER = "2023-07-30T10:00"

# move: who, where the paper lies, where it goes, what is told
STAMPS = {
    "approve": ("gudong_clerk", State.AT_TOWNSHIP, State.AT_COUNTY, "已通过，转县级确认"),
    "take_back": ("gudong_clerk", State.AT_COUNTY, State.AT_TOWNSHIP, "已收回"),
    "approve_for_township": ("gulou_officer", State.AT_TOWNSHIP, State.AT_COUNTY, "县级代审"),
    "confirm": ("gulou_officer", State.AT_COUNTY, State.CONFIRMED, "已确认"),
    "send_back": ("gulou_officer", State.AT_COUNTY, State.RETURNED, "已退回机构"),
    "send_to_township": ("gulou_officer", State.AT_COUNTY, State.AT_TOWNSHIP, "已退回乡镇"),
}
FORM = {"reason": "请核对"}
EVERY = pytest.mark.parametrize("move", STAMPS)
KINDS = pytest.mark.parametrize("kind", ["archives", "reports"])


def paper_of(cast, kind, state):
    if kind == "reports":
        return waiting_report(cast, state)
    return cast.archive(cast.sunshine, state)


@KINDS
@EVERY
def test_it_works_and_leads_back_to_the_paper(cast, signed_in, kind, move):
    who, source, target, said = STAMPS[move]
    paper = paper_of(cast, kind, source)
    client = signed_in(getattr(cast, who))
    answer = stamp(client, kind, paper, move, moment=LATER, **FORM)
    assert answer.status_code == 302
    assert answer.location == f"/review/{kind}/{paper.id}"
    assert (state_of(cast, paper), steps_of(cast, paper)[-1]) == (target, move)
    assert said in client.get(answer.location).text


@EVERY
def test_from_the_list_it_leads_back_to_the_same_list(cast, signed_in, move):
    who, source, *_ = STAMPS[move]
    paper = waiting_report(cast, source)
    client = signed_in(getattr(cast, who))
    there = "state=all&month=2023-06&size=50"
    form = {"edition": paper.edition, "at": "desk", **FORM}
    with clock.at(LATER):
        answer = client.post(f"/review/reports/{paper.id}/{PATHS[move]}?{there}", data=form)
    assert answer.location == f"/review/reports/?{there}"


@EVERY
def test_in_the_list_htmx_gets_the_row_the_counts_and_the_message(cast, signed_in, htmx, move):
    who, source, _, said = STAMPS[move]
    paper = waiting_report(cast, source)
    client, row = signed_in(getattr(cast, who)), f"paper_{paper.id}"
    answer = stamp(client, "reports", paper, move, htmx(row), moment=LATER, at="desk", **FORM)
    assert answer.status_code == 200 and "<html" not in answer.text
    assert answer.text.lstrip().startswith(f'<tr id="{row}"')
    assert answer.text.count("<tr") == 1
    assert 'id="desk_tabs" hx-swap-oob="true"' in answer.text
    assert said in answer.soup.select_one("#flashes[hx-swap-oob]").text
    counted = [badge.text for badge in answer.soup.select("#navigation[hx-swap-oob] .badge-count")]
    assert counted == (["1"] if move in ("take_back", "approve_for_township") else [])
    assert len(answer.data) < 10_000


@EVERY
def test_on_the_paper_htmx_gets_the_stamps_and_the_trail(cast, signed_in, htmx, move):
    who, source, _, said = STAMPS[move]
    paper = waiting_report(cast, source)
    client = signed_in(getattr(cast, who))
    answer = stamp(client, "reports", paper, move, htmx("stamps"), moment=LATER, at="paper", **FORM)
    assert answer.status_code == 200 and "<html" not in answer.text
    assert answer.text.lstrip().startswith('<section id="stamps"')
    assert '<div id="trail" hx-swap-oob="true">' in answer.text
    assert said in answer.soup.select_one("#flashes").text


@EVERY
def test_a_stranger_finds_nothing(cast, signed_in, move):
    who, source, *_ = STAMPS[move]
    paper = waiting_report(cast, source)
    stranger = {"gudong_clerk": cast.guxi_clerk, "gulou_officer": cast.taijiang_officer}[who]
    answer = stamp(signed_in(stranger), "reports", paper, move, moment=LATER, **FORM)
    assert answer.status_code == 404
    assert state_of(cast, paper) == source


@EVERY
def test_other_roles_may_not_enter(cast, signed_in, move):
    paper = waiting_report(cast, STAMPS[move][1])
    others = (cast.sunshine_director, cast.fuzhou_officer, cast.province_officer, cast.sysadmin)
    for other in others:
        answer = stamp(signed_in(other), "reports", paper, move, moment=LATER, **FORM)
        assert answer.status_code == 403
    assert state_of(cast, paper) == STAMPS[move][1]


@pytest.mark.parametrize(
    ("who", "move"),
    [
        ("gudong_clerk", "approve_for_township"),
        ("gudong_clerk", "send_to_township"),
        ("gulou_officer", "approve"),
        ("gulou_officer", "take_back"),
    ],
)
def test_nobody_uses_the_stamps_of_the_other_desk(cast, signed_in, who, move):
    paper = waiting_report(cast, STAMPS[move][1])
    answer = stamp(signed_in(getattr(cast, who)), "reports", paper, move, moment=LATER, **FORM)
    assert answer.status_code == 403


def test_a_township_confirms_no_paper_of_figures(cast, signed_in):
    paper = waiting_report(cast)
    answer = stamp(signed_in(cast.gudong_clerk), "reports", paper, "confirm")
    assert (answer.status_code, state_of(cast, paper)) == (409, State.AT_TOWNSHIP)


@pytest.mark.parametrize("state", [State.RETURNED, State.CONFIRMED])
@EVERY
def test_a_paper_that_lies_elsewhere_is_refused(cast, signed_in, htmx, move, state):
    paper = waiting_report(cast, state)
    client = signed_in(getattr(cast, STAMPS[move][0]))
    answer = stamp(client, "reports", paper, move, htmx("stamps"), moment=LATER, **FORM)
    assert answer.status_code == 409
    assert answer.headers["HX-Reswap"] == "none"
    assert "状态已经变化" in answer.text
    assert state_of(cast, paper) == state


@EVERY
def test_a_draft_is_not_on_the_desk(cast, signed_in, move):
    paper = waiting_report(cast, State.DRAFT)
    client = signed_in(getattr(cast, STAMPS[move][0]))
    assert stamp(client, "reports", paper, move, moment=LATER, **FORM).status_code == 404


@EVERY
def test_an_edition_that_was_not_seen_is_refused(cast, signed_in, move):
    who, source, *_ = STAMPS[move]
    paper = waiting_report(cast, source)
    client = signed_in(getattr(cast, who))
    for seen in ("0", "99", "", "x"):
        answer = stamp(client, "reports", paper, move, edition=seen, moment=LATER, **FORM)
        assert answer.status_code == 409
        assert "这份材料的状态已变化" in answer.text
    assert state_of(cast, paper) == source


def test_a_row_of_an_old_page_is_refused(cast, signed_in):
    paper = waiting_report(cast)
    first, second = signed_in(cast.gudong_clerk), signed_in(cast.gudong_clerk)
    assert stamp(first, "reports", paper, "approve").status_code == 302
    assert stamp(second, "reports", paper, "approve").status_code == 409
    assert steps_of(cast, paper) == ["submit", "approve"]


def test_the_county_waits_until_the_townships_day_is_over(cast, signed_in):
    paper = waiting_report(cast)
    officer = signed_in(cast.gulou_officer)
    last = stamp(officer, "reports", paper, "approve_for_township", moment="2023-07-23T23:59:59")
    assert last.status_code == 409
    after = stamp(officer, "reports", paper, "approve_for_township", moment=AFTER_JULY_23)
    assert after.status_code == 302


def test_where_nobody_sits_in_the_township_the_county_acts_at_once(cast, signed_in):
    paper = waiting_report(cast)
    with cast.stage():
        cast.again(cast.gudong_clerk).active = False
    officer = signed_in(cast.gulou_officer)
    assert stamp(officer, "reports", paper, "approve_for_township").status_code == 302


def test_a_county_only_paper_cannot_be_sent_to_a_township(cast, signed_in):
    with cast.stage():
        cast.region("350102001000").review_mode = ReviewMode.COUNTY_ONLY
    draft = cast.archive(cast.sunshine, State.DRAFT)
    with cast.stage():
        cast.again(draft).submit(cast.again(cast.sunshine_director))
    with cast.stage():
        paper = cast.detached(cast.again(draft))
    assert paper.state == State.AT_COUNTY
    officer = signed_in(cast.gulou_officer)
    assert stamp(officer, "archives", paper, "send_to_township", **FORM).status_code == 409
    assert stamp(officer, "archives", paper, "confirm").status_code == 302


def test_a_late_confirmation_is_taken_and_flagged(cast, signed_in):
    paper = waiting_report(cast, State.AT_COUNTY)
    officer = signed_in(cast.gulou_officer)
    answer = stamp(officer, "reports", paper, "confirm", moment=LATER)
    assert answer.status_code == 302
    assert "县级逾期确认" in officer.get(answer.location).text


def test_a_correction_replaces_the_confirmed_month(cast, signed_in):
    first = waiting_report(cast, State.CONFIRMED)
    with cast.stage():
        second = MonthlyReport(
            institution_id=first.institution_id,
            region_path=first.region_path,
            month=first.month,
            version=2,
        )
        second = cast.travel(second, REPORT_FIGURES, State.AT_COUNTY)
    officer = signed_in(cast.gulou_officer)
    assert stamp(officer, "reports", second, "confirm").status_code == 302
    assert state_of(cast, first) == State.SUPERSEDED
    assert steps_of(cast, first)[-1] == "supersede"
