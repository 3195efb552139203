"""Where the demo plays."""

from sqlalchemy import select

from tuoyu.extensions import db
from tuoyu.regions.models import Level, Region
from tuoyu.scope import below

GULOU = "350102000000"
TAIJIANG = "350103000000"
HUIAN = "350521000000"
TAISHANG = "ZONE-QZTS"
PINGTAN = "ZONE-PT"

# Counties and how many institutions each has.
COUNTIES = {
    GULOU: 60,
    TAIJIANG: 2,
    HUIAN: 12,
    TAISHANG: 6,
    PINGTAN: 8,
    "350203000000": 4,  # 厦门 思明
    "350304000000": 3,  # 莆田 荔城
    "350404000000": 3,  # 三明 三元
    "350603000000": 3,  # 漳州 龙文
    "350702000000": 3,  # 南平 延平
    "350802000000": 3,  # 龙岩 新罗
    "350902000000": 3,  # 宁德 蕉城
}


def region(code):
    return db.session.scalars(select(Region).where(Region.code == code)).one()


def villages_of(county, count):
    """`count` villages, spread over all townships of the county in the order of their codes."""
    inside = select(Region).where(
        below(Region.path, county.path), Region.level == Level.VILLAGE, Region.can_report
    )
    by_township = {}
    for village in db.session.scalars(inside.order_by(Region.path)):
        by_township.setdefault(village.parent_code, []).append(village)
    townships = list(by_township.values())
    return [
        townships[n % len(townships)][n // len(townships) % len(townships[n % len(townships)])]
        for n in range(count)
    ]
