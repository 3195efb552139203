"""审核关系 of the archive: what must hold before it may be submitted.

The other half of the hard rules needs no check: a service form and a registration department are
required figures (HA5), the table of pictures has nine places (HA8), and the database computes the
totals (HA9).
"""

from functools import partial

from tuoyu.archives.doubts import DOUBTS
from tuoyu.archives.norms import NORMS, figures
from tuoyu.archives.sheet import CLASSES, archive
from tuoyu.clock import today
from tuoyu.indicators.checks import AtMost, Rule, Weight
from tuoyu.indicators.kinds import FOUNDING
from tuoyu.indicators.normal import is_credit_code, is_phone
from tuoyu.regions.models import Level

REGION = "region_code"  # no figure of the sheet: it comes with the registration
REGISTRATION = "操作手册 1.2"
PHONES = {
    "legal_representative_phone": "法定代表人联系电话",
    "person_in_charge_phone": "负责人联系方式",
    "contact_phone": "联系人联系方式",
}


def not_a_village(values, context):
    """HA1."""
    level = context["region_level"]
    if level != Level.VILLAGE:
        return f"所属区域必须选择到社区（村）一级，现为第 {int(level)} 级，应为第 5 级"
    return None


def wrong_code(values, context):
    """HA2: 18 characters, the check digit right."""
    code = values.get("unified_social_credit_code")
    if code and not is_credit_code(code):
        return f"机构统一代码 {code} 有 {len(code)} 位，应为 18 位且校验位正确"
    return None


def wrong_phone(key, name, values, context):
    """HA3."""
    phone = values.get(key)
    if phone and not is_phone(phone):
        return f"{name} {phone} 不是 11 位手机号，也不是带区号的固定电话"
    return None


def wrong_founding(values, context):
    """HA4."""
    day = values.get("established_on")
    if day and not FOUNDING <= day <= today():
        return f"机构成立时间 {day} 应在 {FOUNDING} 至 {today()} 之间"
    return None


def without_class(key, name, values, context):
    """HA6, one way: children or places ask for a class."""
    found = figures(values, f"{key}_children", f"{key}_places", f"{key}_classes")
    if found and found[2] == 0 and max(found[:2]) > 0:
        return f"{name}有 {found[0]} 名婴幼儿、{found[1]} 个托位，班级数应至少为 1，现为 0"
    return None


def without_places(key, name, values, context):
    """HA6, the other way: a class asks for places."""
    found = figures(values, f"{key}_classes", f"{key}_places")
    if found and found[0] > 0 and found[1] == 0:
        return f"{name}有 {found[0]} 个班，可提供托位应至少为 1，现为 0"
    return None


def without_fee(key, name, values, context):
    """H02 for a figure that is required only where there are classes."""
    classes = values.get(f"{key}_classes")
    if classes and values.get(f"{key}_fee") is None:
        return f"{name}有 {classes} 个班，收费标准没有填写，不收费的填 0"
    return None


def of_class(check_id, suffixes, say):
    """The rule `say` for each kind of class, blaming its figures with these suffixes."""
    for key, name, _ in CLASSES:
        blames = tuple(f"{key}_{suffix}" for suffix in suffixes)
        rule_id = check_id.format(key)
        yield Rule(rule_id, Weight.HARD, blames, partial(say, key, name))


HARD = (
    Rule("HA1", Weight.HARD, (REGION,), not_a_village, REGISTRATION),
    Rule("HA2", Weight.HARD, ("unified_social_credit_code",), wrong_code, "GB 32100-2015"),
    *(
        Rule(f"HA3_{key}", Weight.HARD, (key,), partial(wrong_phone, key, name))
        for key, name in PHONES.items()
    ),
    Rule("HA4", Weight.HARD, ("established_on",), wrong_founding),
    *of_class("HA6_{}", ("classes", "children", "places"), without_class),
    *of_class("HA6_{}_places", ("places", "classes"), without_places),
    *of_class("H02_{}_fee", ("fee", "classes"), without_fee),
    AtMost("HA7", "places_total", ("inclusive_places",)),
    AtMost("HA7_under2", "mixed_children", ("mixed_children_under2",)),
)
ARCHIVE = archive(checks=(*HARD, *DOUBTS, *NORMS))
