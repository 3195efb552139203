"""The months of which an institution declares something instead of typing everything."""

from datetime import date

from tuoyu import clock
from tuoyu.demo.places import GULOU, HUIAN, PINGTAN
from tuoyu.reports.declarations import Declaration
from tuoyu.reports.declaring import filled_in_by

AUGUST, SEPTEMBER = date(2023, 8, 1), date(2023, 9, 1)
NOVEMBER, JANUARY = date(2023, 11, 1), date(2024, 1, 1)
HOLIDAYS, NOBODY_LEFT = "寒暑假停托", "其他：11月30日终止服务，婴幼儿已全部转出"
MONTHS = {
    **{(GULOU, number, AUGUST): Declaration.ZERO for number in (12, 32)},
    (HUIAN, 10, AUGUST): Declaration.ZERO,
    **{(GULOU, number, SEPTEMBER): Declaration.NO_CHANGE for number in (15, 36)},
    **{(GULOU, number, NOVEMBER): Declaration.NO_CHANGE for number in (0, 5, 14, 33)},
    (HUIAN, 3, NOVEMBER): Declaration.NO_CHANGE,
    (PINGTAN, 1, NOVEMBER): Declaration.NO_CHANGE,
    (GULOU, 41, NOVEMBER): Declaration.ZERO,
    **{(GULOU, number, JANUARY): Declaration.ZERO for number in (9, 30, 52)},
    (HUIAN, 9, JANUARY): Declaration.ZERO,
    (GULOU, 16, JANUARY): Declaration.CLOSED,
}


def declare(report, kind, figures):
    """Declare it of the month as the page does: first what follows is filled in, then the rest."""
    given = filled_in_by(report, kind)
    if kind == Declaration.NO_CHANGE:
        figures = figures | older_by_a_month(report.months_before[0])
    report.fill_in(given)
    report.declare(kind, **said_of(report.month, kind))
    report.fill_in({key: figures[key] for key in figures if key not in given})


def older_by_a_month(last):
    """Children grow: one of them has had its second birthday."""
    one = min(1, last.enr_m12_23)
    return {"enr_m12_23": last.enr_m12_23 - one, "enr_m24_35": last.enr_m24_35 + one}


def said_of(month, kind):
    if kind == Declaration.NO_CHANGE:
        return {"verified_at": clock.now()}
    if kind == Declaration.ZERO:
        return {"because": NOBODY_LEFT if month == NOVEMBER else HOLIDAYS}
    return {
        "because": "活动室和卫生间装修",
        "closed_from": date(2023, 12, 31),
        "closed_until": date(2024, 2, 25),
    }
