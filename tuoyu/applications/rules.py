"""What must hold of an application before it may be handed in: (field, sentence) for each fault.

Sources: 闽卫人口函〔2023〕1310号 manual 1.2 (a region is chosen down to the village) and 4.3; a closed
institution hands in its last month with nobody left in care.
"""

from sqlalchemy import select

from tuoyu.applications.kinds import Kind
from tuoyu.applications.pictures import what_it_shows
from tuoyu.archives.models import in_force
from tuoyu.clock import today
from tuoyu.extensions import db
from tuoyu.institutions.chronicle import pause_between, pause_of
from tuoyu.reports.calendar import first_not_closed, first_of
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import FINAL, State

FARTHEST = 366  # days ahead that a date may lie


def faults_of(application):
    """Everything wrong, in the order of the form."""
    return [fault for find in RULES[application.kind] for fault in find(application)]


def wants_reason(application):
    if not application.reason:
        yield "reason", "请填写申请原因"


def leads_elsewhere(application):
    if application.target_code is None:
        yield "region_code", "请选择迁入的社区（村），必须选择到社区（村）一级"
    elif application.target_code == application.institution.region_code:
        yield "region_code", "迁入区域与现在的所属区域相同"
    if not application.new_address:
        yield "new_address", "请填写迁入后的详细地址"


def is_registered(application):
    """Only what is in force can move, pause or close."""
    if in_force(application.institution_id) is None:
        yield None, "机构档案还没有审核通过，暂不能申请；档案未通过前可直接修改档案"


def has_dates(application):
    starts, ends = application.starts_on, application.ends_on
    if starts is None:
        yield "starts_on", f"请填写{NAMES[application.kind]}"
    elif (starts - today()).days > FARTHEST:
        yield "starts_on", f"{NAMES[application.kind]}不能晚于一年以后"
    if starts and ends and ends < starts:
        yield "ends_on", "截止日期不能早于开始日期"


NAMES = {Kind.SUSPEND: "停业开始日期", Kind.REOPEN: "恢复日期", Kind.CLOSE: "终止日期"}


def agrees_with_the_months(application):
    """No month that was handed in says that children were cared for while the door was shut. One
    that came back stands in nobody's way: it stays due, and is mended and handed in again."""
    if application.starts_on is None:
        return
    for report in handed_in_from(application):
        if contradicts(application, report):
            shown, settled = report.month, report.state == State.CONFIRMED
            said, instead = ("确认", "申请更正") if settled else ("提交", "撤回修改")
            yield (
                "starts_on",
                f"{shown.year}年{shown.month}月月报已{said}，年末在托数为 {report.in_care} 人，"
                f"与所填日期不符；请改为以后的日期，或先对该月报{instead}",
            )
            return


def handed_in_from(application):
    """The months handed in, from the one in which the date lies."""
    handed_in = select(MonthlyReport).where(
        MonthlyReport.institution_id == application.institution_id,
        MonthlyReport.month >= application.starts_on.replace(day=1),
        MonthlyReport.state.in_((State.AT_TOWNSHIP, State.AT_COUNTY, State.CONFIRMED)),
    )
    return db.session.scalars(handed_in.order_by(MonthlyReport.month, MonthlyReport.version))


def contradicts(application, report):
    """A closing: any later month, and children left in its own. A pause: children in care at the
    end of a month that lies in it."""
    last_day = first_of(report.month, 1).toordinal() - 1
    if application.kind == Kind.CLOSE:
        return report.month > application.starts_on or report.in_care > 0
    paused_at_the_end = application.ends_on is None or last_day <= application.ends_on.toordinal()
    return paused_at_the_end and report.in_care > 0


def is_paused(application):
    day, institution = application.starts_on, application.institution
    if day and pause_of(institution, day) is None:
        yield "starts_on", "本机构在这一天没有停业，无需申请恢复"
    elif day and pause_of(institution, reopening_counts_from(day)) is None:
        yield "starts_on", "这次停业的月份都已关账，不再变动，无需申请恢复"


def reopening_counts_from(day):
    """A month that is closed stays as it was reported and signed."""
    return max(day, first_not_closed())


def is_not_paused(application):
    first, last = application.starts_on, application.ends_on
    if first and (pause := pause_between(application.institution, first, last)):
        until = f"至 {pause.until}" if pause.until else "起"
        yield "starts_on", f"这段时间已在停业期内（{pause.effective_on} {until}）"


def says_where_children_went(application):
    if not application.settlement:
        yield "settlement", "请填写婴幼儿、从业人员的安置情况"


def changes_something(application):
    if not application.figures:
        yield "figures", "请在要更正的项目后填写更正后的数"


def holds_together(application):
    """The month as it would be must hold, so that the institution can hand it in."""
    if application.figures:
        corrected = application.report.next_version(application.corrected)
        for complaint in corrected.faults().values():
            yield next(iter(complaint.blames), "figures"), complaint.message


def is_not_under_way(application):
    newer = select(MonthlyReport.id).where(
        MonthlyReport.institution_id == application.institution_id,
        MonthlyReport.month == application.month,
        MonthlyReport.state.not_in(FINAL),
    )
    if db.session.scalar(newer.limit(1)):
        yield "figures", "本月的更正版正在办理，请先办完"
    elif application.report.state != State.CONFIRMED:
        yield "figures", "这个月报已有新的更正版，请放弃本申请，在新版上重新申请"


def has_evidence(application):
    if not application.evidence:
        yield "evidence", "请上传修改依据，如在册登记、收费台账的照片或 PDF"


def differs_from_the_archive(application):
    archive = in_force(application.institution_id)
    if archive is None:
        yield "pictures", "机构档案还没有审核通过，请直接在档案中修改图片"
    elif what_it_shows(application) == what_it_shows(archive):
        yield "pictures", "图片与生效档案相同，没有更换"


RULES = {
    Kind.MOVE: (is_registered, leads_elsewhere, wants_reason),
    Kind.SUSPEND: (is_registered, has_dates, is_not_paused, agrees_with_the_months, wants_reason),
    Kind.REOPEN: (has_dates, is_paused, wants_reason),
    Kind.CLOSE: (
        is_registered,
        has_dates,
        agrees_with_the_months,
        says_where_children_went,
        wants_reason,
    ),
    Kind.CORRECT: (
        is_not_under_way,
        changes_something,
        holds_together,
        wants_reason,
        has_evidence,
    ),
    Kind.PICTURES: (differs_from_the_archive,),
}
