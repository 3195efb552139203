"""The managing tree, worked out from the code tree and the functional zones.

Knows no database: rows of two CSV files in, nodes out, every parent before its children.
"""

import csv
from dataclasses import dataclass, field

from tuoyu.regions.models import Kind, Level, ReviewMode
from tuoyu.regions.offices import office_of
from tuoyu.regions.pinyin import initials

SILENT = ("350527000000", "350122400000")  # 金门县, 马祖乡: listed by the statistics office only
VIRTUAL = "虚拟"  # 虚拟社区, 虚拟生活区: code holders without inhabitants
CODE_LENGTH = 12


class BrokenTree(ValueError):
    """The files contradict themselves; nothing can be imported."""


@dataclass
class Node:
    code: str
    name: str
    level: int
    parent_code: str | None
    kind: Kind = Kind.ADMINISTRATIVE
    office: str = ""
    path: str = ""
    full_name: str = ""
    initials: str = ""
    can_report: bool = True
    retired: bool = False  # known to the database, no longer listed
    children: list = field(default_factory=list, repr=False)

    @property
    def is_statistical(self):
        """A farm, an industrial park: digits 7 to 9 of the code from 400 on name no township."""
        return self.level == Level.TOWNSHIP and self.code[6:9] >= "400"

    @property
    def review_mode(self):
        """Inside a zone a statistical township has no office that could review."""
        return ReviewMode.COUNTY_ONLY if self.is_statistical else ReviewMode.TWO_LEVEL


def read_nodes(regions, zones):
    """The nodes by code, each under its managing parent. `regions` and `zones` are CSV files.

    Raises BrokenTree when a code occurs twice or a zone names a township that is not there.
    """
    nodes = {}
    for row in rows_of(regions):
        add(nodes, Node(row["code"], row["name"], int(row["level"]), row["parent_code"] or None))
    for row in rows_of(zones):
        add(
            nodes,
            Node(
                row["code"],
                row["name"],
                Level.COUNTY,
                row["parent_code"],
                Kind.FUNCTIONAL,
                row["office"],
            ),
        )
        for township in row["townships"].split():
            move(nodes, township[:CODE_LENGTH], township[CODE_LENGTH:], row["code"])
    return nodes


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def add(nodes, node):
    if node.code in nodes:
        raise BrokenTree(f"区划代码重复：{node.code} {node.name}")
    nodes[node.code] = node


def move(nodes, code, name, zone):
    node = nodes.get(code)
    if node is None or node.name != name:
        raise BrokenTree(f"功能区 {zone} 所列的 {code}{name} 与区划代码表不符")
    node.parent_code = zone


def grow(nodes):
    """Work out path, names, office and right to report of every node, from the root down.

    Answers the nodes, every parent before its children; raises BrokenTree when some of them do
    not hang on the province.
    """
    roots = []
    for node in nodes.values():
        node.children.clear()
    for node in nodes.values():
        parent = nodes.get(node.parent_code)
        (parent.children if parent else roots).append(node)
    if len(roots) != 1 or roots[0].parent_code:
        raise BrokenTree(f"应当只有一个省级区域，其余都有上级：{[node.name for node in roots][:5]}")
    grown = list(place(roots[0], None))
    if len(grown) < len(nodes):
        raise BrokenTree("区划代码表中有互为上级的区域")
    for node in reversed(grown):
        node.can_report = may_report(node, nodes)
    return grown


def place(node, parent):
    node.path = f"{parent.path if parent else ''}{node.code}/"
    node.full_name = f"{parent.full_name}/{node.name}" if parent else node.name
    node.office = node.office or office_of(node.name, node.level, parent.name if parent else "")
    node.initials = initials(node.name)
    yield node
    for child in node.children:
        yield from place(child, node)


def may_report(node, nodes):
    """Whether institutions can lie here; its children have been asked before.

    A virtual community counts only where a zone has no other, as in 清濛 of 泉州经济技术开发区.
    """
    parent = nodes.get(node.parent_code)
    in_zone = parent is not None and parent.kind == Kind.FUNCTIONAL
    if node.retired or node.code in SILENT or (node.is_statistical and not in_zone):
        return silence(node)
    if node.level < Level.VILLAGE:
        return any(child.can_report for child in node.children)
    return VIRTUAL not in node.name or is_all_a_zone_has(parent, nodes)


def silence(node):
    """No institution here, nor anywhere below."""
    for child in node.children:
        child.can_report = silence(child)
    return False


def is_all_a_zone_has(township, nodes):
    zone = nodes.get(township.parent_code)
    return zone.kind == Kind.FUNCTIONAL and len(township.children) == 1
