"""The law of review, written out a second time by hand: a line that is added, lost or changed in
MOVES must be changed here as well."""

from itertools import product
from types import SimpleNamespace

import pytest

from tuoyu.accounts.models import Role
from tuoyu.workflow.states import (
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
    "confirm",
)


def cases():
    """Every combination of what the law looks at besides role and state."""
    for county_only, last, overdue, staffed in product(
        (False, True), HAPPENED, (False, True), (False, True)
    ):
        yield SimpleNamespace(
            county_only=county_only,
            last_move=last,
            township_overdue=overdue,
            township_staffed=staffed,
        )


def submitted(facts):
    return State.AT_COUNTY if facts.county_only else State.AT_TOWNSHIP


def after(move, target):
    return lambda facts: target if facts.last_move == move else None


def stood_in(facts):
    return State.AT_COUNTY if facts.township_overdue or not facts.township_staffed else None


def sent_down(facts):
    return None if facts.county_only else State.AT_TOWNSHIP


def always(target):
    return lambda facts: target


# stamp, whose, on a paper that is where → where it leads, None where a fact forbids it
LAW = {
    ("submit", Role.INSTITUTION, State.DRAFT): submitted,
    ("submit", Role.INSTITUTION, State.RETURNED): submitted,
    ("withdraw", Role.INSTITUTION, State.AT_TOWNSHIP): after("submit", State.DRAFT),
    ("withdraw", Role.INSTITUTION, State.AT_COUNTY): after("submit", State.DRAFT),
    ("approve", Role.TOWNSHIP, State.AT_TOWNSHIP): always(State.AT_COUNTY),
    ("approve_for_township", Role.COUNTY, State.AT_TOWNSHIP): stood_in,
    ("take_back", Role.TOWNSHIP, State.AT_COUNTY): after("approve", State.AT_TOWNSHIP),
    ("send_back", Role.TOWNSHIP, State.AT_TOWNSHIP): always(State.RETURNED),
    ("send_back", Role.COUNTY, State.AT_COUNTY): always(State.RETURNED),
    ("send_to_township", Role.COUNTY, State.AT_COUNTY): sent_down,
    ("confirm", Role.COUNTY, State.AT_COUNTY): always(State.CONFIRMED),
    ("supersede", Role.COUNTY, State.CONFIRMED): always(State.SUPERSEDED),
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
@pytest.mark.parametrize("role", Role)
def test_exactly_the_moves_of_the_law_exist(role, state):
    for name, facts in product((*STAMPS, "correct", ""), cases()):
        assert target(name, role, state, facts) == law(name, role, state, facts), (name, facts)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("role", Role)
def test_the_stamps_shown_are_those_that_work(role, state):
    for facts in cases():
        shown = {move.name: move.target for move in moves_open_to(role, state, facts)}
        may = {name: law(name, role, state, facts) for name in STAMPS - {"supersede", "resettle"}}
        assert shown == {name: goal for name, goal in may.items() if goal}


def test_no_two_lines_of_the_law_answer_to_the_same_stamp():
    for role, state, facts in product(Role, State, cases()):
        shown = [move.name for move in moves_open_to(role, state, facts)]
        assert len(shown) == len(set(shown))


def test_only_the_two_reviewing_roles_have_a_desk():
    assert {role: waiting_at(role) for role in Role} == {
        Role.INSTITUTION: set(),
        Role.TOWNSHIP: {State.AT_TOWNSHIP},
        Role.COUNTY: {State.AT_COUNTY},
        Role.CITY: set(),
        Role.PROVINCE: set(),
        Role.SYSADMIN: set(),
    }


def test_going_back_needs_a_reason_and_going_forward_none():
    assert {move.name for move in MOVES if move.needs_reason} == {"send_back", "send_to_township"}


def test_no_stamp_touches_what_is_final():
    assert {move.name for move in MOVES if move.source in FINAL} == {"supersede"}
    assert all(move.automatic for move in MOVES if move.source in FINAL)
