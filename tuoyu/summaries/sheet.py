"""托汇1表: what stands in its 22 columns, and what one filled-in sheet is made of.

Knows no database and no page: screen, PDF and workbook are all drawn from here.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from tuoyu.indicators.marks import Marks
from tuoyu.summaries.paging import MOST_LINES, NAME_WIDTH
from tuoyu.summaries.supplement import Supplement
from tuoyu.summaries.wording import months_head, notes_on
from tuoyu.web.lines import wrapped

SHEET_NAME = "托汇1表"


class Kind(StrEnum):
    COUNT = "count"
    WORD = "word"


@dataclass(frozen=True)
class Column:
    """One numbered column: the head, line by line (at most four characters each), and its key."""

    number: int
    key: str
    head: tuple[str, ...]
    kind: Kind = Kind.COUNT


@dataclass(frozen=True)
class Group:
    """Columns under a common head; `reported` when they come from the monthly reports."""

    head: tuple[str, ...]
    columns: tuple[Column, ...]
    reported: bool = True


AREAS = Group(
    ("机构数",),
    (
        Column(1, "institutions", ("合计",)),
        Column(2, "filed", ("已备案",)),
        Column(3, "confirmed", ("已确认",)),
    ),
    reported=False,
)
INSTITUTIONS = Group(
    ("机构情况",),
    (
        Column(1, "institutions", ("机构", "类型"), Kind.WORD),
        Column(2, "filed", ("是否", "备案"), Kind.WORD),
        Column(3, "confirmed", ("状态",), Kind.WORD),
    ),
    reported=False,
)
FIGURES = (
    Group(
        ("托位数",),
        (
            Column(4, "places_total", ("可提供",)),
            Column(5, "places_remaining_total", ("剩余",)),
        ),
        reported=False,
    ),
    Group(
        ("3岁以下婴幼儿", "入托数"),
        (
            Column(6, "enrolled", ("入托数",)),
            Column(7, "in_care", ("年末", "在托")),
            Column(8, "left_in_year", ("本年内", "已离开")),
        ),
    ),
    Group(
        ("其中：普惠托位", "婴幼儿入托数"),
        (
            Column(9, "incl_enrolled", ("入托数",)),
            Column(10, "incl_in_care", ("年末", "在托")),
            Column(11, "incl_left_in_year", ("本年内", "已离开")),
        ),
    ),
    Group(
        ("入托婴幼儿中",),
        (
            Column(12, "enr_male", ("男",)),
            Column(13, "enr_female", ("女",)),
            Column(14, "enr_m0_11", ("0-11", "月龄")),
            Column(15, "enr_m12_23", ("12-23", "月龄")),
            Column(16, "enr_m24_35", ("24-35", "月龄")),
            Column(17, "enr_full_day", ("全日", "托")),
            Column(18, "enr_half_day", ("半日", "托")),
            Column(19, "enr_hourly", ("计时", "托")),
            Column(20, "enr_temporary", ("临时", "托")),
            Column(21, "enr_local_hukou", ("本县", "户籍")),
            Column(22, "enr_nonlocal_hukou", ("外县", "户籍")),
        ),
    ),
)
PLACES = tuple(c.key for g in FIGURES if not g.reported for c in g.columns)
REPORTED = tuple(c.key for g in FIGURES if g.reported for c in g.columns)


@dataclass(frozen=True)
class Row:
    """An area or an institution. `instead` is what stands across the reported columns when there
    are no figures to show; `region_code` leads to the area's own sheet."""

    name: str
    code: str
    figures: dict
    region_code: str | None = None
    starred: bool = False
    instead: str = ""

    @property
    def lines(self):
        """The name as it is broken into lines in column 甲."""
        return wrapped(self.name + ("*" if self.starred else ""), NAME_WIDTH, MOST_LINES)

    @property
    def digits(self):
        return max((len(str(n)) for n in self.figures.values() if isinstance(n, int)), default=1)


@dataclass(frozen=True)
class SheetData:
    """One filled-in 托汇1表, ready to be drawn."""

    region_code: str
    region_name: str
    office: str
    month: date
    rows: tuple[Row, ...]
    total: Row
    of_institutions: bool = False
    marks: Marks = field(default_factory=Marks)
    supplement: Supplement = field(default_factory=Supplement)
    unconfirmed: int = 0
    breakdown_base: str = "enrolled"
    printed_at: datetime | None = None
    printed_by: str = ""
    prepared_by: str = ""
    phone: str = ""
    version: int = 1
    check_code: str = ""

    @property
    def every_row(self):
        """The total first, then the rows."""
        return (self.total, *self.rows)

    @cached_property
    def digits(self):
        """How many digits the longest figure below the total has: they are written in one size."""
        return max((row.digits for row in self.rows), default=1)

    def digits_of(self, row):
        return row.digits if row is self.total else self.digits

    @property
    def groups(self):
        return (INSTITUTIONS if self.of_institutions else AREAS, *FIGURES)

    @property
    def columns(self):
        return tuple(column for group in self.groups for column in group.columns)

    @property
    def reported(self):
        """The columns that come from the monthly reports."""
        return tuple(c for group in self.groups if group.reported for c in group.columns)

    @property
    def marks_stand(self):
        return self.marks.stand_on(self.printed_at.date() if self.printed_at else self.month)

    @property
    def title(self):
        return "托育服务托位与婴幼儿入托情况月度汇总表"

    @property
    def period(self):
        return months_head(self.month)

    @property
    def notes(self):
        return notes_on(self)
