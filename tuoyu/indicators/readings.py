from typing import NamedTuple

from tuoyu.indicators.kinds import Indicator


class Reading(NamedTuple):
    """One figure with its value; as text, the way a person reads it."""

    indicator: Indicator
    value: object

    def __str__(self):
        return self.indicator.show(self.value)


class Difference(NamedTuple):
    """A figure that changed, in words."""

    indicator: Indicator
    before: str
    after: str


def read(sheet, record):
    """What a page or a printout shows: (section, [Reading, …]) in the order of the paper."""
    for section in sheet.sections:
        yield section, [Reading(i, getattr(record, i.key)) for i in section.indicators]


def differences(sheet, before, after):
    """Each figure whose words differ between two records, in the order of the paper."""
    for indicator in sheet:
        old, new = (indicator.show(getattr(record, indicator.key)) for record in (before, after))
        if old != new:
            yield Difference(indicator, old, new)
