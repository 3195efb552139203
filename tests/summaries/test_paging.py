import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tuoyu.summaries import paging
from tuoyu.summaries.paging import FOOT, HIGHEST, LINE, MOST_LINES, paginate, row_height
from tuoyu.web import lines as breaking

HEIGHTS = some.lists(some.sampled_from((60, 90, 126, 162, HIGHEST)), max_size=150)


def wrapped(name):
    return breaking.wrapped(name, paging.NAME_WIDTH, MOST_LINES)


CSS = (Path(__file__).parents[2] / "static/css/print.css").read_text()


@dataclass(frozen=True)
class Named:
    """A row that only has a name."""

    name: str

    @property
    def lines(self):
        return wrapped(self.name)


def room_on(page):
    above = paging.TITLE if page.is_first else paging.CONTINUED
    foot = FOOT if page.is_last else 0
    return paging.PAPER - above - paging.UNIT_LINE - paging.HEAD - paging.PAGE_LINE - foot


@given(HEIGHTS)
def test_every_row_stands_on_exactly_one_page_in_order(heights):
    rows = list(enumerate(heights))
    pages = paginate(rows, height=lambda row: row[1])
    assert [row for page in pages for row in page.rows] == rows


@given(HEIGHTS)
def test_the_rows_of_a_page_fit_between_its_head_and_its_foot(heights):
    for page in paginate(heights, height=lambda one: one):
        assert sum(page.rows) <= room_on(page)


@given(HEIGHTS)
def test_no_page_of_several_is_left_with_a_single_row_at_the_end(heights):
    pages = paginate(heights, height=lambda one: one)
    assert len(pages) == 1 or len(pages[-1].rows) >= 2
    assert all(page.rows for page in pages) or not heights


@given(HEIGHTS)
def test_pages_know_their_number_and_how_many_there_are(heights):
    pages = paginate(heights, height=lambda one: one)
    assert [(page.number, page.of) for page in pages] == [
        (number, len(pages)) for number in range(1, len(pages) + 1)
    ]
    assert [page.is_last for page in pages] == [False] * (len(pages) - 1) + [True]


@pytest.mark.parametrize(
    ("rows", "on_each_page"),
    [
        (0, [0]),
        (1, [1]),
        (14, [14]),
        (15, [13, 2]),
        (18, [16, 2]),
        (19, [17, 2]),
        (35, [18, 17]),
        (36, [18, 16, 2]),
        (56, [18, 21, 17]),
        (57, [18, 21, 16, 2]),
        (91, [18, 21, 21, 21, 10]),
    ],
)
def test_rows_of_one_line_fall_on_pages_as_laid_down(rows, on_each_page):
    pages = paginate(range(rows), height=lambda _: paging.ROW)
    assert [len(page.rows) for page in pages] == on_each_page


def test_a_row_that_fits_nowhere_is_refused():
    with pytest.raises(ValueError, match="high"):
        paginate([HIGHEST + 1], height=lambda one: one)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("鼓东街道", ("鼓东街道",)),
        ("湄洲湾北岸经济开发区管委", ("湄洲湾北岸经济开发区管委",)),
        ("福州市鼓楼区示例托育服务有限公司", ("福州市鼓楼区示例", "托育服务有限公司")),
        ("福州市鼓楼区示例（普惠）托育园", ("福州市鼓楼区示例", "（普惠）托育园")),
        ("Happy Baby 示例国际托育中心分园", ("Happy Baby 示例", "国际托育中心分园")),
        ("", ("",)),
    ],
)
def test_names_are_broken_into_lines_of_about_equal_length(name, lines):
    assert wrapped(name) == lines


@given(some.text(max_size=100))
def test_any_name_can_be_printed(name):
    row = Named(name)
    assert len(row.lines) <= MOST_LINES
    assert len(paginate([row, row, row])) <= 2


@given(some.text(alphabet="福州市鼓楼区托育（）服务AbC1", max_size=60))
def test_breaking_a_name_loses_nothing(name):
    assert "".join(wrapped(name)) == name.strip()


def test_a_second_line_makes_a_row_of_nine_millimetres():
    assert row_height(Named("鼓东街道")) == 60
    assert row_height(Named("福州市鼓楼区示例托育服务有限公司")) == 90


def css_height(selector):
    rule = re.search(re.escape(selector) + r" \{[^}]*?(?<![-\w])height: ([\d.]+)mm", CSS)
    return round(float(rule[1]) * 10)


def test_the_style_sheet_draws_the_lengths_that_are_counted_with():
    assert css_height(".sheet-head") == paging.TITLE
    assert css_height(".sheet-continued") == paging.CONTINUED
    assert css_height(".sheet-unit-line") == paging.UNIT_LINE
    assert css_height(".sheet-foot") == paging.FOOT
    heads = map(css_height, (".sheet-groups", ".sheet-columns", ".sheet-numbers"))
    assert sum(heads) == paging.HEAD
    assert css_height(".sheet-row") == paging.ROW
    for lines in range(2, MOST_LINES + 1):
        assert css_height(f".sheet-row.lines-{lines}") == paging.AIR + LINE * lines
