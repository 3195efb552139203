"""Choosing a village or community: where a person stands on the way down, and the answer."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import or_, select

from tuoyu.extensions import db
from tuoyu.refusal import NotAcceptable
from tuoyu.regions.models import Level, Region
from tuoyu.regions.search import find

ANSWER = "region_code"  # what the page that asked is told
OURS = re.compile(r"/(?![/\\])[\x21-\x5b\x5d-\x7e]*")  # a path, but no "//host" and no backslash
FIELD = re.compile(r"[a-z_]{1,40}")
CODE = re.compile(r"[0-9A-Z-]{1,12}")
CHOICES = {
    Level.CITY: "设区市",
    Level.COUNTY: "县（市、区）",
    Level.TOWNSHIP: "乡镇（街道）",
    Level.VILLAGE: "社区（村）",
}
UNKNOWN = "没有找到这个区域，请重新选择"
NOT_A_VILLAGE = "所属区域必须选择到社区（村）一级"


def leaf_or_refusal(code):
    """The village or community with this code, where an institution may lie.

    Raises NotAcceptable when the code is unknown, no longer valid or closed to institutions, and
    when it is not a village or community (Manual 1.2: 必须选择到社区/村一级).
    """
    region = offered(code).get(code)
    if region is None:
        raise NotAcceptable(UNKNOWN)
    if not region.is_village:
        raise NotAcceptable(NOT_A_VILLAGE)
    return region


def offered(*codes):
    """The regions with these codes by code, and the province; what is not offered is missing."""
    known = [code for code in codes if CODE.fullmatch(code or "")]
    wanted = or_(Region.parent_code.is_(None), Region.code.in_(known))
    return {
        row.code: row for row in db.session.scalars(select(Region).where(Region.offered(), wanted))
    }


@dataclass
class Step:
    """One level on the way down: its regions, and which of them was taken."""

    label: str
    regions: list
    taken: str | None


@dataclass
class Picker:
    """What is on the screen while someone chooses a region.

    `name`: the form field that is being filled, "" on the page of its own; `next`: where that
    page leads; `chosen`: the village that counts until another is chosen; `here`: how far down;
    `jumped`: came there by a search result, over the heads of the lists above.
    """

    name: str
    next: str
    query: str
    here: Region | None
    chosen: Region | None
    jumped: bool

    @classmethod
    def from_args(cls, args):
        taken, before = args.getlist("parent"), args.get("chosen", "")
        regions = offered(*taken, before)
        here = lowest(taken, regions)
        village = here if here and here.is_village else regions.get(before)
        return cls(
            name=args.get("name", "") if FIELD.fullmatch(args.get("name", "")) else "",
            next=own_address(args.get("next")),
            query="".join(filter(str.isprintable, args.get("q", ""))),
            here=here,
            chosen=village if village and village.is_village else None,
            jumped=len(taken) == 1 and here is not None and here.level > Level.CITY,
        )

    @property
    def is_done(self):
        return self.here is not None and self.here.is_village

    @property
    def way_back(self):
        """The page that asked, with the choice in place of an older one."""
        path, _, asked = self.next.partition("?")
        rest = [pair for pair in parse_qsl(asked) if pair[0] != ANSWER]
        return f"{path}?{urlencode([*rest, (ANSWER, self.chosen.code)])}"

    @property
    def kept(self):
        """What every link and request of the picker carries along."""
        carried = {"name": self.name, "next": self.next, "chosen": self.chosen and self.chosen.code}
        return {key: value for key, value in carried.items() if value}

    @property
    def found(self):
        """The regions the typed words mean, best first."""
        return find(self.query)

    @property
    def steps(self):
        """The levels from the cities down to the one to be chosen next; one statement."""
        if self.here is None:
            return []
        codes = self.here.codes
        below = select(Region).where(Region.offered(), Region.parent_code.in_(codes))
        children = {code: [] for code in codes}
        for region in db.session.scalars(below.order_by(Region.code)):
            children[region.parent_code].append(region)
        return [
            Step(CHOICES[min(region.level for region in children[code])], children[code], taken)
            for code, taken in zip(codes, [*codes[1:], None], strict=True)
            if children[code]
        ]


def lowest(taken, regions):
    """How far down the taken codes lead: the first may lie anywhere, each other must be a child
    of the one before, so that a new city forgets the county of the old one."""
    here = next((region for region in regions.values() if region.parent_code is None), None)
    for number, code in enumerate(taken):
        region = regions.get(code)
        if region is None or (number and region.parent_code != here.code):
            break
        here = region
    return here


def own_address(address):
    """`address` if it is a page of ours, else the front page: nobody is sent elsewhere."""
    return address.partition("#")[0] if OURS.fullmatch(address or "") else "/"
