"""Bring the regions of the database in line with the files in data/.

Nothing is ever deleted: a region that vanishes from the files gets an end of validity, so that
the papers of its time keep their place.
"""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, insert, select, update

from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.regions.models import Level, Region
from tuoyu.regions.tree import BrokenTree, Node, grow, read_nodes

DATA = Path(__file__).resolve().parents[2] / "data"
REGIONS = DATA / "fujian_regions.csv"
ZONES = DATA / "functional_zones.csv"

KEPT_IN_LINE = (
    "name", "level", "kind", "parent_code", "path", "full_name", "office", "initials",
    "can_report", "valid_to",
)  # fmt: skip
COLUMNS = ("code", *KEPT_IN_LINE)


FOLLOWERS, GUARDS = [], []


class StillNeeded(BrokenTree):
    """A region above the townships cannot hang elsewhere, for the reason `because`."""

    def __init__(self, before, after, because):
        super().__init__(
            f"{before['full_name']}（{before['code']}）不能改为{after['full_name']}：{because}，"
            "在审的材料将无人能办。请在区划表中保留原上级后重新导入。"
        )


def follows_the_map(follow):
    """Hang up `follow(codes)`, called when regions have come to hang elsewhere in the tree."""
    FOLLOWERS.append(follow)
    return follow


def guards_the_map(guard):
    """Hang up `guard(before, after)`, asked before anything is written about each region of county
    level or higher that would hang under another one; it raises StillNeeded. Both are rows of
    COLUMNS."""
    GUARDS.append(guard)
    return guard


def hang_along(model):
    """Class decorator for what belongs to an office for good, whatever hangs where: the rows of
    `model` lie at the path that their region has today."""

    def follow(codes):
        lies_in = func.split_part(func.rtrim(model.region_path, "/"), "/", -1)
        there = update(model).where(lies_in == Region.code, Region.code.in_(codes))
        db.session.execute(
            there.values(region_path=Region.path), execution_options={"synchronize_session": False}
        )

    follows_the_map(follow)
    return model


@dataclass
class Changes:
    """What an import did: names of the regions added, renamed, moved to another parent, retired
    (no longer valid), and how many rows were touched in all, descendants included."""

    added: list = field(default_factory=list)
    renamed: list = field(default_factory=list)
    moved: list = field(default_factory=list)
    retired: list = field(default_factory=list)
    touched: int = 0

    def note(self, before, after):
        self.touched += 1
        if before["name"] != after["name"]:
            self.renamed.append(f"{before['name']} → {after['name']}")
        if before["parent_code"] != after["parent_code"]:
            self.moved.append(after["full_name"])
        if after["valid_to"] and not before["valid_to"]:
            self.retired.append(before["full_name"])


def import_regions(regions=REGIONS, zones=ZONES):
    """Read the CSV files, add and change what differs, retire what vanished; answers Changes.

    The review mode is set when a region is added and then left alone: it belongs to the county.
    Raises BrokenTree when the files contradict themselves or a guard objects. Part of the caller's transaction.
    """
    before = {row.code: row._asdict() for row in db.session.execute(select(*columns())).all()}
    listed = read_nodes(regions, zones)
    vanished = {code: remembered(row) for code, row in before.items() if code not in listed}
    changes, new, changed = Changes(), [], []
    for node in grow({**listed, **vanished}):
        after = {name: getattr(node, name, None) for name in COLUMNS}
        if node.code not in before:
            new.append(first_row(node, after, clock.today() if before else None))
            changes.added.append(node.full_name)
            changes.touched += 1
            continue
        if node.code in vanished:
            after["valid_to"] = before[node.code]["valid_to"] or clock.today()
        if after != before[node.code]:
            changes.note(before[node.code], after)
            changed.append(after)
    ask([(before[row["code"]], row) for row in changed])
    write(new, changed)
    tell([row["code"] for row in changed if row["path"] != before[row["code"]]["path"]])
    return changes


def ask(changed):
    for before, after in changed:
        hangs_elsewhere = before["parent_code"] != after["parent_code"]
        for guard in GUARDS if hangs_elsewhere and after["level"] <= Level.COUNTY else ():
            guard(before, after)


def tell(rehung):
    for follow in FOLLOWERS if rehung else ():
        follow(rehung)


def columns():
    return [getattr(Region, name) for name in COLUMNS]


def remembered(row):
    """A region that is in the database only, to find its place in the new tree."""
    kept = {name: row[name] for name in ("code", "name", "level", "parent_code", "kind", "office")}
    return Node(**kept, retired=True)


def first_row(node, values, valid_from):
    return values | {"valid_from": valid_from, "review_mode": node.review_mode}


def write(new, changed):
    if new:
        db.session.execute(insert(Region), new)
    if changed:
        db.session.execute(update(Region), changed)
    db.session.expire_all()
