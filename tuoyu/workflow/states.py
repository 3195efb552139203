"""The law of review. MOVES is the customer's flow chart, line for line.

Sources: 闽卫人口函〔2023〕1310号 四 (townships review, counties confirm) and its manual 3.1, 3.2,
4.2, 4.3.
"""

from enum import StrEnum
from typing import NamedTuple

from tuoyu.accounts.models import Role
from tuoyu.refusal import NotAcceptable, Refusal


class State(StrEnum):
    DRAFT = "draft"
    AT_TOWNSHIP = "at_township"
    AT_COUNTY = "at_county"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    SUPERSEDED = "superseded"


LABELS = {
    State.DRAFT: "草稿",
    State.AT_TOWNSHIP: "待乡镇审核",
    State.AT_COUNTY: "待县级确认",
    State.RETURNED: "已退回",
    State.CONFIRMED: "已确认",
    State.SUPERSEDED: "已更正",
}
EDITABLE = frozenset({State.DRAFT, State.RETURNED})
FINAL = frozenset({State.CONFIRMED, State.SUPERSEDED})


class Move(NamedTuple):
    """One line of the law. `when` names a fact about the paper that must hold besides;
    `automatic` moves follow from another and are nobody's button."""

    name: str
    label: str
    role: Role
    source: State
    target: State
    when: str = "always"
    needs_reason: bool = False
    automatic: bool = False


MOVES = (
    Move("submit", "提交审核", Role.INSTITUTION, State.DRAFT, State.AT_TOWNSHIP, "two_level"),
    Move("submit", "提交审核", Role.INSTITUTION, State.RETURNED, State.AT_TOWNSHIP, "two_level"),
    Move("submit", "提交审核", Role.INSTITUTION, State.DRAFT, State.AT_COUNTY, "county_only"),
    Move("submit", "提交审核", Role.INSTITUTION, State.RETURNED, State.AT_COUNTY, "county_only"),
    Move("withdraw", "撤回", Role.INSTITUTION, State.AT_TOWNSHIP, State.DRAFT, "untouched"),
    Move("withdraw", "撤回", Role.INSTITUTION, State.AT_COUNTY, State.DRAFT, "untouched"),
    Move("approve", "通过", Role.TOWNSHIP, State.AT_TOWNSHIP, State.AT_COUNTY),
    Move(
        "approve_for_township",
        "县级代审",
        Role.COUNTY,
        State.AT_TOWNSHIP,
        State.AT_COUNTY,
        "township_missing",
    ),
    Move("take_back", "收回", Role.TOWNSHIP, State.AT_COUNTY, State.AT_TOWNSHIP, "just_approved"),
    Move("send_back", "退回", Role.TOWNSHIP, State.AT_TOWNSHIP, State.RETURNED, needs_reason=True),
    Move("send_back", "退回", Role.COUNTY, State.AT_COUNTY, State.RETURNED, needs_reason=True),
    Move(
        "send_to_township",
        "退回乡镇",
        Role.COUNTY,
        State.AT_COUNTY,
        State.AT_TOWNSHIP,
        "two_level",
        needs_reason=True,
    ),
    Move("confirm", "确认", Role.COUNTY, State.AT_COUNTY, State.CONFIRMED),
    Move(
        "supersede",
        "被新版本替换",
        Role.COUNTY,
        State.CONFIRMED,
        State.SUPERSEDED,
        automatic=True,
    ),
    Move("resettle", "随机构迁入", Role.COUNTY, State.DRAFT, State.CONFIRMED, automatic=True),
)

NAMES = tuple(dict.fromkeys(move.name for move in MOVES))

# What must hold of a paper besides its state. `facts` is the paper's own account of itself.
CONDITIONS = {
    "always": lambda facts: True,
    "two_level": lambda facts: not facts.county_only,
    "county_only": lambda facts: facts.county_only,
    "untouched": lambda facts: facts.last_move == "submit",
    "just_approved": lambda facts: facts.last_move == "approve",
    "township_missing": lambda facts: facts.township_overdue or not facts.township_staffed,
}


class MoveRefused(Refusal):
    """The paper is not where this move starts, or this person may not make it."""

    message = "这份材料的状态已经变化，或当前不能进行此操作，请刷新后再试。"


class ReasonMissing(NotAcceptable):
    message = "请填写退回原因，让对方知道改哪里、怎么改。"


def find_move(name, role, state, facts):
    """The line of the law for this stamp; raises MoveRefused when there is none."""
    for move in MOVES:
        fits = (move.name, move.role, move.source) == (name, role, state)
        if fits and CONDITIONS[move.when](facts):
            return move
    raise MoveRefused


def automatic(name):
    """The line of the law that follows from another move."""
    return next(move for move in MOVES if move.name == name and move.automatic)


def moves_open_to(role, state, facts):
    """The stamps this role may use on such a paper now, in the order of the table."""
    return [
        move
        for move in MOVES
        if (move.role, move.source) == (role, state)
        and not move.automatic
        and CONDITIONS[move.when](facts)
    ]


def waiting_at(role):
    """The states in which a paper waits for this officer's approval or confirmation."""
    return {m.source for m in MOVES if m.role == role and m.name in ("approve", "confirm")}
