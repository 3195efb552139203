"""The law of review. MOVES is the customer's flow chart, line for line.

Sources: 闽卫人口函〔2023〕1310号 四 (townships review, counties confirm) and its manual 3.1, 3.2,
4.2, 4.3. Archives, months and applications travel by the same table; what only an application
knows (another county, the province, a light review) is a fact about the paper.
"""

from enum import StrEnum
from typing import NamedTuple

from tuoyu.accounts.models import Role
from tuoyu.refusal import NotAcceptable, Refusal


class State(StrEnum):
    DRAFT = "draft"
    AT_TOWNSHIP = "at_township"
    AT_COUNTY = "at_county"
    AT_RECEIVING = "at_receiving"  # with the county an institution moves to
    AT_PROVINCE = "at_province"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    SUPERSEDED = "superseded"
    DROPPED = "dropped"


LABELS = {
    State.DRAFT: "草稿",
    State.AT_TOWNSHIP: "待乡镇审核",
    State.AT_COUNTY: "待县级确认",
    State.AT_RECEIVING: "待迁入地确认",
    State.AT_PROVINCE: "待省级批准",
    State.RETURNED: "已退回",
    State.CONFIRMED: "已确认",
    State.SUPERSEDED: "已更正",
    State.DROPPED: "已放弃",
}
EDITABLE = frozenset({State.DRAFT, State.RETURNED})
FINAL = frozenset({State.CONFIRMED, State.SUPERSEDED, State.DROPPED})
ASKERS = (Role.INSTITUTION, Role.TOWNSHIP, Role.COUNTY)  # officers may ask for a correction
RECEIVING = "receiving"  # a county officer's part in the paper of an institution that comes to him


class Move(NamedTuple):
    """One line of the law. `role` is a Role or RECEIVING; `when` names facts about the paper that
    must all hold besides; `automatic` moves follow from another and are nobody's button."""

    name: str
    label: str
    role: str
    source: State
    target: State
    when: tuple[str, ...] = ()
    needs_reason: bool = False
    automatic: bool = False


def of_its_maker(role):
    """What whoever made the paper may do with it: only an application is made by an officer."""
    mine = f"made_by_{role}"
    for here in (State.DRAFT, State.RETURNED):
        yield Move("submit", "提交审核", role, here, State.AT_TOWNSHIP, (mine, "two_level"))
        yield Move("submit", "提交审核", role, here, State.AT_COUNTY, (mine, "county_only"))
        yield Move("submit", "提交审核", role, here, State.AT_PROVINCE, (mine, "province_decides"))
        yield Move("drop", "放弃申请", role, here, State.DROPPED, (mine, "handed_in_request"))
    for there in (State.AT_TOWNSHIP, State.AT_COUNTY, State.AT_PROVINCE):
        yield Move("withdraw", "撤回", role, there, State.DRAFT, (mine, "untouched"))


def returns(role, source):
    return Move("send_back", "退回", role, source, State.RETURNED, needs_reason=True)


MOVES = (
    *(move for role in ASKERS for move in of_its_maker(role)),
    # The township
    Move("approve", "通过", Role.TOWNSHIP, State.AT_TOWNSHIP, State.AT_COUNTY, ("full",)),
    Move("confirm", "通过", Role.TOWNSHIP, State.AT_TOWNSHIP, State.CONFIRMED, ("light",)),
    Move(
        "take_back", "收回", Role.TOWNSHIP, State.AT_COUNTY, State.AT_TOWNSHIP, ("just_approved",)
    ),
    returns(Role.TOWNSHIP, State.AT_TOWNSHIP),
    # The county
    Move(
        "approve_for_township",
        "县级代审",
        Role.COUNTY,
        State.AT_TOWNSHIP,
        State.AT_COUNTY,
        ("township_missing",),
    ),
    Move("confirm", "确认", Role.COUNTY, State.AT_COUNTY, State.CONFIRMED, ("county_decides",)),
    Move("release", "同意迁出", Role.COUNTY, State.AT_COUNTY, State.AT_RECEIVING, ("leaves",)),
    Move(
        "pass_up",
        "同意并报省级",
        Role.COUNTY,
        State.AT_COUNTY,
        State.AT_PROVINCE,
        ("province_decides",),
    ),
    returns(Role.COUNTY, State.AT_COUNTY),
    Move(
        "send_to_township",
        "退回乡镇",
        Role.COUNTY,
        State.AT_COUNTY,
        State.AT_TOWNSHIP,
        ("two_level",),
        needs_reason=True,
    ),
    Move(
        "supersede",
        "被新版本替换",
        Role.COUNTY,
        State.CONFIRMED,
        State.SUPERSEDED,
        automatic=True,
    ),
    Move("resettle", "随机构迁入", Role.COUNTY, State.DRAFT, State.CONFIRMED, automatic=True),
    # The county an institution moves to
    Move("receive", "接收", RECEIVING, State.AT_RECEIVING, State.CONFIRMED),
    returns(RECEIVING, State.AT_RECEIVING),
    # The province
    Move("confirm", "批准", Role.PROVINCE, State.AT_PROVINCE, State.CONFIRMED),
    returns(Role.PROVINCE, State.AT_PROVINCE),
)

NAMES = tuple(dict.fromkeys(move.name for move in MOVES))
OF_THE_MAKER = ("submit", "withdraw", "drop")
DECISIONS = ("approve", "confirm", "receive")

# What must hold of a paper besides its state. `facts` is the paper's own account of itself.
CONDITIONS = {
    **{f"made_by_{role}": lambda facts, role=role: facts.asked_by == role for role in ASKERS},
    "two_level": lambda facts: not facts.county_only and not facts.province_decides,
    "county_only": lambda facts: facts.county_only and not facts.province_decides,
    "province_decides": lambda facts: facts.province_decides,
    "county_decides": lambda facts: not facts.province_decides and not facts.leaves_county,
    "leaves": lambda facts: facts.leaves_county,
    "light": lambda facts: facts.is_light,
    "full": lambda facts: not facts.is_light,
    "handed_in_request": lambda facts: facts.is_request and facts.last_move is not None,
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
        if fits and holds(move, facts):
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
        if (move.role, move.source) == (role, state) and not move.automatic and holds(move, facts)
    ]


def holds(move, facts):
    """Whether everything holds of the paper that this line asks for."""
    return all(CONDITIONS[name](facts) for name in move.when)


def waiting_at(role):
    """The states in which a paper waits for this officer's approval or confirmation."""
    return {move.source for move in MOVES if move.role == role and move.name in DECISIONS}
