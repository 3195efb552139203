"""The views of a desk: which papers lie in each. A count and the list it leads to are one."""

from typing import NamedTuple

from sqlalchemy import and_, false, or_, true

from tuoyu.accounts.models import Role
from tuoyu.applications.models import Application
from tuoyu.institutions.models import Institution
from tuoyu.reports.apart import is_declared
from tuoyu.reports.declarations import Declaration
from tuoyu.reports.due import is_due
from tuoyu.reports.models import MonthlyReport
from tuoyu.review.papers import past_township_due
from tuoyu.workflow.states import RECEIVING, State, waiting_at


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
ZERO = Tab("zero", "零入托", "grey", "没有零入托的月报。")
CLOSED = Tab("closed", "停业", "grey", "没有停业的月报。")
NO_CHANGE = Tab("no_change", "无变动", "grey", "没有无变动的月报。")
DECLARED = (ZERO, CLOSED, NO_CHANGE)  # handed in: counted apart from 未报
TO_APPROVE = Tab("waiting", "待我批准", "blue", "没有等待批准的申请。")
SETTLED = Tab("passed", "已办结", "green", "还没有已办结的申请。")
ALL = Tab("all", "全部", "grey", "没有符合条件的材料。")

TABS = {
    Role.TOWNSHIP: (WAITING, UNREPORTED, RETURNED, APPROVED, *DECLARED, ALL),
    Role.COUNTY: (
        TO_CONFIRM,
        AT_TOWNSHIP,
        OVERDUE,
        UNREPORTED,
        RETURNED,
        CONFIRMED,
        *DECLARED,
        ALL,
    ),
}
TABS_OF_APPLICATIONS = {
    Role.TOWNSHIP: (WAITING, RETURNED, SETTLED, ALL),
    Role.COUNTY: (TO_CONFIRM, AT_TOWNSHIP, OVERDUE, RETURNED, SETTLED, ALL),
    Role.PROVINCE: (TO_APPROVE, RETURNED, SETTLED, ALL),
}


def tabs_of(role, kind):
    """The tabs of a desk, in their order, none where the role has no such desk; what is 未报 of a
    month is 未交档案 of an archive."""
    if kind == "applications":
        return TABS_OF_APPLICATIONS.get(role, ())
    named = {UNREPORTED: NO_ARCHIVE} if kind == "archives" else {}
    shown = [tab for tab in TABS.get(role, ()) if kind == "reports" or tab not in DECLARED]
    return tuple(named.get(tab, tab) for tab in shown)


PASSED = {
    Role.TOWNSHIP: (State.AT_COUNTY, State.CONFIRMED),
    Role.COUNTY: (State.CONFIRMED,),
    Role.PROVINCE: (State.CONFIRMED,),
}


def criterion(tab, role, model, month):
    """What a row of Institution and (perhaps) paper must be like to lie in this tab."""
    at_township = model.state == State.AT_TOWNSHIP
    return {
        "waiting": lambda: waits_for(role, model),
        "township": lambda: at_township,
        "overdue": lambda: and_(at_township, past_township_due(model)),
        "unreported": lambda: is_unreported(model, month),
        "returned": lambda: model.state == State.RETURNED,
        "passed": lambda: has_passed(role, model),
        **{kind.value: lambda k=kind: is_counted_as(k, model, month) for kind in Declaration},
        "all": lambda: or_(model.state != State.DRAFT, is_unreported(model, month)),
    }[tab]()


def waits_for(role, model):
    """It lies with this officer; an application also with the county it leads to."""
    here = model.state.in_(waiting_at(role))
    if model is Application and role == Role.COUNTY:
        return or_(here, and_(model.state.in_(waiting_at(RECEIVING)), Application.leads_here()))
    return here


def has_passed(role, model):
    if model is Application:
        return model.state == State.CONFIRMED
    return and_(model.state.in_(PASSED[role]), stands(model))


def is_unreported(model, month):
    """Nothing was handed in: of a month by those who must report it, of an archive by anyone."""
    return and_(or_(model.id.is_(None), model.state == State.DRAFT), must_report(model, month))


def must_report(model, month):
    if model is MonthlyReport:
        return is_due(month) if month else false()
    if model is Application:
        return false()  # nobody must ask for anything
    return and_(Institution.lies_here(), Institution.closed_on.is_(None))


def is_counted_as(kind, model, month):
    """Declared so of the month, by whoever must report it."""
    return and_(is_declared(kind), stands(model), is_due(month) if month else true())


def stands(model):
    """The version that counts: a correction under way is not counted beside what it corrects."""
    return or_(model.state == State.CONFIRMED, model.version == 1)
