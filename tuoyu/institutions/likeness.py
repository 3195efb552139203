"""Institutions that may be the same: names that are alike in one township. Nothing is decided
here; they are shown side by side to whoever registers."""

import re
from difflib import SequenceMatcher

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tuoyu.extensions import db
from tuoyu.indicators.normal import half_width
from tuoyu.institutions.models import Institution
from tuoyu.regions.pinyin import initials
from tuoyu.scope import EVERYWHERE, below, looking

MOST = 5
ENOUGH = 0.75
BRACKETS = r"[(（\[【][^)）\]】]*[)）\]】]"
KINDS = (
    r"有限责任公司|股份有限公司|有限公司|分公司|公司|集团|个体工商户|"
    r"婴幼儿|照护|托育点|托育|托儿所|幼儿园|早期教育|早教|教育|亲子|儿童|服务|咨询|科技|机构|"
    r"中心|分园|总园|门店|分店|园区|园|店|所"
)
ENDS = r"(省|市|区|县|自治县|街道|镇|乡|社区|居委会|村委会|村|开发区)$"


def core(name, places=()):
    """What is left of a name without places, kinds and legal forms: 福州市鼓楼区小太阳托育有限公司
    is 小太阳. `places` are the names of the regions where it lies."""
    bare = re.sub(BRACKETS, "", half_width(name))
    bare = re.sub(r"[\W_]", "", bare)
    for place in sorted(places, key=len, reverse=True):
        bare = bare.replace(place, "")
    for place in places:
        short = re.sub(ENDS, "", place)
        if len(short) > 1 and bare.startswith(short):
            bare = bare.removeprefix(short)
    return re.sub(KINDS, "", bare)


def likeness(one, other, places=()):
    """From 0 to 1, how alike two names are; 1 where only places, kinds and legal forms differ."""
    cores = core(one, places), core(other, places)
    if not all(cores):
        cores = half_width(one), half_width(other)
    if cores[0] == cores[1]:
        return 1
    if shorter_in_longer(*cores) or sound_alike(*cores):
        return 0.9
    return SequenceMatcher(None, *cores, autojunk=False).ratio()


def shorter_in_longer(one, other):
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > 1 and shorter in longer


def sound_alike(one, other):
    """爱婴堡 and 爱婴宝: written by ear. Two characters are too few to tell."""
    same = set(initials(one).split()) & set(initials(other).split())
    return len(one) == len(other) > 2 and bool(same) and len(set(one) & set(other)) > 1


def numbers(institutions):
    """What stands for having looked at these; "" when there is none."""
    return ".".join(str(one.id) for one in institutions)


def alike_in_township(name, village):
    """The institutions of the township of `village` whose names are most like `name`, at most
    five; those that have closed are left out."""
    township = village.path[: village.path.rstrip("/").rindex("/") + 1]
    there = select(Institution).where(
        below(Institution.region_path, township), Institution.closed_on.is_(None)
    )
    places = [part for part in village.full_name.split("/") if part]
    with looking(EVERYWHERE):
        found = db.session.scalars(there.options(joinedload(Institution.region))).all()
    scored = [(likeness(name, one.name, places), one) for one in found]
    close = sorted((pair for pair in scored if pair[0] >= ENOUGH), key=lambda pair: -pair[0])
    return [one for _, one in close[:MOST]]
