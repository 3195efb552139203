"""Running totals: for each group of figures their sum, beside the figure it must be equal to."""

from typing import NamedTuple

from tuoyu.indicators.checks import SumsTo, resolve
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.rules import sum_of


class Total(NamedTuple):
    """One group; `after` is the figure below which it stands, `of` the figure it must equal
    (None while that is blank)."""

    id: str
    after: str
    label: str
    value: int
    of: int | None
    agrees: bool


GROUPS = tuple(check for check in MONTHLY_REPORT.checks if isinstance(check, SumsTo))


def running_totals(figures, base):
    """{figure below which it stands: Total}; `base` is the figure of the breakdowns (parameter
    breakdown_base)."""
    return {group.parts[-1]: total(group, figures, base) for group in GROUPS}


def total(group, figures, base):
    control = MONTHLY_REPORT[resolve(group.total, {"breakdown_base": base})]
    value, of = sum_of(figures, group.parts), figures.get(control.key)
    return Total(
        id=f"total_{group.id}",
        after=group.parts[-1],
        label=f"{group.name}（= {control.code}）",
        value=value,
        of=of,
        agrees=of == value,
    )
