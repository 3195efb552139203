"""What is unusual in an archive and wants a word of explanation (SA1–SA3, SA5–SA8)."""

import re

from tuoyu.archives.norms import figures, whole
from tuoyu.clock import today
from tuoyu.indicators.checks import Rule, Weight
from tuoyu.indicators.normal import half_width
from tuoyu.regions.outlines import county_around

FILING = "国卫办人口发〔2019〕25号 托育机构登记和备案办法（试行）第四条"
CODES = "GB 32100-2015"
LEASES = "国卫人口发〔2019〕58号 托育机构设置标准（试行）第十一条"
BUILDING = "WS/T 821—2023"

DEPARTMENT_OF_PREFIX = {"12": "JGBZ", "52": "MZ", "91": "SCJG", "92": "SCJG"}
FOREIGN_DEPARTMENTS = {
    "PI": ("MZ", "SCJG"),
    "NPO": ("JGBZ", "SCJG"),
    "FP": ("JGBZ", "MZ"),
}
CHINESE_DIGITS = {ord(c): str(n) for n, c in enumerate("零一二三四五六七八九")}
UNDERGROUND = r"地下|负|[Bb][0-9]|(^|[^0-9层楼Ff])\s*-\s*[0-9]"


def listed(codes, context):
    return "、".join(context["label"]("D5", code) for code in codes)


def another_department(values, context):
    """SA1: the credit code was issued for another department's registrations."""
    code, departments = (
        values.get("unified_social_credit_code"),
        values.get("registration_departments"),
    )
    wanted = DEPARTMENT_OF_PREFIX.get((code or "")[:2])
    if departments and wanted and wanted not in departments:
        return (
            f"机构统一代码以 {code[:2]} 开头，登记部门一般是{listed([wanted], context)}，"
            f"现填{listed(departments, context)}"
        )
    return None


def shared_code(values, context):
    """SA2: other institutions in force carry the same code; branches may, the county decides."""
    if context["sharing_code"]:
        return (
            f"机构统一代码 {values['unified_social_credit_code']} 已有另外 "
            f"{context['sharing_code']} 家机构在用，属于分支机构的请说明"
        )
    return None


def outside_fujian(values, context):
    """SA3: the point on the map lies outside the province, or outside its county."""
    point = figures(values, "longitude", "latitude")
    if not point:
        return None
    west, east, south, north = (
        context["number"](f"SA3.{edge}") for edge in ("lng_min", "lng_max", "lat_min", "lat_max")
    )
    if west <= point[0] <= east and south <= point[1] <= north:
        county = county_around(context.get("village_code", ""))
        if county is None or county.contains(*point):
            return None
        return f"经度 {point[0]}、纬度 {point[1]} 不在{county.name}范围内，请在地图上核对"
    return (
        f"经度 {point[0]}、纬度 {point[1]} 不在福建省范围内"
        f"（经度 {whole(west)}—{whole(east)}，纬度 {whole(south)}—{whole(north)}）"
    )


def short_lease(values, context):
    """SA5: the lease ends within three years."""
    until, years = values.get("lease_until"), int(context["number"]("SA5.lease_years"))
    wanted = in_years(today(), years)
    if until and until < wanted:
        return f"租赁期至 {until}，距今不足 {years} 年（{wanted}）"
    return None


def in_years(day, years):
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def too_high(values, context):
    """SA6: the children's rooms lie underground, half underground or above the third floor."""
    floors = half_width(values.get("living_floors") or "")
    if not floors:
        return None
    if re.search(UNDERGROUND, floors):
        return f"婴幼儿生活用房所在楼层为“{floors}”，不得设在地下室或半地下室"
    limit = int(context["number"]("SA6.floor"))
    highest = highest_floor(floors)
    if highest > limit:
        return f"婴幼儿生活用房所在楼层为“{floors}”，最高 {highest} 层，超过 {limit} 层"
    return None


def highest_floor(floors):
    """四层 and 4F are 4, 1-2 is 2, 十一层 is 11; 0 where no number is written."""
    digits = re.sub("(?<=[一二三四五六七八九])十(?=[一二三四五六七八九])", "", floors)
    digits = re.sub("(?<![一二三四五六七八九])十(?=[一二三四五六七八九])", "1", digits)
    digits = re.sub("(?<=[一二三四五六七八九])十", "0", digits).replace("十", "10")
    numbers = re.findall(r"[0-9]{1,4}", digits.translate(CHINESE_DIGITS))
    return max(map(int, numbers), default=0)


def foreign_department(values, context):
    """SA7: the nature of the institution and the departments do not go together."""
    nature, departments = values.get("legal_nature"), values.get("registration_departments")
    foreign = FOREIGN_DEPARTMENTS.get(nature, ())
    odd = [code for code in departments or () if code in foreign]
    if odd:
        return (
            f"机构性质为{context['label']('D4', nature)}，登记部门填了{listed(odd, context)}，"
            "二者一般不同时出现"
        )
    return None


def name_without_childcare(values, context):
    """SA8: for information only, as the name may but need not say so."""
    name = values.get("institution_name")
    return f"机构名称“{name}”中没有“托育”字样" if name and "托育" not in name else None


CODE, DEPARTMENTS = "unified_social_credit_code", "registration_departments"
DOUBTS = (
    Rule("SA1", Weight.SOFT, (DEPARTMENTS, CODE), another_department, CODES),
    Rule("SA2", Weight.SOFT, (CODE,), shared_code),
    Rule("SA3", Weight.SOFT, ("longitude", "latitude"), outside_fujian),
    Rule("SA5", Weight.SOFT, ("lease_until",), short_lease, LEASES),
    Rule("SA6", Weight.SOFT, ("living_floors",), too_high, BUILDING),
    Rule("SA7", Weight.SOFT, (DEPARTMENTS, "legal_nature"), foreign_department, FILING),
    Rule("SA8", Weight.HINT, ("institution_name",), name_without_childcare, FILING),
)
