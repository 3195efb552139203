"""What each declaration of a month fills in, when it may be made, and when it ends.

无变动 copies the month before except the months of age, because children grow (figures 25 to 27).
零入托 and 停业 fill in what follows from nobody being there: whoever was in care has left
(definitions of figures 17 to 33; 闽卫人口函〔2023〕1310号 附件 4.1).
"""

from tuoyu.dictionaries.lookup import parameter
from tuoyu.reports.declarations import Declaration
from tuoyu.reports.hard import MONTHS_OLD
from tuoyu.reports.sheet import BREAKDOWN, ENROLMENT
from tuoyu.workflow.states import State

CHILDREN = tuple(i.key for section in (ENROLMENT, BREAKDOWN) for i in section.indicators)
OF_THE_BASE = tuple(i.key for i in BREAKDOWN.indicators)


def why_not(report, kind):
    """The sentence that refuses this declaration; None where it may be made."""
    if kind != Declaration.NO_CHANGE:
        return None
    last = report.months_before[0]
    if report.month.month == 1:
        return "1月的累计指标重新起算，不能按上月数填报，请逐项填报。"
    if report.month.month == 12:
        return "12月月报兼年报，不能按上月数填报，请逐项填报。"
    if last is None or last.state != State.CONFIRMED:
        return "没有已确认的上月月报，不能按上月数填报，请逐项填报。"
    if not last.in_care:
        return "上月末在托数为 0；本月仍无婴幼儿在托的，请申报本月零入托。"
    return None


def offers(report):
    """(kind, None or why it is refused) of every declaration."""
    return [(kind, why_not(report, kind)) for kind in Declaration]


def filled_in_by(report, kind):
    """{figure: number} that the declaration fills in."""
    if kind != Declaration.NO_CHANGE:
        return when_nobody_is_there(report)
    last = report.months_before[0]
    return {i.key: getattr(last, i.key) for i in report.sheet.typed_in if i.key not in MONTHS_OLD}


def when_nobody_is_there(report):
    """The figures that follow from nobody being in care at the end of the month; what does not
    follow from what was handed in before is left to be typed."""
    last, nobody = report.months_before[0], {"in_care": 0, "incl_in_care": 0}
    if last is not None and last.state != State.DRAFT:
        return everybody_has_left(report, last) | nobody
    begins = report.institution.first_due_month in (None, report.month)
    return dict.fromkeys(CHILDREN, 0) if begins else nobody


def everybody_has_left(report, last):
    """Whoever was counted in the year so far, or in January was there at the end of December."""
    january = report.month.month == 1
    came, inclusive = (
        (last.in_care, last.incl_in_care) if january else (last.enrolled, last.incl_enrolled)
    )
    return {
        "enrolled": came,
        "left_in_year": came,
        "incl_enrolled": inclusive,
        "incl_left_in_year": inclusive,
        **broken_down(last, january),
    }


def broken_down(last, january):
    """The groups of figures 23 to 33. Who left in this month did so at an age that is not known,
    and of the children of December only the number is."""
    if parameter("breakdown_base") == "in_care" or (january and not last.in_care):
        return dict.fromkeys(OF_THE_BASE, 0)
    if january:
        return {}
    known = [key for key in OF_THE_BASE if key not in MONTHS_OLD or not last.in_care]
    return {key: getattr(last, key) for key in known}


def typed_differently(report, figures):
    """(name, as typed, as it would be) of what was typed and is not what would be filled in."""
    loose = getattr(report, "loose", None) or {}
    for key, wanted in figures.items():
        indicator, typed = report.sheet[key], getattr(report, key)
        shown = loose.get(key) or (None if typed is None else indicator.show(typed))
        if shown is not None and (key in loose or typed != wanted):
            yield f"{indicator.code} {indicator.full_name}".strip(), shown, indicator.show(wanted)


def untrue_because(report):
    """Why what was declared of the month is not so; None while it is."""
    if report.declaration is None:
        return None
    if report.declaration != Declaration.NO_CHANGE:
        return None if report.in_care == 0 else f"年末在托数为 {shown(report, 'in_care')}。"
    if refused := why_not(report, Declaration.NO_CHANGE):
        return refused
    for key, before in filled_in_by(report, Declaration.NO_CHANGE).items():
        if getattr(report, key) != before:
            indicator = report.sheet[key]
            return (
                f"{indicator.code} {indicator.full_name}上月为 {indicator.show(before)}，"
                f"现为 {shown(report, key)}。"
            ).strip()
    return None


def shown(report, key):
    return report.sheet[key].show(getattr(report, key))
