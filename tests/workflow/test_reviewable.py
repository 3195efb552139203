"""What a move leaves on the paper, and what it may not be talked out of."""

from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from tests.cast import FIRST_WINDOW
from tuoyu import clock
from tuoyu.accounts.models import Role, User
from tuoyu.extensions import db
from tuoyu.refusal import NotAcceptable
from tuoyu.regions.models import Region, ReviewMode
from tuoyu.workflow.facts import Facts, facts_of
from tuoyu.workflow.history import Step
from tuoyu.workflow.reviewable import NotEditable, PaperChanged
from tuoyu.workflow.states import MoveRefused, ReasonMissing, State

pytestmark = pytest.mark.database

GUXI = "350102002000"


@pytest.fixture
def waiting(cast):
    """An archive that waits at the township."""
    return cast.archive(cast.sunshine, State.AT_TOWNSHIP)


def test_a_step_is_a_signature_that_outlives_a_change_of_name(cast, waiting):
    with cast.stage():
        cast.again(waiting).send_back(
            cast.again(cast.gudong_clerk), " 地址有误 ", {"address": "门牌"}
        )
    with cast.stage():
        clerk = cast.again(cast.gudong_clerk)
        clerk.display_name, clerk.role = "改名", Role.COUNTY
        cast.region("350102001000").office = "改称"
    with cast.stage():
        step = cast.again(waiting).steps[-1]
        assert (step.by_name, step.by_role, step.role_label) == (
            "鼓东经办",
            "township",
            "乡镇审核员",
        )
        assert "鼓东街道" in step.by_office
        assert (step.reason, step.marked) == ("地址有误", {"address": "门牌"})
        assert (step.label, step.target_label, step.paper_version) == ("退回", "已退回", 1)
        assert step.at == clock.beijing(clock.datetime.fromisoformat(FIRST_WINDOW))


@pytest.mark.parametrize("reason", ["", " ", "\n\t", "　"])
def test_a_return_without_words_changes_nothing(cast, waiting, reason):
    with cast.stage():
        paper = cast.again(waiting)
        with pytest.raises(ReasonMissing):
            paper.send_back(cast.again(cast.gudong_clerk), reason)
        assert (paper.state, len(paper.steps)) == (State.AT_TOWNSHIP, 1)


def test_the_database_keeps_no_return_without_a_reason(cast, waiting):
    with cast.stage():
        paper, clerk = cast.again(waiting), cast.again(cast.gudong_clerk)
        step = paper.send_back(clerk, "地址有误")
        step.reason = ""
        with pytest.raises(IntegrityError, match="returns_say_why"):
            db.session.flush()
        db.session.rollback()


def test_the_database_keeps_one_version_in_force(cast):
    cast.archive(cast.sunshine)
    second = cast.archive(cast.sunshine, State.AT_COUNTY)
    with cast.stage():
        paper = cast.again(second)
        paper.state, paper.confirmed_at = State.CONFIRMED, clock.now()
        with pytest.raises(IntegrityError, match="in_force"):
            db.session.flush()
        db.session.rollback()


def test_an_edition_that_was_not_seen_is_refused(cast, waiting):
    with cast.stage():
        paper = cast.again(waiting)
        paper.insist_unchanged(str(paper.edition))
        for seen in (paper.edition - 1, paper.edition + 1, None, "", "x"):
            with pytest.raises(PaperChanged):
                paper.insist_unchanged(seen)


def test_what_was_handed_in_is_not_edited(cast, waiting):
    with cast.stage():
        paper = cast.again(waiting)
        with pytest.raises(NotEditable):
            paper.fill_in({"managers": 9})
        with pytest.raises(NotEditable):
            paper.explain({})


def test_a_faulty_paper_is_not_handed_in(cast):
    draft = cast.archive(cast.sunshine, State.DRAFT, managers=None)
    with cast.stage():
        paper = cast.again(draft)
        with pytest.raises(NotAcceptable):
            paper.submit(cast.again(cast.sunshine_director))
        assert (paper.state, paper.steps, paper.submitted_at) == (State.DRAFT, [], None)


def test_handing_in_again_keeps_the_first_date(cast):
    returned = cast.archive(cast.sunshine, State.RETURNED)
    with cast.stage("2023-07-18T09:00"):
        paper = cast.again(returned)
        first = paper.first_submitted_at
        paper.submit(cast.again(cast.sunshine_director))
        assert (paper.first_submitted_at, paper.submitted_at) == (first, clock.now())


def test_a_version_that_comes_into_force_replaces_the_former(cast):
    former = cast.archive(cast.sunshine)
    following = cast.archive(cast.sunshine, State.AT_COUNTY)
    with cast.stage("2023-07-20T09:00"):
        cast.again(following).confirm(cast.again(cast.gulou_officer))
    with cast.stage():
        old, new = cast.again(former), cast.again(following)
        assert (old.state, new.state) == (State.SUPERSEDED, State.CONFIRMED)
        assert old.steps[-1].move == "supersede"
        assert old.confirmed_at < new.confirmed_at


def test_the_township_takes_back_only_its_own_last_word(cast):
    paper = cast.archive(cast.sunshine, State.AT_COUNTY)
    with cast.stage():
        cast.again(paper).take_back(cast.again(cast.gudong_clerk))
        cast.again(paper).approve(cast.again(cast.gudong_clerk))
        cast.again(paper).send_to_township(cast.again(cast.gulou_officer), "意见不全")
        cast.again(paper).approve(cast.again(cast.gudong_clerk))
        cast.again(paper).confirm(cast.again(cast.gulou_officer))
        with pytest.raises(MoveRefused):
            cast.again(paper).take_back(cast.again(cast.gudong_clerk))


def test_after_five_days_the_county_may_act_for_the_township(cast, waiting):
    officer = cast.gulou_officer
    submitted = clock.beijing(clock.datetime.fromisoformat(FIRST_WINDOW))
    with cast.stage(submitted + timedelta(days=5)), pytest.raises(MoveRefused):
        cast.again(waiting).approve_for_township(cast.again(officer))
    with cast.stage(submitted + timedelta(days=5, seconds=1)):
        cast.again(waiting).approve_for_township(cast.again(officer))
        assert cast.again(waiting).facts.county_stood_in


def test_where_no_officer_is_left_the_county_may_act_at_once(cast, waiting):
    with cast.stage():
        assert cast.again(waiting).facts.township_staffed
        cast.again(cast.gudong_clerk).active = False
        db.session.flush()
        cast.again(waiting).approve_for_township(cast.again(cast.gulou_officer))


def test_the_officer_of_another_township_does_not_count(cast, waiting):
    with cast.stage():
        db.session.execute(update(User).where(User.id == cast.gudong_clerk.id).values(active=False))
        assert not cast.again(waiting).facts.township_staffed
        assert cast.again(cast.guxi_clerk).active


def test_a_returned_paper_that_comes_again_was_not_stood_in_for(cast, waiting):
    with cast.stage("2023-07-30T09:00"):
        paper, officer = cast.again(waiting), cast.again(cast.gulou_officer)
        paper.approve_for_township(officer)
        paper.send_back(officer, "地址有误")
        assert paper.facts.county_stood_in
        paper.submit(cast.again(cast.sunshine_director))
        assert not paper.facts.county_stood_in


def test_facts_of_many_papers_are_those_of_each(cast, waiting):
    others = [
        cast.archive(cast.star, State.AT_COUNTY),
        cast.archive(cast.moon, State.RETURNED),
        cast.archive(cast.wave, State.DRAFT),
    ]
    with cast.stage():
        region = db.session.scalars(db.select(Region).where(Region.code == GUXI)).one()
        region.review_mode = ReviewMode.COUNTY_ONLY
        db.session.flush()
        papers = [cast.again(paper) for paper in (waiting, *others)]
        together = facts_of(papers)
        for paper in papers:
            assert told_by(together[paper.id]) == told_by(Facts(paper))
        assert [together[p.id].county_only for p in papers] == [False, True, False, False]
    assert facts_of([]) == {}


def told_by(facts):
    names = ("county_only", "last_move", "moves", "township_staffed", "township_overdue")
    return {name: getattr(facts, name) for name in names} | {"at": facts.township.name}


def test_a_step_says_from_which_address_it_was_taken(cast, waiting, signed_in):
    clerk = signed_in(cast.gudong_clerk)
    with clock.at(FIRST_WINDOW):
        form = {"edition": waiting.edition}
        clerk.post(f"/review/archives/{waiting.id}/approval", data=form)
    with cast.stage():
        steps = db.session.scalars(db.select(Step).order_by(Step.id)).all()
        assert [(step.move, step.ip) for step in steps] == [
            ("submit", ""),
            ("approve", "127.0.0.1"),
        ]
