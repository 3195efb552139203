"""Rules between figures. Each says which figures it blames, and what is wrong.

Hard rules block submission (强制性审核); soft ones want a written explanation (核实性审核);
hints only inform. A rule speaks only when every figure it reads is there.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple


class Weight(StrEnum):
    HARD = "hard"
    SOFT = "soft"
    HINT = "hint"


class Complaint(NamedTuple):
    """What one check found wrong: its id and weight, the figures it blames, the sentence."""

    check_id: str
    weight: Weight
    blames: tuple[str, ...]
    message: str
    source: str = ""


BASE = "@base"  # the figure that the breakdowns must add up to; a parameter decides which


def resolve(key, context):
    return context["breakdown_base"] if key == BASE else key


class SumsTo(NamedTuple):
    """The parts add up to the total."""

    id: str
    total: str
    name: str  # of the sum: 保育人员年龄合计
    parts: tuple[str, ...]
    weight: Weight = Weight.HARD
    source: str = ""

    def complaints(self, sheet, values, context):
        total = resolve(self.total, context)
        figures = [values.get(key) for key in (total, *self.parts)]
        if None in figures or figures[0] == sum(figures[1:]):
            return
        found, wanted = sum(figures[1:]), figures[0]
        yield Complaint(
            self.id,
            self.weight,
            (*self.parts, total),
            f"{self.name} {found} ≠ {sheet[total].full_name} {wanted}，"
            f"{'多' if found > wanted else '少'} {abs(found - wanted)}",
            self.source,
        )

    def sql(self):
        """The same rule as a condition of the database; None where a parameter decides."""
        return None if self.total == BASE else f"{' + '.join(self.parts)} = {self.total}"


class AtMost(NamedTuple):
    """The parts together do not exceed the limit."""

    id: str
    limit: str
    parts: tuple[str, ...]
    name: str = ""
    weight: Weight = Weight.HARD
    source: str = ""

    def complaints(self, sheet, values, context):
        figures = [values.get(key) for key in (self.limit, *self.parts)]
        if None in figures or sum(figures[1:]) <= figures[0]:
            return
        name = self.name or sheet[self.parts[0]].full_name
        yield Complaint(
            self.id,
            self.weight,
            (*self.parts, self.limit),
            f"{name} {sum(figures[1:])} 大于{sheet[self.limit].full_name} {figures[0]}，"
            f"多 {sum(figures[1:]) - figures[0]}",
            self.source,
        )

    def sql(self):
        return f"{' + '.join(self.parts)} <= {self.limit}"


class Rule(NamedTuple):
    """Any other rule: `say(values, context)` answers None, a sentence, or several."""

    id: str
    weight: Weight
    blames: tuple[str, ...]
    say: Callable
    source: str = ""

    def complaints(self, sheet, values, context):
        said = self.say(values, context)
        for message in [said] if isinstance(said, str) else said or ():
            yield Complaint(self.id, self.weight, self.blames, message, self.source)

    def sql(self):
        return None


def complaints_about(sheet, values, context):
    """Everything the sheet's checks find wrong with the values, in the order of declaration."""
    return [c for check in sheet.checks for c in check.complaints(sheet, values, context)]
