"""机构档案表: one version of the archive on paper, every figure of the form and its pictures.

Pages are cut here and not by the browser (docs/decisions/0005-paper.md). All lengths are tenths of
a millimetre; static/css/portrait.css draws the same.
"""

from dataclasses import dataclass

from tuoyu.archives.record_rows import rows_of
from tuoyu.web.lines import cut
from tuoyu.workflow.states import State

PAPER, HEAD, CONTINUED, PAGE_LINE = 2620, 330, 90, 80
NAME = 30  # characters of the institution's name on the pages after the first
ACROSS = {State.DRAFT: "草稿", State.RETURNED: "已退回", State.SUPERSEDED: "已更新"}


@dataclass(frozen=True)
class Leaf:
    number: int
    of: int
    rows: tuple


@dataclass(frozen=True)
class Record:
    """The archive as it is drawn."""

    archive: object
    region_name: str
    leaves: tuple
    confirmed: object  # the Step that brought it into force, or None

    @property
    def across(self):
        return ACROSS.get(self.archive.state, "")

    @property
    def short_name(self):
        return cut(self.archive.institution_name or "", NAME)


def record_of(archive):
    confirmed = [step for step in archive.steps if step.move == "confirm"]
    return Record(
        archive=archive,
        region_name=archive.region_name,
        leaves=cut_into_leaves(list(rows_of(archive))),
        confirmed=confirmed[-1] if confirmed else None,
    )


def cut_into_leaves(rows):
    """The rows on pages, in order."""
    leaves, room = [[]], PAPER - HEAD - PAGE_LINE
    for block in blocks_of(rows):
        height = sum(row.height for row in block)
        if height > room and leaves[-1]:
            leaves.append([])
            room = PAPER - CONTINUED - PAGE_LINE
        leaves[-1] += block
        room -= height
    return tuple(Leaf(n, len(leaves), tuple(some)) for n, some in enumerate(leaves, 1))


def blocks_of(rows):
    """What stays together on a page: a band with the row it heads, the signatures with the row
    above them."""
    block = []
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        block.append(row)
        if row.kind not in ("band", "minor") and not (after and after.kind == "signatures"):
            yield block
            block = []
