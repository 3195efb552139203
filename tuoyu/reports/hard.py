"""强制性审核 H01–H19: arithmetic and definitions. What fails here cannot be submitted.

H02 (every figure filled in, whole, not negative) is asked by the kinds of figure themselves and
by the law of checked papers. Source: 闽卫人口函〔2023〕1310号 附件 4.1, and the definitions of the form.
"""

from tuoyu.indicators.checks import BASE, AtMost, Rule, SumsTo, Weight
from tuoyu.web.filters import cn_month

FORM = "闽卫人口函〔2023〕1310号 附件 4.1"

AGES = ("cg_age_16_20", "cg_age_21_25", "cg_age_26_35", "cg_age_36_50", "cg_age_51_plus")
EDUCATION = (
    "cg_edu_junior_or_below",
    "cg_edu_senior_secondary",
    "cg_edu_college",
    "cg_edu_bachelor_or_above",
)
SEXES = ("enr_male", "enr_female")
MONTHS_OLD = ("enr_m0_11", "enr_m12_23", "enr_m24_35")
SERVICES = ("enr_full_day", "enr_half_day", "enr_hourly", "enr_temporary")
HUKOU = ("enr_local_hukou", "enr_nonlocal_hukou")

# (how many children, what they pay, the form of service, its code in the archive)
SERVICE_FORMS = (
    ("enr_full_day", "fee_full_day", "全日托", "FULL"),
    ("enr_half_day", "fee_half_day", "半日托", "HALF"),
    ("enr_hourly", "fee_hourly", "计时托", "HOUR"),
    ("enr_temporary", "fee_temporary", "临时托", "TEMP"),
)


def reporting_time(values, context):
    """H01: the month has ended, is not before the first one due nor after the closing, unless it is
    due all the same."""
    month, institution = context["month"], context["institution"]
    first, closed = institution.first_due_month, institution.closed_on
    if not context["period"].is_open:
        yield f"报告期不正确：{cn_month(month)}尚未结束，还不能上报"
    if first and month < first:
        yield f"报告期不正确：{cn_month(month)}早于本机构首次应报的{cn_month(first)}"
    if closed and closed < month and not context["outlasts_closing"]:
        yield f"报告期不正确：本机构已于 {closed.isoformat()} 终止，{cn_month(month)}不再上报"


def fees_of(count, fee, label, _):
    """H17: children in a form of service need its fee; 0 is possible, with an explanation."""

    def missing(values, context):
        if values.get(count) and values.get(fee) is None:
            yield f"有{label} {values[count]} 人，但没有填写{label}保育费，不收费的填 0"

    def zero(values, context):
        if values.get(count) and values.get(fee) == 0:
            yield f"有{label} {values[count]} 人，{label}保育费为 0；免费或福利性的请说明"

    yield Rule("H17", Weight.HARD, (fee, count), missing, FORM)
    yield Rule("H17", Weight.SOFT, (fee, count), zero, FORM)


def nobody_at_work(values, context):
    """H18: children, but no staff here nor in the archive."""
    staff = getattr(context["archive"], "staff_total", 0)
    if values.get("in_care") and values.get("ft_staff") == 0 and not staff:
        yield f"有在托婴幼儿 {values['in_care']} 人，但全职从业人员数和机构档案工作人员均为 0"


def no_archive(values, context):
    """H19: nothing can be submitted before the archive is in force."""
    return None if context["archive"] else "机构档案尚未审核通过，月报可以暂存，不能提交审核"


HARD = (
    Rule("H01", Weight.HARD, (), reporting_time, "闽卫人口函〔2023〕1310号 三"),
    AtMost(
        "H03", "ft_staff", ("ft_caregivers", "ft_guards"), "保育人员数与保安人员数之和", source=FORM
    ),
    SumsTo("H04", "ft_caregivers", "保育人员年龄合计", AGES, source=FORM),
    SumsTo("H05", "ft_caregivers", "保育人员学历合计", EDUCATION, source=FORM),
    AtMost("H06", "ft_caregivers", ("cg_trained_childcare",), source=FORM),
    AtMost("H07", "ft_caregivers", ("cg_trained_fire",), source=FORM),
    AtMost("H08", "ft_caregivers", ("cg_certified",), source=FORM),
    AtMost("H09", "ft_guards", ("guards_certified",), source=FORM),
    SumsTo("H10", "enrolled", "在托与已离开合计", ("in_care", "left_in_year"), source=FORM),
    SumsTo(
        "H11",
        "incl_enrolled",
        "普惠在托与已离开合计",
        ("incl_in_care", "incl_left_in_year"),
        source=FORM,
    ),
    AtMost("H12", "enrolled", ("incl_enrolled",), source=FORM),
    AtMost("H12", "in_care", ("incl_in_care",), source=FORM),
    AtMost("H12", "left_in_year", ("incl_left_in_year",), source=FORM),
    SumsTo("H13", BASE, "性别合计", SEXES, source=FORM),
    SumsTo("H14", BASE, "月龄合计", MONTHS_OLD, source=FORM),
    SumsTo("H15", BASE, "服务形式合计", SERVICES, source=FORM),
    SumsTo("H16", BASE, "户籍合计", HUKOU, source=FORM),
    *(check for form in SERVICE_FORMS for check in fees_of(*form)),
    Rule("H18", Weight.HARD, ("in_care", "ft_staff"), nobody_at_work, FORM),
    Rule("H19", Weight.HARD, (), no_archive, "闽卫人口函〔2023〕1310号 附件 三", "archive"),
)
