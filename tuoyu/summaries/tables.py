"""托汇1表 filled in: from the live tables to SheetData, at most eight statements whatever the
number of rows (闽卫人口函〔2023〕1310号 四: townships and counties confirm, everybody sums up)."""

from collections import Counter
from fractions import Fraction

from sqlalchemy import and_, or_, select

from tuoyu.dictionaries.lookup import parameter, short_label
from tuoyu.extensions import db
from tuoyu.indicators.marks import marks_of
from tuoyu.regions.models import Level, Region
from tuoyu.reports.calendar import period_of
from tuoyu.summaries.counting import closed_in, each_institution, sums_by_area
from tuoyu.summaries.population import population_of
from tuoyu.summaries.sheet import PLACES, REPORTED, Row, SheetData
from tuoyu.summaries.supplement import Supplement
from tuoyu.workflow.states import State

SETTLED = (State.CONFIRMED,)
UNSETTLED = (State.CONFIRMED, State.AT_COUNTY)
NOT_REPORTED = "未报"
STANDING = {
    State.CONFIRMED: "已确认",
    State.AT_COUNTY: "待确认",
    State.AT_TOWNSHIP: "待审核",
    State.RETURNED: "已退回",
}
COUNTS = ("institutions", "filed", "confirmed")
KEYS = (*COUNTS, *PLACES, *REPORTED)


def sheet_of(region, month, include_unconfirmed=False):
    """托汇1表 of a region: a row for each area right below it, for a township one for each
    institution. Only confirmed reports count, unless those waiting at the county are asked for.
    """
    counted = UNSETTLED if include_unconfirmed else SETTLED
    period = period_of(month)
    of_institutions = region.level == Level.TOWNSHIP
    depth = region.depth if of_institutions else region.depth + 1
    sums = sums_by_area(region, period, counted, depth)
    whole = sum((Counter(area) for area in sums.values()), Counter())
    return SheetData(
        region_code=region.code,
        region_name=title_of(region),
        office=region.office or region.name,
        month=month,
        rows=tuple(
            institutions(region, period, counted) if of_institutions else areas(region, sums)
        ),
        total=total_of(whole, of_institutions),
        of_institutions=of_institutions,
        marks=marks_of("sheet.number"),
        supplement=supplement(region, month, whole),
        unconfirmed=whole["unconfirmed"],
        breakdown_base=parameter("breakdown_base"),
        version=1 + whole["corrections"],
    )


def title_of(region):
    """Townships with their county: many share a name."""
    return region.parent.name + region.name if region.level == Level.TOWNSHIP else region.name


def areas(region, sums):
    """A row for each area below the region, those without institutions included."""
    nothing = Counter()
    for number, area in enumerate(areas_below(region, sums), start=1):
        counts = sums.get(area.code, nothing)
        due = counts["institutions"]
        yield Row(
            name=area.name,
            code=f"{number:02}",
            figures={key: counts[key] for key in KEYS},
            region_code=area.code if area.parent_code == region.code else None,
            starred=counts["confirmed"] < due,
            instead=f"（{NOT_REPORTED}）" if due and counts["missing"] == due else "",
        )


def areas_below(region, codes):
    children = and_(Region.parent_code == region.code, Region.can_report)
    found = select(Region).where(or_(children, Region.code.in_(list(codes))))
    return db.session.scalars(found.order_by(Region.code))


def institutions(region, period, counted):
    """A row for each institution due in the township."""
    for number, paper in enumerate(each_institution(region, period), start=1):
        standing = STANDING.get(paper["state"], NOT_REPORTED)
        counts = paper["state"] in counted
        yield Row(
            name=paper["name"],
            code=f"{number:02}",
            figures={
                "institutions": short_label("D1", paper["institution_type"])[:4],
                "filed": "是" if paper["is_nationally_filed"] else "否",
                "confirmed": standing,
                **{key: paper[key] for key in (PLACES + REPORTED if counts else PLACES)},
            },
            instead="" if counts else f"（{standing}）",
        )


def total_of(whole, of_institutions):
    figures = {key: whole[key] for key in KEYS}
    if of_institutions:
        figures |= {key: f"{whole[key]}家" for key in COUNTS}
    return Row("合计", "00", figures)


def supplement(region, month, whole):
    """补充资料. How many children live there is not known, so 入托率 is not either."""
    return Supplement(
        due=whole["institutions"],
        **{key: whole[key] for key in Supplement.SUMMED},
        places_per_thousand=ratio(whole["places_total"] * 1000, population_of(region.code)),
        usage_rate=ratio(whole["in_care"], whole["places_total"]),
        closed=closed_in(region, month),
    )


def ratio(part, whole):
    """An exact ratio of sums; None when the denominator is unknown or 0."""
    return Fraction(part, whole) if whole else None
