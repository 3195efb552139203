"""核实性审核 S01–S12, S21, S22: the month beside the archive and the standards for institutions.

A norm is never a hard check, or people would type what lets them through. Thresholds are
parameters (`data/parameters.csv`).
"""

from tuoyu.dictionaries.lookup import label, number
from tuoyu.indicators.checks import Rule, Weight
from tuoyu.reports.rules import ceiling, gap, rule

STANDARD = "托育机构设置标准（试行）国卫人口发〔2019〕58号"
HEALTH_RULE = "托儿所幼儿园卫生保健管理办法（原卫生部令第76号）第十二条"
HEALTH_WORK = "托儿所幼儿园卫生保健工作规范（2012）"
HOME_RULE = "家庭托育点管理办法（试行）国卫人口发〔2023〕28号"
KINDERGARTENS = "闽卫人口〔2021〕88号 三（一）"
EVERYBODY_CERTIFIED = "泉卫规〔2024〕2号 任务12"
FILING = "国卫办人口发〔2019〕25号 第五条、第八条"
OWN_SITE = ("INDEP", "CENTER")
CLASSES = (("infant", "乳儿班"), ("junior", "托小班"), ("senior", "托大班"), ("mixed", "混合班"))
DOWNTIME = "寒暑假停托、新开未招生、装修或其他"


@rule("S01", "in_care", beside="archive", source="与机构档案核对", mends="archive")
def children_as_in_the_archive(archive, in_care):
    listed = archive.children_total
    if in_care != listed:
        yield (
            f"年末在托数 {in_care}，比机构档案0-3岁婴幼儿人数 {listed} {gap(in_care, listed)}；"
            "人数有变动的请更新机构档案"
        )


@rule("S02", "in_care", beside="archive", source="与机构档案核对", mends="archive")
def no_more_children_than_places(archive, in_care):
    if in_care > archive.places_total:
        yield (
            f"年末在托数 {in_care} 大于机构可提供托位总数 {archive.places_total}，"
            f"超收 {in_care - archive.places_total} 人"
        )


@rule("S03", beside="archive", source=f"{STANDARD} 第十九条", mends="archive")
def size_of_classes(archive):
    for key, name in CLASSES:
        children, classes = getattr(archive, f"{key}_children"), getattr(archive, f"{key}_classes")
        limit = number(f"S03.{key}")
        if classes and children > limit * classes:
            average = f"平均每班 {children / classes:.1f} 人，超过 {limit} 人"
            yield f"机构档案{name} {classes} 个班 {children} 人，{average}"


@rule("S04", "ft_caregivers", beside="archive", source=f"{STANDARD} 第二十条", mends="archive")
def enough_caregivers(archive, caregivers):
    needed = sum(
        ceiling(getattr(archive, f"{key}_children"), number(f"S04.{key}")) for key, _ in CLASSES
    )
    if caregivers < needed:
        ratios = "、".join(f"{name}1:{number(f'S04.{key}')}" for key, name in CLASSES)
        yield (
            f"全职保育人员数 {caregivers} 小于按班级人数应配的 {needed} 人，"
            f"少 {needed - caregivers} 人（{ratios}）"
        )


@rule("S05", "ft_guards", beside="archive", source=f"{STANDARD} 第二十二条", mends="archive")
def a_guard_on_own_premises(archive, guards):
    nobody = not (guards or archive.security_staff_ft or archive.security_staff_pt)
    if archive.institution_type in OWN_SITE and nobody:
        yield "独立设置的托育机构应当至少有 1 名保安人员在岗，现为 0 人"


@rule("S06", "guards_certified", "ft_guards", source=f"{STANDARD} 第十八条")
def guards_hold_certificates(certified, guards):
    if certified < guards:
        yield f"持证保安人员数 {certified} 小于全职保安人员数 {guards}，少 {guards - certified} 人"


@rule("S07", beside="archive", source=HEALTH_RULE, mends="archive")
def somebody_for_health(archive):
    if not archive.health_staff_ft and not archive.health_staff_pt:
        yield "机构档案专职、兼职卫生保健人员均为 0 人，应至少有 1 人"


@rule("S07", "in_care", beside="archive", source=HEALTH_RULE, mends="archive")
def full_time_health_staff(archive, in_care):
    limit = number("S07.children")
    if in_care > limit and not archive.health_staff_ft and archive.health_staff_pt:
        yield f"年末在托数 {in_care} 超过 {limit} 人，应至少有 1 名专职卫生保健人员，现为 0 人"


@rule("S08", "in_care", beside="archive", source=HEALTH_WORK, mends="archive")
def enough_cooks(archive, in_care):
    share = number("S08.children")
    needed = ceiling(in_care, share)
    if archive.provides_meals and archive.catering_staff < needed:
        yield (
            f"提供膳食，食品供餐人员 {archive.catering_staff} 人，小于按在托 {in_care} 人、"
            f"每 {share} 人配 1 名计算的 {needed} 人（提供三餐一点的按每 50 人配 1 名）"
        )


@rule("S09", "in_care", "ft_caregivers", beside="archive", source=HOME_RULE)
def home_is_small(archive, in_care, caregivers):
    if archive.institution_type != "HOME":
        return
    limit, share = number("S09.children"), number("S09.ratio")
    if in_care > limit:
        yield f"家庭托育点年末在托数 {in_care} 超过 {limit} 人"
    if caregivers < ceiling(in_care, share):
        yield f"家庭托育点在托 {in_care} 人，照护人员 {caregivers} 人，每名看护超过 {share} 人"


@rule("S09", "in_care", beside="archive", source=HOME_RULE, mends="archive")
def home_has_room(archive, in_care):
    area, share = archive.floor_area, number("S09.area")
    if archive.institution_type == "HOME" and area is not None and area < share * in_care:
        each = f"人均 {area / in_care:.2f} ㎡，不足 {share} ㎡"
        yield f"家庭托育点在托 {in_care} 人，建筑面积 {area:.2f} ㎡，{each}"


@rule("S10", "enr_m0_11", "enr_m12_23", beside="archive", weight=Weight.HINT, source=KINDERGARTENS)
def kindergarten_takes_two_year_olds(archive, under_one, under_two):
    if archive.institution_type == "KG" and under_one + under_two:
        yield f"幼儿园托班有 24 月龄以下婴幼儿 {under_one + under_two} 人；幼儿园托班一般招收 2 至 3 岁"


def everybody(key, words):
    """S11: a reminder while fewer than all caregivers have it."""

    @rule("S11", key, "ft_caregivers", weight=Weight.HINT, source=EVERYBODY_CERTIFIED)
    def has_it(number_of, caregivers):
        if number_of < caregivers:
            yield f"{words} {number_of} 人，小于全职保育人员数 {caregivers}"

    return has_it


@rule("S12", "ft_staff", beside="archive", source="与机构档案核对", mends="archive")
def staff_as_in_the_archive(archive, staff):
    if staff > archive.staff_total:
        yield (
            f"全职从业人员数 {staff} 大于机构档案合计工作人员数量 {archive.staff_total}，"
            f"多 {staff - archive.staff_total} 人；人员有变动的请更新机构档案"
        )


@rule("S21", "in_care", beside="archive")
def nobody_there(archive, in_care):
    if in_care == 0 and archive.is_active:
        yield f"年末在托数为 0（零报），请说明原因：{DOWNTIME}"


def papers_in_order(values, context):
    """S22, in the first month of each quarter: what the institution should still arrange."""
    archive = context["archive"]
    if archive is None or context["month"].month % 3 != 1:
        return
    if not archive.is_nationally_filed:
        yield "机构尚未在国家系统备案，请尽快办理备案"
    if not archive.scope_includes_childcare:
        yield "经营范围未包含托育服务，请办理变更登记"
    if archive.hygiene_evaluation != "PASS":
        found = label("D7", archive.hygiene_evaluation or "NONE")
        yield f"卫生评价情况为“{found}”，请尽快取得合格评价"


NORMS = (
    children_as_in_the_archive,
    no_more_children_than_places,
    size_of_classes,
    enough_caregivers,
    a_guard_on_own_premises,
    guards_hold_certificates,
    somebody_for_health,
    full_time_health_staff,
    enough_cooks,
    home_is_small,
    home_has_room,
    kindergarten_takes_two_year_olds,
    everybody("cg_certified", "持有职业资格或技能等级证书的保育人员"),
    everybody("cg_trained_childcare", "接受过婴幼儿照护服务培训的保育人员"),
    everybody("cg_trained_fire", "接受过消防安全培训的保育人员"),
    staff_as_in_the_archive,
    nobody_there,
    Rule("S22", Weight.HINT, (), papers_in_order, FILING, "archive"),
)
