"""What stands in one cell, as a figure or as a sentence about what is wrong with it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from tuoyu.indicators.options import Choice

LONGEST_SHOWN = 30
MOMENTS = (date, datetime, time, timedelta)


def figure_text(cell):
    """The content of a cell as text; numbers with the 15 digits that Excel keeps."""
    value = cell.value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return format(Decimal(format(value, ".15g")), "f")
    return "" if value is None else str(value).strip()


def fault_of(indicator, cell, text, is_formula):
    """(value, what is wrong or ""): a blank is (None, "")."""
    if is_formula and not is_number(cell.value):
        return None, f"是公式，{f'结果是“{shown(text)}”' if text else '没有计算结果'}，请直接填数"
    if isinstance(cell.value, MOMENTS):
        return None, f"填的是日期或时间“{shown(text)}”，请把单元格格式改为“数值”后重新填数"
    if is_number(cell.value) and "%" in cell.number_format:
        return None, "是百分数格式，请把单元格格式改为“数值”后重新填数"
    try:
        return indicator.parse(as_code(indicator, text)), ""
    except ValueError as error:
        complaint = str(error).removeprefix(indicator.full_name)
        return None, f"填的是“{shown(text)}”，{complaint}"


def is_number(value):
    return isinstance(value, int | float) and not isinstance(value, bool)


def as_code(indicator, text):
    """The code of an option that is written by its label; a figure as it is."""
    if not isinstance(indicator, Choice):
        return text
    codes = {label: code for code, label in indicator.options()}
    return codes.get(text, text)


def shown(text):
    """As quoted in a sentence: in one line, and not endless."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_SHOWN else f"{line[:LONGEST_SHOWN]}…"
