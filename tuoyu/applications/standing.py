"""Where an application stands: one sentence, with who is next and until when."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from tuoyu.accounts.models import Role
from tuoyu.applications.kinds import Kind
from tuoyu.applications.models import Application, county_of
from tuoyu.clock import beijing
from tuoyu.extensions import db
from tuoyu.regions.models import Region
from tuoyu.reports.calendar import Period, next_month
from tuoyu.reports.models import MonthlyReport
from tuoyu.web.filters import cn_date, minute
from tuoyu.workflow.facts import township_path
from tuoyu.workflow.states import LABELS, State


class Standing(NamedTuple):
    """`sentence`; `due`: until when the next step should be taken, None where no day is set;
    `report`: the corrected version it has led to."""

    sentence: str
    due: datetime | None = None
    report: MonthlyReport | None = None

    def shown_to(self, person):
        """The same, without the way to a draft for those who may not read it."""
        unread = (
            self.report and self.report.state == State.DRAFT and person.role != Role.INSTITUTION
        )
        return self._replace(report=None) if unread else self


def standings(applications, regions=None):
    """{id: Standing}, in three statements however many they are. `regions`: those above them, where
    they have been looked up."""
    regions = regions or regions_above(applications)
    offices = {path: region.office or region.name for path, region in regions.items()}
    versions, closed = versions_of(applications), closed_by_then(applications)
    return {
        one.id: standing(one, offices, versions.get((one.institution_id, one.month), {}), closed)
        for one in applications
    }


def standing(application, offices, versions, closed):
    if application.state == State.CONFIRMED:
        if application.kind == Kind.CORRECT:
            return corrected(application, versions)
        if application.kind == Kind.REOPEN:
            return Standing(f"已办结：{reopened(application, closed.get(application.id))}")
        return Standing(f"已办结：{OUTCOMES[application.kind](application)}")
    sentence, due = WAYS[application.state](application, offices)
    return Standing(sentence, due)


def with_its_maker(application, offices):
    if application.state == State.RETURNED:
        return "已退回：请按退回原因修改后重新提交，不再需要的可以放弃申请。", None
    return "草稿，还没有提交：请填好后提交审核。", None


def at_township(application, offices):
    office = offices.get(township_path(application), "乡镇（街道）")
    return f"待{office}审核，逾期可由县级代审。", application.township_due


def at_county(application, offices):
    office = offices.get(county_of(application.region_path) + "/", "县（市、区）")
    if application.kind != Kind.CORRECT:
        return f"待{office}{'同意迁出' if application.leaves_county else '确认'}。", None
    if application.province_decides:
        return f"待{office}同意后报省级批准（已关账或属年报）。", None
    return f"待{office}批准，关账后改由省级批准。", application.period.closes_at


def at_receiving(application, offices):
    return f"待{offices.get(county_of(application.target_path) + '/', '迁入地')}接收。", None


def at_province(application, offices):
    return "待福建省卫生健康委员会批准。", None


def given_up(application, offices):
    return "已放弃，不再办理。", None


WAYS = {
    State.DRAFT: with_its_maker,
    State.RETURNED: with_its_maker,
    State.AT_TOWNSHIP: at_township,
    State.AT_COUNTY: at_county,
    State.AT_RECEIVING: at_receiving,
    State.AT_PROVINCE: at_province,
    State.DROPPED: given_up,
}


def moved(application):
    day = next_month(beijing(application.confirmed_at).date())
    return f"{cn_date(day)}起归{application.target.full_name.replace('/', '')}管理。"


def paused(application):
    until = f"至{cn_date(application.ends_on)}" if application.ends_on else "起（未定截止日期）"
    return f"{cn_date(application.starts_on)}{until}停业。"


def closed(application):
    day = application.starts_on
    return (
        f"{cn_date(day)}终止服务，{day.year}年{day.month}月是最后一个月报，年末在托数填 0；"
        "请在国家托育机构备案信息系统注销备案。"
    )


def reopened(application, last_closed):
    """A month that was closed when it was approved stays as it is (rules.reopening_counts_from)."""
    day = application.starts_on
    if last_closed and day < (counts := next_month(last_closed)):
        return f"{cn_date(day)}起恢复收托；以前月份已关账，{cn_date(counts)}起照常逐月上报。"
    return f"{cn_date(day)}起恢复收托，照常逐月上报。"


OUTCOMES = {
    Kind.MOVE: moved,
    Kind.SUSPEND: paused,
    Kind.CLOSE: closed,
    Kind.PICTURES: lambda one: f"新图片已于 {minute(one.confirmed_at)} 换上。",
}


def corrected(application, versions):
    """The correction itself travels as the next version of the month."""
    before = next(v for v in versions.values() if v.id == application.monthly_report_id)
    report = versions.get(before.version + 1)
    name = f"更正第{report.version}版"
    if report.is_editable:
        return Standing(f"已批准：{name}待机构核对并提交审核，原数据继续有效。", None, report)
    if report.confirmed_at:
        return Standing(f"更正完成：{name}已于 {minute(report.confirmed_at)} 确认。", None, report)
    return Standing(f"已批准：{name}{LABELS[report.state]}，原数据继续有效。", None, report)


def regions_above(applications):
    """{path: Region} of every region in which they lie, or to which they lead. The paths are those
    of the applications: one that is settled keeps that of its time."""
    paths = [one.region_path for one in applications]
    paths += [one.target_path for one in applications if one.target_path]
    chains = [path.rstrip("/").split("/") for path in paths]
    wanted = select(Region).where(Region.code.in_({code for chain in chains for code in chain}))
    found = {region.code: region for region in db.session.scalars(wanted)}
    return {
        "/".join(chain[:n]) + "/": found[code]
        for chain in chains
        for n, code in enumerate(chain, 1)
    }


def closed_by_then(applications):
    """{id: the last month that was closed (关账) when the reopening was approved}."""
    reopenings = [one.id for one in applications if one.kind == Kind.REOPEN and one.confirmed_at]
    if not reopenings:
        return {}
    closed = Period.closes_at < Application.confirmed_at
    found = select(Application.id, func.max(Period.month)).join(Period, closed)
    wanted = found.where(Application.id.in_(reopenings)).group_by(Application.id)
    return dict(list(db.session.execute(wanted)))


def versions_of(applications):
    """{(institution, month): {version: report}} of the months that are corrected."""
    corrections = [one for one in applications if one.month]
    if not corrections:
        return {}
    wanted = select(MonthlyReport).where(
        MonthlyReport.institution_id.in_({one.institution_id for one in corrections}),
        MonthlyReport.month.in_({one.month for one in corrections}),
    )
    versions = {}
    for report in db.session.scalars(wanted):
        versions.setdefault((report.institution_id, report.month), {})[report.version] = report
    return versions
