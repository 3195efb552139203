"""Rules between figures. Each says which figures it blames, and what is wrong.

Hard rules block submission (强制性审核); soft ones want a written explanation (核实性审核);
hints only inform. A rule speaks only when every figure it reads is there.

A rule that holds two sums against each other also answers its Balance: the same two numbers while
the figures are still being typed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, NamedTuple

from tuoyu.indicators.kinds import Indicator


class Weight(StrEnum):
    HARD = "hard"
    SOFT = "soft"
    HINT = "hint"


class Complaint(NamedTuple):
    """What one check found wrong: its id and weight, the figures it blames, the sentence. `mends`
    names the paper that may be the one out of date instead."""

    check_id: str
    weight: Weight
    blames: tuple[str, ...]
    message: str
    source: str = ""
    mends: str = ""

    @property
    def subject(self):
        """What it is about, whatever it says: the check and the figures."""
        return " ".join((self.check_id, *self.blames))


BASE = "@base"  # the figure that the breakdowns must add up to; a parameter decides which


def resolve(key, context):
    return context["breakdown_base"] if key == BASE else key


class Balance(NamedTuple):
    """The two sides of a check as they stand: what the parts come to, blank ones counting as 0,
    and the control figure they are held against (None while it is blank)."""

    check: "SumsTo | AtMost"
    parts: tuple[Indicator, ...]
    control: Indicator
    figures: dict  # {key: figure} of both sides

    @property
    def found(self):
        return sum(self.figures[part.key] or 0 for part in self.parts)

    @property
    def wanted(self):
        return self.figures[self.control.key]

    @property
    def is_complete(self):
        return None not in self.figures.values()

    @property
    def name(self):
        """What the parts are called together."""
        return self.check.name or self.parts[0].full_name

    @property
    def gap(self):
        """By how much the parts exceed the control figure; 0 while that is blank."""
        return 0 if self.wanted is None else self.found - self.wanted

    @property
    def more(self):
        return "多" if self.gap > 0 else "少"

    @property
    def holds(self):
        return self.is_complete and not self.is_wrong

    @property
    def is_wrong(self):
        """The check fails, whatever is still to be typed: what is blank can only add up."""
        if self.wanted is None:
            return False
        return self.gap > 0 or (self.is_complete and self.check.is_exact and self.gap < 0)

    @property
    def sentence(self):
        """Both sides and by how much they differ."""
        return self.check.sentence.format(
            name=self.name,
            found=self.found,
            control=self.control.full_name,
            wanted=self.wanted,
            more=self.more,
            gap=abs(self.gap),
        )


class Sums:
    """What checks between sums have in common. `control_key` is the figure the parts are held
    against; an exact check wants neither more nor less."""

    is_exact = False

    def balance(self, sheet, values, context):
        """The Balance of the check."""
        control = sheet[resolve(self.control_key, context)]
        parts = tuple(sheet[key] for key in self.parts)
        return Balance(self, parts, control, {i.key: values.get(i.key) for i in (*parts, control)})

    def complaints(self, sheet, values, context):
        balance = self.balance(sheet, values, context)
        if balance.is_complete and balance.is_wrong:
            blames = (*self.parts, balance.control.key)
            yield Complaint(self.id, self.weight, blames, balance.sentence, self.source)


@dataclass(frozen=True)
class SumsTo(Sums):
    """The parts add up to the total."""

    id: str
    total: str
    name: str  # of the sum: 保育人员年龄合计
    parts: tuple[str, ...]
    weight: Weight = Weight.HARD
    source: str = ""

    is_exact: ClassVar = True
    sentence: ClassVar = "{name} {found}，比{control} {wanted} {more} {gap}"

    @property
    def control_key(self):
        return self.total

    def sql(self):
        """The same rule as a condition of the database; None where a parameter decides."""
        return None if self.total == BASE else f"{' + '.join(self.parts)} = {self.total}"


@dataclass(frozen=True)
class AtMost(Sums):
    """The parts together do not exceed the limit."""

    id: str
    limit: str
    parts: tuple[str, ...]
    name: str = ""
    weight: Weight = Weight.HARD
    source: str = ""

    sentence: ClassVar = "{name} {found} 大于{control} {wanted}，{more} {gap}"

    @property
    def control_key(self):
        return self.limit

    def sql(self):
        return f"{' + '.join(self.parts)} <= {self.limit}"


class Rule(NamedTuple):
    """Any other rule: `say(values, context)` answers None, a sentence, or several."""

    id: str
    weight: Weight
    blames: tuple[str, ...]
    say: Callable
    source: str = ""
    mends: str = ""

    def complaints(self, sheet, values, context):
        said = self.say(values, context)
        for message in [said] if isinstance(said, str) else said or ():
            yield Complaint(self.id, self.weight, self.blames, message, self.source, self.mends)

    def sql(self):
        return None


def complaints_about(sheet, values, context):
    """Everything the sheet's checks find wrong with the values, in the order of declaration."""
    return [c for check in sheet.checks for c in check.complaints(sheet, values, context)]


def balances_of(sheet, values, context):
    """The Balance of every check between sums, in the order of declaration."""
    sums = (check for check in sheet.checks if isinstance(check, Sums))
    return [check.balance(sheet, values, context) for check in sums]
