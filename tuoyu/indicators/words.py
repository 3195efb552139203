"""Kinds of figure that are words."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import String

from tuoyu.indicators.kinds import LONGEST_FIGURE, Indicator
from tuoyu.indicators.normal import credit_code, half_width, is_credit_code, is_phone, plain


@dataclass(frozen=True)
class Text(Indicator):
    """Words, at most `longest` characters."""

    longest: int = 100

    @property
    def column_type(self):
        return String(self.longest)

    def parse(self, text):
        words = text if len(text) > 100 * self.longest else plain(text)
        if len(words) > self.longest:
            raise ValueError(f"{self.label}最多 {self.longest} 个字，现有 {len(words)} 个字")
        return words or None


@dataclass(frozen=True)
class LongText(Text):
    longest: int = 500

    widget: ClassVar = "textarea"


@dataclass(frozen=True)
class Phone(Text):
    """A mobile or fixed number (HA3)."""

    longest: int = 20

    inputmode: ClassVar = "tel"

    def parse(self, text):
        number = half_width(text[:LONGEST_FIGURE]).replace(" ", "")
        if len(text) > LONGEST_FIGURE or (number and not is_phone(number)):
            raise ValueError(f"{self.label}应为 11 位手机号，或带区号的固定电话，如 0591-87761106")
        return number or None


@dataclass(frozen=True)
class CreditCode(Text):
    """A unified social credit code (HA2, GB 32100-2015)."""

    longest: int = 18

    def parse(self, text):
        code = credit_code(text[:LONGEST_FIGURE])
        if len(text) > LONGEST_FIGURE or (code and not is_credit_code(code)):
            raise ValueError(
                f"{self.label}应为 18 位统一社会信用代码，且校验位正确，"
                f"现有 {min(len(code), LONGEST_FIGURE)} 位，请对照证照核对"
            )
        return code or None
