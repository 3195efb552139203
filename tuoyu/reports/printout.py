"""托基1表: one month of one institution on one A4 page, filled in or blank.

Nothing may make it two pages: what explanations and steps do not fit are cut, and the sheet says
that the rest is in the system. Lengths belong to static/css/portrait.css.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from tuoyu.clock import now
from tuoyu.dictionaries.lookup import parameter
from tuoyu.indicators.marks import Marks, marks_of
from tuoyu.indicators.readings import Reading
from tuoyu.reports.calendar import Period
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.printed_words import notes, remark_lines, trail_lines
from tuoyu.reports.sheet import CATEGORY
from tuoyu.web.filters import cn_date
from tuoyu.web.lines import breadth, cut
from tuoyu.web.printing import check_code, safe_name
from tuoyu.workflow.receipts import Receipt, newest_receipt
from tuoyu.workflow.states import State

SHEET_NAME = "托基1表"
FIGURES = tuple(section for section in MONTHLY_REPORT.sections if section != CATEGORY)
ACROSS = {State.DRAFT: "草稿", State.RETURNED: "已退回", State.SUPERSEDED: "已更正"}
UNSETTLED = (State.AT_TOWNSHIP, State.AT_COUNTY)
LONG_NAME = 24  # characters from which the name is written small
SIGNED = 6  # characters there are for a name below the table


@dataclass(frozen=True)
class Printout:
    """One sheet, ready to be drawn; `report` is None on a blank one."""

    institution: object
    archive: object
    region_name: str
    period: Period
    marks: Marks
    printed_at: datetime
    printed_by: str
    report: object = None
    receipt: Receipt | None = None

    @property
    def is_blank(self):
        return self.report is None

    @property
    def title(self):
        kind = "年报表" if self.period.month.month == 12 else "月报表"
        return f"托育机构托育服务信息{kind}"

    @property
    def month(self):
        month = self.period.month
        return f"{month.year}年" + ("（12月月报）" if month.month == 12 else f"{month.month}月")

    @property
    def name(self):
        return self.archive.institution_name if self.archive else self.institution.name

    @property
    def has_long_name(self):
        return breadth(self.name) > LONG_NAME

    @property
    def code(self):
        known = self.archive or self.institution
        return known.unified_social_credit_code

    @property
    def category(self):
        return "" if self.is_blank else read(MONTHLY_REPORT, self.report, "institution_category")

    def of_archive(self, key):
        """What the archive beside the month says."""
        return read(self.archive.sheet, self.archive, key) if self.archive else "—"

    def half(self, name):
        """The sections of one panel with what is written in them: (section, [(figure, words)])."""
        for section in FIGURES:
            if section.page == name:
                yield section, [(i, self.figure(i)) for i in section.indicators]

    def figure(self, indicator):
        return "" if self.is_blank else str(Reading(indicator, getattr(self.report, indicator.key)))

    @property
    def across(self):
        return "" if self.is_blank else ACROSS.get(self.report.state, "")

    @property
    def standing(self):
        """Below the title: that it is a correction, and that it is not confirmed yet."""
        if self.is_blank:
            return "（空白表，供手工填写后录入系统）"
        said = [f"更正表（第{self.report.version}版"] if self.report.version > 1 else []
        if self.report.state in UNSETTLED:
            said.append(f"未定案，{self.report.state_label}")
        elif said and self.report.confirmed_at:
            said.append(f"更正日期{cn_date(self.report.confirmed_at)}")
        said = "，".join(said)
        return said + "）" if "（" in said else f"（{said}）" if said else ""

    @property
    def remarks(self):
        return () if self.is_blank else remark_lines(self.report)

    @cached_property
    def trail(self):
        return () if self.is_blank else trail_lines(self.report.steps)

    @property
    def notes(self):
        return notes(self.period, parameter("breakdown_base"))

    @property
    def prepared_by(self):
        """填表人: who handed it in."""
        return cut(self.receipt.step.by_name, SIGNED) if self.receipt else ""

    @property
    def phone(self):
        known = self.archive and not self.is_blank
        return self.of_archive("contact_phone") if known else ""

    @property
    def reported_on(self):
        return cn_date(self.receipt.submitted_at) if self.receipt else "20　　年　月　日"

    @property
    def marks_stand(self):
        return self.marks.stand_on(self.printed_at.date())

    @property
    def check_code(self):
        """That of the receipt, which anybody may ask about; before there is one, over the figures
        as they are."""
        if self.receipt:
            return self.receipt.check_code
        figures = {i.key: self.figure(i) for section in FIGURES for i in section.indicators}
        return check_code([SHEET_NAME, self.code, f"{self.period.month:%Y-%m}", figures])

    @property
    def file_name(self):
        month = f"{self.period.month:%Y年%m月}"
        return safe_name(f"{self.name}_{SHEET_NAME}_{month}{'空白表' * self.is_blank}.pdf")


def read(sheet, record, key):
    return str(Reading(sheet[key], getattr(record, key)))


def printout(report, person):
    """The sheet of a report as this person prints it now."""
    return Printout(
        institution=report.institution,
        archive=report.archive_shown,
        region_name=report.region_name,
        period=report.period,
        report=report,
        receipt=None if report.is_editable else newest_receipt(report),
        **printed(person),
    )


def blank_sheet(institution, archive, period, person):
    """The sheet of a month to be filled in by hand."""
    region = institution.region.full_name
    return Printout(institution, archive, region, period, **printed(person))


def printed(person):
    return {
        "marks": marks_of("sheet.base_number"),
        "printed_at": now(),
        "printed_by": person.display_name,
    }
