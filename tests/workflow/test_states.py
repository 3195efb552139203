"""The law of review, written out a second time by hand: a line that is added, lost or changed in
MOVES must be changed here as well."""

from itertools import product
from types import SimpleNamespace

import pytest

from tuoyu.accounts.models import Role
from tuoyu.workflow.states import (
    EDITABLE,
    FINAL,
    MOVES,
    NAMES,
    MoveRefused,
    State,
    find_move,
    moves_open_to,
    waiting_at,
)

HAPPENED = (
    None,
    "submit",
    "withdraw",
    "approve",
    "approve_for_township",
    "take_back",
    "send_back",
    "send_to_township",
    "release",
    "pass_up",
    "confirm",
)
ASKERS = (Role.INSTITUTION, Role.TOWNSHIP, Role.COUNTY)
RECEIVING = "receiving"
PARTS = (*Role, RECEIVING, None)


def kinds_of_paper():
    """What each kind of paper tells of itself: (kind, who made it, whether the county is the first
    to read it)."""
    for county_only in (False, True):
        for kind in ("figures", "request", "move away", "pictures"):
            yield kind, Role.INSTITUTION, county_only
    for kind in ("correction", "late correction"):
        for role in ASKERS:
            yield kind, role, True


def cases():
    """Every combination of what the law looks at besides role and state."""
    townships = ((False, True), (True, True), (False, False))
    for paper, last, (overdue, staffed) in product(kinds_of_paper(), HAPPENED, townships):
        kind, asked_by, county_only = paper
        yield SimpleNamespace(
            asked_by=asked_by,
            is_request=kind != "figures",
            is_light=kind == "pictures",
            leaves_county=kind == "move away",
            province_decides=kind == "late correction",
            county_only=county_only,
            last_move=last,
            township_overdue=overdue,
            township_staffed=staffed,
        )


CASES = tuple(cases())


def by_its_maker(role):
    """What the maker of a paper may do with it, and nobody else."""

    def only_mine(leads):
        return lambda facts: leads(facts) if facts.asked_by == role else None

    for state in (State.DRAFT, State.RETURNED):
        yield ("submit", role, state), only_mine(submitted)
        yield ("drop", role, state), only_mine(dropped)
    for state in (State.AT_TOWNSHIP, State.AT_COUNTY, State.AT_PROVINCE):
        yield ("withdraw", role, state), only_mine(after("submit", State.DRAFT))


def submitted(facts):
    if facts.province_decides:
        return State.AT_PROVINCE
    return State.AT_COUNTY if facts.county_only else State.AT_TOWNSHIP


def dropped(facts):
    return State.DROPPED if facts.is_request and facts.last_move else None


def after(move, target):
    return lambda facts: target if facts.last_move == move else None


def stood_in(facts):
    return State.AT_COUNTY if facts.township_overdue or not facts.township_staffed else None


def sent_down(facts):
    return None if facts.county_only else State.AT_TOWNSHIP


def decided_by_the_county(facts):
    return None if facts.leaves_county or facts.province_decides else State.CONFIRMED


def where(fact, target, is_so=True):
    return lambda facts: target if getattr(facts, fact) is is_so else None


def always(target):
    return lambda facts: target


# stamp, whose, on a paper that is where → where it leads, None where a fact forbids it
LAW = {
    **dict(line for role in ASKERS for line in by_its_maker(role)),
    ("approve", Role.TOWNSHIP, State.AT_TOWNSHIP): where("is_light", State.AT_COUNTY, False),
    ("confirm", Role.TOWNSHIP, State.AT_TOWNSHIP): where("is_light", State.CONFIRMED),
    ("approve_for_township", Role.COUNTY, State.AT_TOWNSHIP): stood_in,
    ("take_back", Role.TOWNSHIP, State.AT_COUNTY): after("approve", State.AT_TOWNSHIP),
    ("send_back", Role.TOWNSHIP, State.AT_TOWNSHIP): always(State.RETURNED),
    ("send_back", Role.COUNTY, State.AT_COUNTY): always(State.RETURNED),
    ("send_to_township", Role.COUNTY, State.AT_COUNTY): sent_down,
    ("confirm", Role.COUNTY, State.AT_COUNTY): decided_by_the_county,
    ("release", Role.COUNTY, State.AT_COUNTY): where("leaves_county", State.AT_RECEIVING),
    ("pass_up", Role.COUNTY, State.AT_COUNTY): where("province_decides", State.AT_PROVINCE),
    ("supersede", Role.COUNTY, State.CONFIRMED): always(State.SUPERSEDED),
    ("receive", RECEIVING, State.AT_RECEIVING): always(State.CONFIRMED),
    ("send_back", RECEIVING, State.AT_RECEIVING): always(State.RETURNED),
    ("confirm", Role.PROVINCE, State.AT_PROVINCE): always(State.CONFIRMED),
    ("send_back", Role.PROVINCE, State.AT_PROVINCE): always(State.RETURNED),
    ("resettle", Role.COUNTY, State.DRAFT): always(State.CONFIRMED),
}


STAMPS = {name for name, _, _ in LAW} | set(NAMES)


def law(name, role, state, facts):
    """Where the stamp leads, or None where it may not be used."""
    leads = LAW.get((name, role, state))
    return leads(facts) if leads else None


def target(name, role, state, facts):
    try:
        return find_move(name, role, state, facts).target
    except MoveRefused:
        return None


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", PARTS)
def test_exactly_the_moves_of_the_law_exist(role, state):
    for name, facts in product((*STAMPS, "correct", ""), CASES):
        assert target(name, role, state, facts) == law(name, role, state, facts), (name, facts)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", PARTS)
def test_the_stamps_shown_are_those_that_work(role, state):
    for facts in CASES:
        shown = {move.name: move.target for move in moves_open_to(role, state, facts)}
        may = {name: law(name, role, state, facts) for name in STAMPS - {"supersede", "resettle"}}
        assert shown == {name: goal for name, goal in may.items() if goal}


def test_no_two_lines_of_the_law_answer_to_the_same_stamp():
    for role, state, facts in product(PARTS, State, CASES):
        shown = [move.name for move in moves_open_to(role, state, facts)]
        assert len(shown) == len(set(shown))


def test_each_reviewing_part_has_one_state_that_waits_for_it():
    assert {role: waiting_at(role) for role in PARTS} == {
        Role.INSTITUTION: set(),
        Role.TOWNSHIP: {State.AT_TOWNSHIP},
        Role.COUNTY: {State.AT_COUNTY},
        Role.CITY: set(),
        Role.PROVINCE: {State.AT_PROVINCE},
        Role.SYSADMIN: set(),
        RECEIVING: {State.AT_RECEIVING},
        None: set(),
    }


def test_no_paper_lies_where_nobody_can_move_it():
    """In every state on the way somebody may send it on, and somebody may send it back."""
    for facts in CASES:
        for state in law_abiding(facts):
            names = {m.name for role in PARTS for m in moves_open_to(role, state, facts)}
            forward = {"submit", "approve", "confirm", "release", "pass_up", "receive"}
            assert names & forward, (state, facts)
            assert state in EDITABLE or "send_back" in names


def law_abiding(facts):
    """The states on the way of such a paper."""
    yield from EDITABLE
    yield State.AT_COUNTY
    if facts.province_decides:
        yield State.AT_PROVINCE
    if not facts.county_only:
        yield State.AT_TOWNSHIP
    if facts.leaves_county:
        yield State.AT_RECEIVING


def test_going_back_needs_a_reason_and_going_forward_none():
    assert {move.name for move in MOVES if move.needs_reason} == {"send_back", "send_to_township"}


def test_no_stamp_touches_what_is_final():
    assert {move.name for move in MOVES if move.source in FINAL} == {"supersede"}
    assert all(move.automatic for move in MOVES if move.source in FINAL)
