"""The applications of the demo, one function each: who asks for what, and how far it has come."""

from datetime import date, timedelta

from sqlalchemy import select

from tuoyu.applications.beginning import begin, correction_of, draft_of
from tuoyu.applications.evidence import add_evidence
from tuoyu.applications.kinds import Kind
from tuoyu.archives.pictures import remove_picture
from tuoyu.clock import now
from tuoyu.demo.drawings import hang, register
from tuoyu.demo.places import TAIJIANG, region, villages_of
from tuoyu.demo.slips import Made
from tuoyu.demo.travel import travel
from tuoyu.extensions import db
from tuoyu.institutions.changes import bring_into_effect
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

NEW_HOME = 2  # which of the villages of the county moved to
A_WHILE = timedelta(hours=13)


def apply(house, kind, *moves, slip=None, **said):
    """An application of the institution, filled in, and taken through the moves day by day."""
    application = draft_of(kind, house.institution)
    for key, value in said.items():
        setattr(application, key, value)
    begin(application)
    travel(application, house.signed(*moves), now(), slip=slip)


def new_home():
    return villages_of(region(TAIJIANG), NEW_HOME + 1)[NEW_HOME]


def ask_to_move(house, *moves):
    village = new_home()
    address = f"福州市台江区{village.parent.name}{village.name}演示路{house.number + 1}号"
    where = {"target": village, "target_path": village.path, "new_address": address}
    reason = "原址租约到期，另租新址（演示）。"
    apply(house, Kind.MOVE, "submit", "approve", "release", *moves, reason=reason, **where)


def move_to_taijiang(house):
    ask_to_move(house, "receive")


def move_in(house):
    """The first of the month has come: from now on it is reviewed at the new place."""
    bring_into_effect()
    house.settle(new_home(), now().date())


def wait_to_be_received(house):
    ask_to_move(house)


def take_effect(house):
    bring_into_effect()


def ask_for_holidays(house):
    day = {"starts_on": date(2024, 2, 5), "ends_on": date(2024, 2, 25)}
    apply(house, Kind.SUSPEND, "submit", reason="寒假停托，2月26日开园。", **day)


def suspend_for_repairs(house):
    said = {"starts_on": date(2023, 12, 1), "reason": "消防改造，完工日期未定。"}
    apply(house, Kind.SUSPEND, "submit", "approve", "confirm", **said)


def ask_to_reopen(house):
    said = {"starts_on": date(2024, 2, 18), "reason": "消防改造已验收，室内空气检测合格。"}
    apply(house, Kind.REOPEN, "submit", "approve", **said)


def close(house):
    said = {
        "starts_on": date(2023, 11, 30),
        "settlement": "在托婴幼儿均已转至邻近机构，预收费用已退清，从业人员已妥善安置。",
        "reason": "举办者调整经营方向，不再提供托育服务。",
    }
    apply(house, Kind.CLOSE, "submit", "approve", "confirm", **said)


def close_badly(house):
    said = {
        "starts_on": date(2024, 2, 29),
        "settlement": "已通知家长。",
        "reason": "租约到期，不再续租。",
    }
    slip = Made({}, {}, "安置情况不完整；请写明婴幼儿转往哪里、预收费用是否退清。", {}, "")
    apply(house, Kind.CLOSE, "submit", "send_back", slip=slip, **said)


def change_pictures(house):
    application = draft_of(Kind.PICTURES, house.institution)
    begin(application)
    db.session.flush()
    remove_picture(application, application.pictures[0])
    db.session.flush()
    hang(application, "活动室", "户外活动场地", number=house.number + 1)
    travel(application, house.signed("submit"), now())


def correct_attendance(house):
    """One child had left already; it waits at the county."""
    life = house.life
    figures = life.as_if(in_care=life.in_care - 1, left=life.left + 1)
    correct(house, date(2024, 1, 1), figures, "一名婴幼儿1月20日已办理离托，月末误计为在托。")


def correct_training(house):
    """Approved: the corrected version is back with the institution."""
    figures = {"cg_trained_fire": house.life.carers - 1}
    reason = "一名新进保育人员尚未参加消防安全培训，误计入。"
    correct(house, date(2024, 1, 1), figures, reason, "confirm")


def correct_a_closed_month(house):
    """It lies with the province."""
    figures = {"cg_trained_fire": house.life.carers - 2}
    correct(house, date(2023, 11, 1), figures, "两名保育人员的消防安全培训记录无法核实。")


def correct(house, month, figures, reason, *moves):
    own = MonthlyReport.institution_id == house.institution.id, MonthlyReport.month == month
    confirmed = select(MonthlyReport).where(*own, MonthlyReport.state == State.CONFIRMED)
    report = db.session.scalars(confirmed).one()
    application = correction_of(report.id, house.director)
    application.reason = reason
    application.figures = {
        key: [MONTHLY_REPORT[key].typed(value) for value in (getattr(report, key), new)]
        for key, new in figures.items()
        if new != getattr(report, key)
    }
    begin(application)
    add_evidence(application, [register("在册登记（演示）.png")])
    travel(application, house.signed("submit", *moves), now(), A_WHILE)
