"""The rows of 机构档案表: every figure of the form as it stands on paper, with its height.

All lengths are tenths of a millimetre; static/css/portrait.css draws the same.
"""

from typing import NamedTuple

from tuoyu.archives.checks import ARCHIVE
from tuoyu.archives.sheet import CLASS_PAGE, CLASSES, PAGES
from tuoyu.indicators.readings import Reading
from tuoyu.web.filters import minute
from tuoyu.web.lines import WORD, filled, wrapped

LINE, AIR, BAND, PICTURES, SIGNATURES = 40, 22, 82, 560, 160
LABEL, HALF, WHOLE, WIDE = 10, 15, 41, 52  # characters of 9 pt in a cell
MOST_IN_HALF = 2  # lines, from which a figure gets the whole width
GRID_COLUMNS = ("children", "classes", "fee", "places", "places_remaining")
GRID_HEADS = (
    "实际人数（人）",
    "班级数（个）",
    "收费标准（元/人/月）",
    "可提供托位（个）",
    "剩余托位（个）",
)
TOTALS = ("children_total", "classes_total", None, "places_total", "places_remaining_total")


class Cell(NamedTuple):
    """A label and what is written beside it, line by line."""

    label: tuple
    words: tuple

    @property
    def lines(self):
        return max(len(self.label), len(self.words))


class Row(NamedTuple):
    """What stands side by side; `kind` says how it is drawn."""

    kind: str  # band, cells, grid, wide, pictures, signatures
    content: object
    height: int


def rows_of(archive):
    """Every row of the record, in the order of the form."""
    for name, title in PAGES:
        yield band(title)
        if name == "classes":
            yield from class_rows(archive)
            continue
        for section in ARCHIVE.page(name).sections:
            yield band(section.title, minor=True)
            yield from figure_rows(archive, section.indicators)
    yield from picture_rows(archive.pictures)
    yield from wide_rows("核实与说明", explanations_of(archive))
    yield from wide_rows("审核记录", map(step_in_words, archive.steps))
    yield Row("signatures", None, SIGNATURES)


def band(title, minor=False):
    return Row("minor" if minor else "band", title, BAND)


def figure_rows(archive, indicators):
    """Two figures a row; one that is long has a row of its own."""
    waiting = []
    for indicator in indicators:
        half = cell(archive, indicator, HALF)
        if half.lines > MOST_IN_HALF:
            yield from paired(waiting)
            yield cells((cell(archive, indicator, WHOLE),))
            waiting = []
            continue
        waiting.append(half)
        if len(waiting) == 2:
            yield from paired(waiting)
            waiting = []
    yield from paired(waiting)


def paired(waiting):
    if waiting:
        yield cells(tuple(waiting))


def cells(some):
    return Row("cells", some, AIR + LINE * max(one.lines for one in some))


def cell(archive, indicator, width):
    words = str(Reading(indicator, getattr(archive, indicator.key)))
    unit = "" if words == "—" else f" {indicator.unit}".rstrip()
    return Cell(wrapped(indicator.label, LABEL, MOST_IN_HALF), broken(words + unit, width))


def broken(text, width):
    """The lines of a text whose own line breaks stay."""
    return tuple(line for part in text.splitlines() for line in filled(WORD.findall(part), width))


def class_rows(archive):
    """班级信息: a table of the four kinds of class, then what does not stand in it."""
    rows = [
        (f"{name}（{ages}）", [shown(archive, f"{k}_{c}") for c in GRID_COLUMNS])
        for k, name, ages in CLASSES
    ]
    rows.append(("合计", [shown(archive, key) for key in TOTALS]))
    yield Row("grid", (GRID_HEADS, rows), (AIR + LINE) * 6 + LINE)
    yield from figure_rows(archive, outside_the_grid())


def outside_the_grid():
    there = {f"{k}_{c}" for k, _, _ in CLASSES for c in GRID_COLUMNS} | set(TOTALS)
    return [i for section in CLASS_PAGE for i in section.indicators if i.key not in there]


def shown(archive, key):
    return str(Reading(ARCHIVE[key], getattr(archive, key))) if key else "—"


def picture_rows(pictures):
    yield from wide_rows("相关图片", () if pictures else ("没有上传图片。",))
    if pictures:
        yield band(f"相关图片（{len(pictures)}张）")
    for first in range(0, len(pictures), 3):
        three = list(enumerate(pictures[first : first + 3], first + 1))
        yield Row("pictures", three + [(0, None)] * (3 - len(three)), PICTURES)


def explanations_of(archive):
    kept = enumerate(archive.explanations.values(), 1)
    return [f"{n}.{one['message']}。说明：{one['text']}" for n, one in kept]


def step_in_words(step):
    reason = f"：{step.reason}" if step.reason else ""
    return f"{minute(step.at)}　{step.label}　{step.by_office}　{step.by_name}{reason}"


def wide_rows(title, texts):
    for number, text in enumerate(texts):
        if number == 0:
            yield band(title)
        lines = broken(text, WIDE)
        yield Row("wide", lines, AIR + LINE * len(lines))
