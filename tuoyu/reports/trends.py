"""核实性审核 S13–S20: the month beside the months before it. Thresholds are parameters."""

from decimal import Decimal, InvalidOperation

from tuoyu.dictionaries.lookup import label, number, parameter
from tuoyu.indicators.checks import Rule, Weight
from tuoyu.reports.declarations import Declaration
from tuoyu.reports.hard import SERVICE_FORMS
from tuoyu.reports.rules import gap, rule
from tuoyu.reports.sheet import SECTIONS

FIGURES = tuple(i.key for section in SECTIONS for i in section.indicators if i.code)
LAST_MONTH = "与上月月报核对"
PRICE = "普惠托育收费由县级卫生健康部门与机构协商确定"
# (fee, its name, the parameters of its range, unit)
FEE_RANGES = (
    ("fee_full_day", "全日托", "S17.month_min", "S17.month_max", "元/人/月"),
    ("fee_hourly", "计时托", "S17.hour_min", "S17.hour_max", "元/人/小时"),
)


@rule("S13", "in_care", beside="last", source=LAST_MONTH)
def sudden_change(last, in_care):
    before = last.in_care
    if before is None:
        return
    change = abs(in_care - before)
    if change >= number("S13.children") and 100 * change >= number("S13.share") * before:
        moved = "增加" if in_care > before else "减少"
        yield f"年末在托数 {in_care}，上月 {before}，{moved} {change} 人"


def falling(key, name):
    """S14: what counts from 1 January cannot become less within the year."""

    @rule("S14", key, beside="last", source=LAST_MONTH)
    def has_fallen(last, figure):
        before = getattr(last, key)
        if last.month.month != 12 and before is not None and figure < before:
            yield f"{name} {figure} 小于上月 {before}；该指标从1月1日起累计，不应减少"

    return has_fallen


@rule("S15", "enrolled", beside="last", source=LAST_MONTH)
def january_begins_with_december(last, enrolled):
    if last.month.month == 12 and last.in_care is not None and enrolled < last.in_care:
        yield f"1月入托数 {enrolled} 小于上年末在托数 {last.in_care}；1月应从上年末在托人数起算"


@rule("S16", "in_care", "enrolled", "left_in_year", beside="last", source=LAST_MONTH)
def children_come_and_go(last, in_care, enrolled, left):
    before = (last.in_care, last.enrolled, last.left_in_year)
    if None in before or last.month.month == 12:
        return
    came, went = enrolled - last.enrolled, left - last.left_in_year
    expected = last.in_care + came - went
    if came >= 0 and went >= 0 and in_care != expected:
        yield (
            f"年末在托数 {in_care}，按上月 {last.in_care} 加新入托 {came}、减新离开 {went} 应为 {expected}，"
            f"{gap(in_care, expected)}"
        )


def fee_change(fee, name):
    @rule("S17", fee, beside="last", source=LAST_MONTH)
    def has_changed(last, now):
        before, limit = getattr(last, fee), number("S17.change")
        if before and abs(now - before) * 100 > limit * before:
            yield f"{name}保育费 {now:.2f} 元，上月 {before:.2f} 元，变动超过 {limit}%"

    return has_changed


def fee_range(fee, name, least, most, unit):
    @rule("S17", fee)
    def out_of_range(now):
        low, high = number(least), number(most)
        if now and not low <= now <= high:
            yield f"{name}保育费 {now:.2f} {unit}，不在 {low} 至 {high} 之间，请核对单位"

    return out_of_range


@rule("S18", "incl_in_care", "fee_full_day", source=PRICE)
def inclusive_price(inclusive, fee):
    try:
        guide = Decimal(parameter("S18.price"))
    except InvalidOperation:
        return  # no guidance price was entered
    if inclusive and fee > guide:
        yield f"有普惠托位在托 {inclusive} 人，全日托保育费 {fee:.2f} 元高于普惠指导价 {guide:.2f} 元"


def service_offered(count, _, name, code):
    @rule("S19", count, beside="archive", source="与机构档案核对", mends="archive")
    def is_offered(archive, children):
        offered = archive.service_modes or ()
        if children and code not in offered:
            listed = "、".join(label("D6", mode) for mode in offered)
            yield f"有{name} {children} 人，但机构档案的服务形式为{listed}，没有{name}"

    return is_offered


@rule("S19", "enr_m0_11", beside="archive", source="与机构档案核对", mends="archive")
def places_for_infants(archive, infants):
    if infants and not archive.infant_places and not archive.mixed_places:
        yield f"有 0-11 月龄 {infants} 人，但机构档案乳儿班托位 0 个、混合班托位 0 个"


def unchanged(values, context):
    """S20: so many months in a row with every figure the same, or declared to be."""
    months = int(number("S20.months"))
    before = context["months_before"][: months - 1]
    same = [values.get(key) for key in FIGURES]
    if all_declared_unchanged([context["declaration"], *map(declaration_of, before)], months):
        return f"连续 {months} 个月申报本月无变动，请核实人员、人数、收费是否确无变化"
    if None in same or len(before) < months - 1 or None in before:
        return None
    if all(same == [getattr(report, key) for key in FIGURES] for report in before):
        return f"连续 {months} 个月各项指标完全相同，请核实月龄、人数等是否确无变化"
    return None


def all_declared_unchanged(declarations, months):
    return declarations == [Declaration.NO_CHANGE] * months


def declaration_of(report):
    return report.declaration if report else None


TRENDS = (
    sudden_change,
    falling("enrolled", "入托数"),
    falling("left_in_year", "本年内已离开数"),
    january_begins_with_december,
    children_come_and_go,
    *(fee_change(fee, name) for _, fee, name, _ in SERVICE_FORMS),
    *(fee_range(*wanted) for wanted in FEE_RANGES),
    inclusive_price,
    *(service_offered(*form) for form in SERVICE_FORMS),
    places_for_infants,
    Rule("S20", Weight.SOFT, (), unchanged),
)
