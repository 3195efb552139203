"""The standing sentences of 托汇1表, and how its numbers are written."""

from decimal import ROUND_HALF_UP, Decimal

UNKNOWN = "—"
DIGITS = "零一二三四五六七八九"


def two_places(value):
    """An exact number with two decimals, half rounded up; "—" for None."""
    if value is None:
        return UNKNOWN
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


def percent(ratio):
    """26.56%, or "—" for None."""
    return UNKNOWN if ratio is None else f"{two_places(ratio * 100)}%"


def written(number):
    """A number up to 99 in characters: 一, 十二, 三十."""
    tens, ones = divmod(number, 10)
    return (
        ("" if tens < 2 else DIGITS[tens])
        + ("十" if tens else "")
        + (DIGITS[ones] if ones or not tens else "")
    )


def months_head(month):
    """The line below the title. December's month is the year's (闽卫人口函〔2023〕1310号附件 4.3)."""
    if month.month == 12:
        return f"{month.year}年托育服务信息年报表（12月月报）"
    return f"{month.year}年{month.month}月"


def notes_on(sheet):
    """说明: scope, relations between the columns, where the places come from."""
    numbers = {column.key: column.number for column in sheet.columns}
    base = numbers[sheet.breakdown_base]
    notes = [
        "本表汇总本辖区已确认的月报；含未确认数据时标题下注“（未定案，含未确认n家）”。",
        "列6=列7+列8，列9=列10+列11，列9≤列6，列12+列13=列14+列15+列16"
        f"=列17+列18+列19+列20=列21+列22=列{base}。",
        "托位数取自各月报提交时生效的机构档案；未报机构取关账前最近一次生效的档案，并计入补充资料“未报”。",
    ]
    if any(row.starred for row in sheet.rows):
        notes.append("标“*”的地区尚有应报机构未确认，所列为已确认部分。")
    return tuple(f"{number}.{note}" for number, note in enumerate(notes, start=1))
