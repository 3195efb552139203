from dataclasses import dataclass
from typing import NamedTuple

from tuoyu.indicators.kinds import Indicator


class Section(NamedTuple):
    """A headed group of figures; `page` names the page of the form it stands on."""

    title: str
    indicators: tuple[Indicator, ...]
    page: str = ""
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    """A paper form: sections of indicators, and the rules that hold between them."""

    title: str
    sections: tuple[Section, ...]
    checks: tuple = ()

    def __iter__(self):
        for section in self.sections:
            yield from section.indicators

    def __getitem__(self, key):
        for indicator in self:
            if indicator.key == key:
                return indicator
        raise KeyError(key)

    @property
    def typed_in(self):
        """The figures a person fills in."""
        return [indicator for indicator in self if indicator.typed_in]

    def page(self, name):
        """The part of the sheet that stands on one page of the form."""
        return Sheet(self.title, tuple(s for s in self.sections if s.page == name))

    def values(self, record):
        """The record's figures as a mapping."""
        return {indicator.key: getattr(record, indicator.key) for indicator in self}

    def blanks(self, values):
        """The required figures that are still missing."""
        return [i for i in self.typed_in if i.required and values.get(i.key) in (None, "", [])]
