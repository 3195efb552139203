"""The kinds of figure. Each kind answers, once, every question a page may ask of it."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import Boolean, Date, Integer, Numeric

from tuoyu.clock import today
from tuoyu.indicators.normal import numeral, plain

FOUNDING = date(1949, 10, 1)
LONGEST_FIGURE = 100  # characters typed; a longer "number" is a mishap of the clipboard


@dataclass(frozen=True)
class Indicator:
    """One figure of a sheet.

    key: its name everywhere (column, form, export); label and unit as printed; code: the 代码 on
    paper; indent: how far it stands in as 其中; hint: its definition (口径), shown beside it;
    addition: a supplementary indicator (补充指标) that the official form does not have; name: what
    it is called in a sentence, away from its place on the paper (全日托 there, 全日托保育费 here).
    """

    key: str
    label: str
    unit: str = ""
    required: bool = True
    hint: str = ""
    code: str = ""
    indent: int = 0
    addition: bool = False
    name: str = ""

    typed_in: ClassVar[bool] = True  # False: computed by the database, never taken from a form
    is_written: ClassVar[bool] = True  # False: chosen from options, so nothing else can stand there
    widget: ClassVar[str] = "text"
    inputmode: ClassVar[str] = ""

    def figure(self, text, pattern, complaint):
        """The digits that were typed, "" for nothing. Raises ValueError(complaint) unless they
        fit `pattern`; what is endless is not even read."""
        digits = numeral(text) if len(text) <= LONGEST_FIGURE else "endless"
        if digits and not re.fullmatch(pattern, digits):
            raise ValueError(complaint)
        return digits

    @property
    def full_name(self):
        return self.name or self.label

    @property
    def column_type(self):
        raise NotImplementedError

    def parse(self, text):
        """What was typed, as a value; None for nothing. Raises ValueError in words."""
        return plain(text) or None

    def typed(self, value):
        """The value as it stands in an input."""
        return "" if value is None else str(value)

    def inputs(self, value):
        """{name: text} of the inputs that show the value on a page."""
        return {self.key: self.typed(value)}

    def settle(self, texts):
        """(value, {input: complaint}) of texts as typed; None where they are no value."""
        try:
            return self.parse(texts[self.key]), {}
        except ValueError as error:
            return None, {self.key: str(error)}

    def show(self, value):
        """The value as a person reads it."""
        return "—" if value in (None, "", []) else self.words(value)

    def words(self, value):
        return str(value)

    def conditions(self):
        """SQL that the database holds true for the column."""
        return ()


@dataclass(frozen=True)
class Count(Indicator):
    """A whole number of persons, places or classes, 0 to 99999 (H02)."""

    inputmode: ClassVar = "numeric"
    column_type: ClassVar = Integer()

    def parse(self, text):
        digits = self.figure(text, r"[0-9]+", f"{self.full_name}应为不小于 0 的整数")
        if not digits:
            return None
        if len(digits.lstrip("0")) > 5:
            raise ValueError(f"{self.full_name}不能大于 99999")
        return int(digits)

    def conditions(self):
        return (f"{self.key} between 0 and 99999",)


@dataclass(frozen=True)
class Money(Indicator):
    """An amount with at most two decimals, 0 to 99999.99 (H02)."""

    limit: Decimal = Decimal("99999.99")

    inputmode: ClassVar = "decimal"
    column_type: ClassVar = Numeric(12, 2)

    def parse(self, text):
        complaint = f"{self.full_name}应为不小于 0、最多两位小数的数"
        digits = self.figure(text, r"[0-9]+(\.[0-9]{1,2})?", complaint)
        if not digits:
            return None
        if Decimal(digits) > self.limit:
            raise ValueError(f"{self.full_name}不能大于 {self.limit}")
        return Decimal(digits)

    def typed(self, value):
        return "" if value is None else f"{Decimal(value):.2f}".removesuffix(".00")

    def words(self, value):
        return f"{Decimal(value):.2f}"

    def conditions(self):
        return (f"{self.key} between 0 and {self.limit}",)


@dataclass(frozen=True)
class Degrees(Indicator):
    """A longitude or latitude with six decimals, at most `limit` either way."""

    limit: int = 180

    inputmode: ClassVar = "decimal"
    column_type: ClassVar = Numeric(9, 6)

    def parse(self, text):
        complaint = f"{self.label}应为度数，如 119.296494"
        digits = self.figure(text, r"-?[0-9]{1,3}(\.[0-9]{1,12})?", complaint)
        if not digits:
            return None
        if abs(Decimal(digits)) > self.limit:
            between = f"{self.label}应为度数，在 -{self.limit} 至 {self.limit} 之间"
            raise ValueError(f"{between}，请核对是否把经度、纬度填反了")
        return round(Decimal(digits), 6)


@dataclass(frozen=True)
class Day(Indicator):
    """A date, written 2023-07-10 or 2023年7月10日."""

    past: bool = False  # not after today

    widget: ClassVar = "date"
    column_type: ClassVar = Date()

    def parse(self, text):
        pattern = r"[12][0-9]{3}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?"
        complaint = f"{self.label}应为日期，如 2023-07-10"
        if not (written := self.figure(text, pattern, complaint)):
            return None
        try:
            day = date(*map(int, re.findall(r"[0-9]+", written)))
        except ValueError:
            raise ValueError(complaint) from None
        if self.past and not FOUNDING <= day <= today():
            raise ValueError(f"{self.label}应在 {FOUNDING} 至今天之间")
        return day

    def words(self, value):
        return value.isoformat()


@dataclass(frozen=True)
class YesNo(Indicator):
    is_written: ClassVar = False
    widget: ClassVar = "yes_no"
    column_type: ClassVar = Boolean()

    def parse(self, text):
        answers = {"": None, "1": True, "0": False}
        if text not in answers:
            raise ValueError(f"{self.label}请选择“是”或“否”")
        return answers[text]

    def typed(self, value):
        return "" if value is None else str(int(value))

    def words(self, value):
        return "是" if value else "否"
