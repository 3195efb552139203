"""Kinds of figure that choose from a list of the dictionary room."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import String
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from tuoyu.dictionaries import lookup
from tuoyu.indicators.kinds import LONGEST_FIGURE, Indicator, Money
from tuoyu.indicators.normal import half_width, plain


@dataclass(frozen=True)
class Choice(Indicator):
    """One option of a list; the code is kept, the label shown."""

    dictionary: str = ""

    is_written: ClassVar = False
    widget: ClassVar = "select"
    column_type: ClassVar = String(12)

    def options(self, value=None):
        return lookup.choices(self.dictionary, keep=(value,))

    def parse(self, text):
        code = plain(text)
        if code and code not in dict(self.options(code)):
            raise ValueError(f"{self.label}请从列表中选择")
        return code or None

    def words(self, value):
        return lookup.label(self.dictionary, value)


@dataclass(frozen=True)
class Choices(Choice):
    """Several options of a list."""

    widget: ClassVar = "checkboxes"

    @property
    def column_type(self):
        return ARRAY(String(12))

    def options(self, value=None):
        return lookup.choices(self.dictionary, keep=value or ())

    def parse(self, texts):
        known = dict(self.options(texts))
        if any(code not in known for code in texts):
            raise ValueError(f"{self.label}请从列表中选择")
        return [code for code in known if code in texts] or None

    def typed(self, value):
        return value or []

    def inputs(self, value):
        """One text of all the codes."""
        return {self.key: ",".join(value or ())}

    def settle(self, texts):
        return super().settle({self.key: [code for code in texts[self.key].split(",") if code]})

    def words(self, value):
        return "、".join(lookup.label(self.dictionary, code) for code in value)


@dataclass(frozen=True)
class Grants(Choice):
    """Amounts in 万元 by option and year: {code: {"amount": "12.50", "year": "2023"}}."""

    is_written: ClassVar = True
    widget: ClassVar = "grants"
    amount: ClassVar = Money("amount", "金额")

    @property
    def column_type(self):
        return JSONB(none_as_null=True)

    def options(self, value=None):
        return lookup.choices(self.dictionary, keep=value or ())

    def parse(self, rows):
        """`rows`: {code: (amount, year)} as typed. Raises ValueError naming the option."""
        grants = {}
        for code, label in self.options(rows):
            amount, year = (short(text) for text in rows.get(code, ("", "")))
            if amount or year:
                grants[code] = self.grant(label, amount, year)
        return grants or None

    def grant(self, label, amount, year):
        try:
            value = self.amount.parse(amount)
        except ValueError as error:
            raise ValueError(f"{label}：{error}") from None
        if value is None or not re.fullmatch(r"20[0-9]{2}年?", year):
            raise ValueError(f"{label}：请同时填写金额（万元）和年度（如 2023）")
        return {"amount": f"{value:.2f}", "year": year[:4]}

    def inputs(self, value):
        """Two for each option: subsidies-BUILD-amount, subsidies-BUILD-year."""
        return {
            f"{self.key}-{code}-{part}": (value or {}).get(code, {}).get(part, "")
            for code, _ in self.options(value)
            for part in ("amount", "year")
        }

    def settle(self, texts):
        """Row by row: one that is no grant (yet) leaves the others alone."""
        grants, complaints = {}, {}
        for code in dict.fromkeys(name.split("-")[1] for name in texts):
            cells = [f"{self.key}-{code}-{part}" for part in ("amount", "year")]
            try:
                grants |= self.parse({code: [texts.get(cell, "") for cell in cells]}) or {}
            except ValueError as error:
                complaints |= {cell: str(error) for cell in cells if texts.get(cell, "").strip()}
        return grants or None, complaints

    def total(self, value):
        """The sum in 万元."""
        return sum((Decimal(grant["amount"]) for grant in (value or {}).values()), Decimal(0))

    def typed(self, value):
        return value or {}

    def words(self, value):
        each = (
            f"{lookup.label(self.dictionary, code)} {grant['amount']}（{grant['year']}年）"
            for code, grant in value.items()
        )
        return f"合计 {self.total(value):.2f}：" + "、".join(each)


def short(text):
    """An amount or a year as typed; what is too long to be one stays wrong."""
    return half_width(text) if len(text) <= LONGEST_FIGURE else "?"
