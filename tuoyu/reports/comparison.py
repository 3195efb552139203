"""The month beside the month before and the archive, figure by figure."""

from decimal import Decimal
from typing import NamedTuple

from tuoyu.indicators.kinds import Indicator
from tuoyu.indicators.sheet import Section
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.rules import sum_of

# Which figures of the archive stand for the same thing.
COUNTERPARTS = {
    "ft_staff": ("staff_total",),
    "ft_caregivers": ("infant_care_workers", "childcare_workers"),
    "ft_guards": ("security_staff_ft",),
    "in_care": ("children_total",),
}


class Row(NamedTuple):
    """One figure: this month, last month, their difference, the archive (None: not there), and
    what the checks say about it."""

    indicator: Indicator
    this: object
    last: object
    difference: int | Decimal | None
    archive: int | None
    changed: bool
    complaints: list[str]
    section: Section


def comparison(report):
    """A Row for every figure of the month, in the order of the paper."""
    last, archive = report.months_before[0], report.archive_shown
    blamed = blames_of(report)
    return [
        row(section, indicator, report, last, archive, blamed.get(indicator.key, []))
        for section in MONTHLY_REPORT.sections
        for indicator in section.indicators
    ]


def row(section, indicator, report, last, archive, complaints):
    this = getattr(report, indicator.key)
    before = getattr(last, indicator.key, None)
    difference = None
    if indicator.code and None not in (this, before):
        difference = this - before
    return Row(
        indicator=indicator,
        this=this,
        last=before,
        difference=difference,
        archive=in_archive(archive, indicator),
        changed=last is not None and this != before,
        complaints=complaints,
        section=section,
    )


def in_archive(archive, indicator):
    keys = COUNTERPARTS.get(indicator.key)
    if archive is None or keys is None:
        return None
    return sum_of({key: getattr(archive, key) for key in keys}, keys)


def blames_of(report):
    """{figure: [sentence, …]}; a sentence stands at the first figure it blames."""
    blamed = {}
    for complaint in report.complaints().values():
        for key in complaint.blames[:1]:
            blamed.setdefault(key, []).append(complaint.message)
    return blamed
