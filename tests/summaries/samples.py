"""Synthetic sheets: figures that add up, names that do not exist."""

import random
from datetime import date, datetime
from fractions import Fraction

from tuoyu.clock import BEIJING
from tuoyu.summaries.sheet import PLACES, REPORTED, Row, SheetData
from tuoyu.summaries.supplement import Supplement

MONTH = date(2023, 6, 1)
PRINTED = datetime(2023, 7, 23, 16, 20, tzinfo=BEIJING)
LONG_NAME = "福州市鼓楼区示例第{}街道婴幼儿照护服务与早期发展综合示范指导中心（普惠性）温泉社区分园第{}教学点"


def split(chance, number, parts):
    cuts = sorted(chance.randint(0, number) for _ in range(parts - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, number], strict=True)]


def figures(chance, most):
    """Figures of one row that satisfy the relations printed below the sheet."""
    places, in_care, left = (
        chance.randint(1, most),
        chance.randint(0, most),
        chance.randint(0, most),
    )
    inclusive = chance.randint(0, in_care), chance.randint(0, left)
    whole = in_care + left
    values = [
        *(places, max(0, places - in_care), whole, in_care, left, sum(inclusive), *inclusive),
        *split(chance, whole, 2),
        *split(chance, whole, 3),
        *split(chance, whole, 4),
        *split(chance, whole, 2),
    ]
    return dict(zip((*PLACES, *REPORTED), values, strict=True))


def total_of(rows, **more):
    sums = {k: sum(r.figures.get(k, 0) for r in rows) for k in (*PLACES, *REPORTED)}
    return Row("合计", "00", sums | more)


def areas(names, most=400, seed=1, **more):
    """A sheet whose rows are areas."""
    chance, rows = random.Random(seed), []
    for number, name in enumerate(names, start=1):
        counts = {"institutions": 9, "filed": 7, "confirmed": 8 if number % 5 == 0 else 9}
        starred = number % 5 == 0
        rows.append(Row(name, f"{number:02}", figures(chance, most) | counts, starred=starred))
    counts = {k: sum(r.figures[k] for r in rows) for k in ("institutions", "filed", "confirmed")}
    return sheet(rows, total_of(rows, **counts), **more)


def institutions(names, seed=1, **more):
    """A sheet whose rows are institutions, each seventh of which has not reported."""
    chance, rows = random.Random(seed), []
    for number, name in enumerate(names, start=1):
        said = figures(chance, 120) | {"institutions": "独立", "filed": "是", "confirmed": "已确认"}
        if number % 7 == 0:
            said = {k: v for k, v in said.items() if k not in REPORTED} | {"confirmed": "未报"}
        rows.append(Row(name, f"{number:02}", said, instead="（未报）" if number % 7 == 0 else ""))
    counts = {"institutions": f"{len(rows)}家", "filed": f"{len(rows)}家", "confirmed": "—"}
    return sheet(rows, total_of(rows, **counts), of_institutions=True, **more)


def sheet(rows, total, **more):
    given = {
        "region_code": "350102",
        "region_name": "鼓楼区",
        "office": "福州市鼓楼区卫生健康局",
        "month": MONTH,
        "printed_at": PRINTED,
        "printed_by": "王某某",
        "check_code": "8F3A21C7",
        "supplement": Supplement(
            *(13, 11, 16, 60, 80, 30, 100),
            places_per_thousand=Fraction(451, 100),
            usage_rate=Fraction(408, 1536),
            new=1,
            late=2,
            missing=2,
        ),
    }
    return SheetData(rows=tuple(rows), total=total, **(given | more))


def township(count=13):
    return institutions(
        [
            f"示例第{n}托育园" if n % 3 else f"福州市鼓楼区示例第{n}托育服务有限公司"
            for n in range(1, count + 1)
        ],
        region_name="鼓楼区鼓东街道",
        office="福州市鼓楼区鼓东街道办事处",
    )


def long_names(count=40):
    return institutions(
        [LONG_NAME.format(n, n) if n % 2 else f"示例第{n}托育园" for n in range(1, count + 1)],
        region_name="漳浦县古雷港经济开发区杜浔镇",
        office="漳州市古雷港经济开发区管理委员会杜浔镇人民政府",
    )


def county(count=34):
    return areas([f"第{n}示例街道" for n in range(1, count + 1)], unconfirmed=6)


def province():
    cities = [
        "福州市",
        "厦门市",
        "莆田市",
        "三明市",
        "泉州市",
        "漳州市",
        "南平市",
        "龙岩市",
        "宁德市",
        "平潭综合实验区",
    ]
    return areas(
        cities,
        most=90_000,
        region_name="福建省",
        region_code="35",
        office="福建省卫生健康委员会",
        month=date(2023, 12, 1),
    )


def empty():
    return areas([])
