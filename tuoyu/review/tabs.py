"""The views of a desk: which papers lie in each. A count and the list it leads to are one."""

from typing import NamedTuple

from sqlalchemy import and_, false, or_

from tuoyu.accounts.models import Role
from tuoyu.institutions.models import Institution
from tuoyu.reports.due import is_due
from tuoyu.reports.models import MonthlyReport
from tuoyu.review.papers import past_township_due
from tuoyu.workflow.states import State, waiting_at


class Tab(NamedTuple):
    name: str
    label: str
    tone: str
    empty: str


WAITING = Tab("waiting", "待我审核", "blue", "没有等待审核的材料。")
TO_CONFIRM = Tab("waiting", "待确认", "blue", "没有等待确认的材料。")
AT_TOWNSHIP = Tab("township", "待乡镇审核", "blue", "没有等待乡镇审核的材料。")
OVERDUE = Tab("overdue", "乡镇逾期", "red", "没有乡镇逾期未审的材料。")
UNREPORTED = Tab("unreported", "未报", "red", "没有未报机构。")
NO_ARCHIVE = UNREPORTED._replace(label="未交档案", empty="没有未提交档案的机构。")
RETURNED = Tab("returned", "退回未改", "red", "没有退回后尚未修改的材料。")
APPROVED = Tab("passed", "已通过", "green", "还没有已通过的材料。")
CONFIRMED = Tab("passed", "已确认", "green", "还没有已确认的材料。")
ALL = Tab("all", "全部", "grey", "没有符合条件的材料。")

TABS = {
    Role.TOWNSHIP: (WAITING, UNREPORTED, RETURNED, APPROVED, ALL),
    Role.COUNTY: (TO_CONFIRM, AT_TOWNSHIP, OVERDUE, UNREPORTED, RETURNED, CONFIRMED, ALL),
}


def tabs_of(role, kind):
    """The tabs of a desk, in their order; what is 未报 of a month is 未交档案 of an archive."""
    named = {UNREPORTED: NO_ARCHIVE} if kind == "archives" else {}
    return tuple(named.get(tab, tab) for tab in TABS[role])


PASSED = {
    Role.TOWNSHIP: (State.AT_COUNTY, State.CONFIRMED),
    Role.COUNTY: (State.CONFIRMED,),
}


def criterion(tab, role, model, month):
    """What a row of Institution and (perhaps) paper must be like to lie in this tab."""
    at_township = model.state == State.AT_TOWNSHIP
    return {
        "waiting": lambda: model.state.in_(waiting_at(role)),
        "township": lambda: at_township,
        "overdue": lambda: and_(at_township, past_township_due(model)),
        "unreported": lambda: is_unreported(model, month),
        "returned": lambda: model.state == State.RETURNED,
        "passed": lambda: and_(model.state.in_(PASSED[role]), stands(model)),
        "all": lambda: or_(model.state != State.DRAFT, is_unreported(model, month)),
    }[tab]()


def is_unreported(model, month):
    """Nothing was handed in: of a month by those who must report it, of an archive by anyone."""
    return and_(or_(model.id.is_(None), model.state == State.DRAFT), must_report(model, month))


def must_report(model, month):
    if model is MonthlyReport:
        return is_due(month) if month else false()
    return and_(Institution.lies_here(), Institution.closed_on.is_(None))


def stands(model):
    """The version that counts: a correction under way is not counted beside what it corrects."""
    return or_(model.state == State.CONFIRMED, model.version == 1)
