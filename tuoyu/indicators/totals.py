"""Figures that nobody types: the database computes them from the others (HA9)."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import Integer

from tuoyu.indicators.kinds import Indicator


@dataclass(frozen=True)
class Auto(Indicator):
    """A whole number computed from other figures; blank ones count as 0."""

    required: bool = False
    typed_in: ClassVar = False
    column_type: ClassVar = Integer()

    def sql(self):
        """The expression of the generated column."""
        raise NotImplementedError

    def of(self, values):
        """The same number from a mapping of values."""
        raise NotImplementedError

    def parse(self, text):
        raise ValueError(f"{self.label}由系统计算")


@dataclass(frozen=True)
class Sum(Auto):
    parts: tuple[str, ...] = ()

    def sql(self):
        return " + ".join(f"coalesce({part}, 0)" for part in self.parts)

    def of(self, values):
        return sum(values.get(part) or 0 for part in self.parts)


@dataclass(frozen=True)
class Remaining(Auto):
    """What is left of places after children, never below 0, summed over pairs: one class's
    overflow does not eat another's free places."""

    pairs: tuple[tuple[str, str], ...] = ()

    def sql(self):
        return " + ".join(
            f"greatest(0, coalesce({places}, 0) - coalesce({children}, 0))"
            for places, children in self.pairs
        )

    def of(self, values):
        return sum(max(0, (values.get(p) or 0) - (values.get(c) or 0)) for p, c in self.pairs)

    def excess(self, values):
        """How many children there are beyond the places (超收), class by class."""
        return sum(max(0, (values.get(c) or 0) - (values.get(p) or 0)) for p, c in self.pairs)
