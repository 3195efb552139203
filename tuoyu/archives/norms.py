"""Norms of the state applied to the archive (SA4): class size, staffing, health, meals, homes.

Each rule takes the figures and a context whose "number" gives a threshold of the dictionaries.
"""

from functools import partial
from math import ceil

from tuoyu.archives.sheet import CLASSES
from tuoyu.indicators.checks import Rule, Weight

STANDARD = "国卫人口发〔2019〕58号 托育机构设置标准（试行）"
HEALTH = "托儿所幼儿园卫生保健管理办法（卫生部 教育部令第76号）第十二条"
MEALS = "托儿所幼儿园卫生保健工作规范（2012）"
HOMES = "家庭托育点管理办法（试行）"
CAREGIVERS = ("infant_care_workers", "childcare_workers")
CHILDREN = tuple(f"{key}_children" for key, _, _ in CLASSES)


def figures(values, *keys):
    """The values of these keys; None when one of them is still blank."""
    found = [values.get(key) for key in keys]
    return None if None in found else found


def whole(number):
    """A threshold as it is said: 10, not 10.0."""
    return f"{number.normalize():f}"


def crowded(key, name, values, context):
    """S03: the average class is larger than the standard allows (第十九条)."""
    limit = context["number"](f"S03.{key}")
    found = figures(values, f"{key}_children", f"{key}_classes")
    if found and found[1] and found[0] > limit * found[1]:
        children, classes = found
        return (
            f"{name} {children} 人、{classes} 个班，平均每班 {children / classes:.1f} 人，"
            f"超过每班 {whole(limit)} 人"
        )
    return None


def caregivers_needed(values, number):
    """How many caregivers the children of the four classes need at least (第二十条)."""
    return sum(
        ceil((values.get(f"{key}_children") or 0) / number(f"S04.{key}")) for key, _, _ in CLASSES
    )


def understaffed(values, context):
    """S04: fewer caregivers than the children of each class need."""
    found = figures(values, *CAREGIVERS, *CHILDREN)
    needed = caregivers_needed(values, context["number"])
    if found and sum(found[:2]) < needed:
        return (
            f"育婴员 {found[0]} 人、保育员 {found[1]} 人，共 {sum(found[:2])} 人；"
            f"按各班人数和比例至少需要 {needed} 人"
        )
    return None


def without_health_staff(values, context):
    """S07: nobody for health, or no full-time one for many children."""
    found = figures(values, "health_staff_ft", "health_staff_pt", *CHILDREN)
    if not found:
        return None
    full_time, part_time, children = found[0], found[1], sum(found[2:])
    limit = context["number"]("S07.children")
    if full_time + part_time == 0:
        return f"有 {children} 名婴幼儿，专职和兼职卫生保健人员共 0 人"
    if children > limit and full_time == 0:
        return f"有 {children} 名婴幼儿，超过 {whole(limit)} 人，专职卫生保健人员为 0 人"
    return None


def too_few_cooks(values, context):
    """S08: meals are served by fewer people than the children need."""
    found = figures(values, "provides_meals", "catering_staff", *CHILDREN)
    if not found or not found[0]:
        return None
    children, cooks = sum(found[2:]), found[1]
    needed = ceil(children / context["number"]("S08.children"))
    if cooks < needed:
        return f"提供膳食，{children} 名婴幼儿至少需要供餐人员 {needed} 人，现有 {cooks} 人"
    return None


def crowded_home(values, context):
    """S09: a home takes in too many children, has too few caregivers or too little room for them."""
    found = figures(values, *CAREGIVERS, *CHILDREN)
    if values.get("institution_type") != "HOME" or not found:
        return
    caregivers, children = sum(found[:2]), sum(found[2:])
    most = context["number"]("S09.children")
    ratio = context["number"]("S09.ratio")
    if children > most:
        yield f"家庭托育点收托 {children} 人，超过 {whole(most)} 人"
    if caregivers < ceil(children / ratio):
        yield (
            f"家庭托育点收托 {children} 人，育婴员、保育员共 {caregivers} 人，"
            f"每人看护不得超过 {whole(ratio)} 人"
        )
    area, least = values.get("floor_area"), context["number"]("S09.area")
    if area is not None and area < least * children:
        yield (
            f"家庭托育点收托 {children} 人，建筑面积 {area:.2f} ㎡，"
            f"人均 {area / children:.2f} ㎡，不足 {whole(least)} ㎡"
        )


NORMS = (
    *(
        Rule(
            f"SA4_S03_{key}",
            Weight.SOFT,
            (f"{key}_children", f"{key}_classes"),
            partial(crowded, key, name),
            f"{STANDARD} 第十九条",
        )
        for key, name, _ in CLASSES
    ),
    Rule("SA4_S04", Weight.SOFT, (*CAREGIVERS, *CHILDREN), understaffed, f"{STANDARD} 第二十条"),
    Rule(
        "SA4_S07",
        Weight.SOFT,
        ("health_staff_ft", "health_staff_pt", *CHILDREN),
        without_health_staff,
        HEALTH,
    ),
    Rule("SA4_S08", Weight.SOFT, ("catering_staff", *CHILDREN), too_few_cooks, MEALS),
    Rule("SA4_S09", Weight.SOFT, (*CHILDREN, *CAREGIVERS), crowded_home, HOMES),
)
