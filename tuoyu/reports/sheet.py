"""网络直报月报: the 37 figures of the monthly report, in the order of the manual (4.1)."""

from typing import NamedTuple

from tuoyu.indicators.kinds import Count, Money
from tuoyu.indicators.options import Choice
from tuoyu.indicators.sheet import Section, Sheet
from tuoyu.reports.definitions import DEFINITIONS

# The two halves of the paper, side by side where there is room.
STAFF_HALF, CHILDREN_HALF = "staff", "children"


class Zeros(NamedTuple):
    """Figures that may all be 0, and are filled in at one stroke; the button stands at `section`."""

    name: str
    section: str
    label: str
    keys: tuple[str, ...]


def counts(*figures):
    """Counts of persons from (code, key, label, indent[, name in a sentence])."""
    return tuple(
        Count(key, label, "人", code=code, indent=indent, hint=DEFINITIONS[key], name="".join(name))
        for code, key, label, indent, *name in figures
    )


def fee(code, key, label, unit):
    return Money(key, label, unit, code=code, hint=DEFINITIONS[key], name=f"{label}保育费")


STAFF = Section(
    "从业人员",
    counts(
        ("01", "ft_staff", "全职从业人员数", 0),
        ("02", "ft_caregivers", "其中：保育人员数", 1, "全职保育人员数"),
        ("03", "ft_guards", "保安人员数", 2, "全职保安人员数"),
    ),
    STAFF_HALF,
)
CAREGIVERS = Section(
    "全职保育人员情况",
    counts(
        ("04", "cg_age_16_20", "16-20岁", 0, "16-20岁保育人员数"),
        ("05", "cg_age_21_25", "21-25岁", 0, "21-25岁保育人员数"),
        ("06", "cg_age_26_35", "26-35岁", 0, "26-35岁保育人员数"),
        ("07", "cg_age_36_50", "36-50岁", 0, "36-50岁保育人员数"),
        ("08", "cg_age_51_plus", "51岁以上", 0, "51岁以上保育人员数"),
        ("09", "cg_edu_junior_or_below", "初中及以下", 0, "初中及以下保育人员数"),
        ("10", "cg_edu_senior_secondary", "高中/中专", 0, "高中/中专保育人员数"),
        ("11", "cg_edu_college", "大专", 0, "大专保育人员数"),
        ("12", "cg_edu_bachelor_or_above", "本科及以上学历", 0, "本科及以上保育人员数"),
        (
            "13",
            "cg_trained_childcare",
            "接受过婴幼儿照护服务培训人数",
            0,
            "接受过照护服务培训的保育人员数",
        ),
        ("14", "cg_trained_fire", "接受过消防安全培训人数", 0, "接受过消防安全培训的保育人员数"),
        (
            "15",
            "cg_certified",
            "持有保育师/员、育婴员职业资格证书或职业技能等级证书人数",
            0,
            "持证保育人员数",
        ),
    ),
    STAFF_HALF,
)
GUARDS = Section(
    "全职保安人员情况",
    counts(
        ("16", "guards_certified", "持有保安员证人数", 0, "持证保安人员数"),
    ),
    STAFF_HALF,
)
ENROLMENT = Section(
    "婴幼儿入托情况",
    counts(
        ("17", "enrolled", "3岁以下婴幼儿入托数", 0, "入托数"),
        ("18", "in_care", "其中：年末在托数（月报填本月末）", 1, "年末在托数"),
        ("19", "left_in_year", "本年内已离开数", 2, "本年内已离开数"),
        ("20", "incl_enrolled", "普惠托位3岁以下婴幼儿入托数", 0, "普惠托位入托数"),
        ("21", "incl_in_care", "其中：年末在托数（月报填本月末）", 1, "普惠托位年末在托数"),
        ("22", "incl_left_in_year", "本年内已离开数", 2, "普惠托位本年内已离开数"),
    ),
    CHILDREN_HALF,
)
BREAKDOWN = Section(
    "入托婴幼儿中",
    counts(
        ("23", "enr_male", "男", 0, "入托男童数"),
        ("24", "enr_female", "女", 0, "入托女童数"),
        ("25", "enr_m0_11", "0-11月龄", 0, "0-11月龄入托数"),
        ("26", "enr_m12_23", "12-23月龄", 0, "12-23月龄入托数"),
        ("27", "enr_m24_35", "24-35月龄", 0, "24-35月龄入托数"),
        ("28", "enr_full_day", "全日托", 0, "全日托人数"),
        ("29", "enr_half_day", "半日托", 0, "半日托人数"),
        ("30", "enr_hourly", "计时托", 0, "计时托人数"),
        ("31", "enr_temporary", "临时托", 0, "临时托人数"),
        ("32", "enr_local_hukou", "本县(区)户籍", 0, "本县(区)户籍入托数"),
        ("33", "enr_nonlocal_hukou", "外县(区)户籍", 0, "外县(区)户籍入托数"),
    ),
    CHILDREN_HALF,
)
FEES = Section(
    "保育费用",
    (
        fee("34", "fee_full_day", "全日托", "元/人/月"),
        fee("35", "fee_half_day", "半日托", "元/人/月"),
        fee("36", "fee_hourly", "计时托", "元/人/小时"),
        fee("37", "fee_temporary", "临时托", "元/人/小时"),
    ),
    CHILDREN_HALF,
)
CATEGORY = Section(
    "机构基本情况",
    (
        Choice(
            "institution_category",
            "机构分类",
            dictionary="D10",
            hint=DEFINITIONS["institution_category"],
        ),
    ),
    STAFF_HALF,
)
SECTIONS = (CATEGORY, STAFF, CAREGIVERS, GUARDS, ENROLMENT, BREAKDOWN, FEES)


def zeros(name, section, label="本组均为 0", keys=None):
    keys = keys or tuple(indicator.key for indicator in section.indicators)
    return Zeros(f"zero-{name}", section.title, label, keys)


ZEROS = (
    zeros("staff", STAFF),
    zeros("caregivers", CAREGIVERS),
    zeros("guards", GUARDS, "保安均为 0", ("ft_guards", "guards_certified")),
    zeros("enrolment", ENROLMENT),
    zeros(
        "inclusive",
        ENROLMENT,
        "普惠均为 0",
        ("incl_enrolled", "incl_in_care", "incl_left_in_year"),
    ),
    zeros("breakdown", BREAKDOWN),
    zeros(
        "hourly",
        BREAKDOWN,
        "计时、临时均为 0",
        ("enr_hourly", "enr_temporary", "fee_hourly", "fee_temporary"),
    ),
    zeros("fees", FEES),
)

# Which category an institution's type usually means; the institution may choose otherwise.
USUAL_CATEGORY = {
    "INDEP": "A",
    "CENTER": "A",
    "MED": "A",
    "KG": "B",
    "COMM": "C",
    "EMPL": "D",
    "HOME": "E",
    "OTHER": "F",
}


def monthly_report(checks=()):
    return Sheet("网络直报月报", SECTIONS, checks)
