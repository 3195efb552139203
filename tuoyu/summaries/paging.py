"""How the rows of a landscape A4 sheet fall on pages. Browsers cannot be trusted with it: page
numbers in CSS need Chromium 131, the offices have 86 to 109. All lengths are tenths of a
millimetre, so that sums are exact; static/css/print.css draws the same lengths."""

from dataclasses import dataclass

from tuoyu.summaries.wording import written

PAPER = 1750  # A4 landscape less 20 mm above and 15 mm below
TITLE, CONTINUED, UNIT_LINE, HEAD, FOOT, PAGE_LINE = 270, 80, 60, 260, 220, 80

FIRST = PAPER - TITLE - UNIT_LINE - HEAD - PAGE_LINE
MIDDLE = PAPER - CONTINUED - UNIT_LINE - HEAD - PAGE_LINE
SINGLE = FIRST - FOOT
LAST = MIDDLE - FOOT

ROW, LINE, AIR = 60, 36, 18
LAST_PAGE_ROWS = 2
HIGHEST = SINGLE // LAST_PAGE_ROWS  # any two rows fit under the heads and above the foot

NAME_WIDTH = 12  # characters of 9 pt in column 甲
MOST_LINES = 9


@dataclass(frozen=True)
class Page:
    """Some rows, and where they stand among the others."""

    number: int
    of: int
    rows: tuple

    @property
    def is_first(self):
        return self.number == 1

    @property
    def continued(self):
        """续表一 on the second page, and so on."""
        return f"续表{written(self.number - 1)}"

    @property
    def is_last(self):
        return self.number == self.of


def paginate(rows, height=None):
    """The rows as pages, in order; the foot is on the last one only, which is never left with a
    single row. `height(row)` is in tenths of a millimetre. An empty sheet is one page.

    Raises ValueError for a row too high for any layout.
    """
    height = height or row_height
    rows, heights = tuple(rows), [height(row) for row in rows]
    if any(not 0 < one <= HIGHEST for one in heights):
        raise ValueError(f"a row is not between 0 and {HIGHEST / 10} mm high")
    cuts = [0, *cuts_between(heights), len(rows)]
    slices = [rows[start:end] for start, end in zip(cuts, cuts[1:], strict=False)]
    return tuple(Page(number, len(slices), cut) for number, cut in enumerate(slices, start=1))


def cuts_between(heights):
    """Before which rows a new page begins."""
    start, room, room_with_foot = 0, FIRST, SINGLE
    while sum(heights[start:]) > room_with_foot:
        start += min(fitting(heights[start:], room), len(heights) - start - LAST_PAGE_ROWS)
        yield start
        room, room_with_foot = MIDDLE, LAST


def fitting(heights, room):
    """How many of the first rows fit."""
    count = 0
    for one in heights:
        room -= one
        if room < 0:
            break
        count += 1
    return count


def row_height(row):
    """6 mm for a line, 9 mm for two, and so on."""
    return max(ROW, AIR + LINE * len(row.lines))
