"""What is copied from a spreadsheet and pasted into the form goes where it belongs, or nowhere.

One form serves all the tests, out of reach of the server.
"""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.cast import FIRST_WINDOW, Cast
from tests.components.browser import PASTE, serve
from tests.conftest import sign_in
from tuoyu import clock
from tuoyu.reports.checks import MONTHLY_REPORT

ORDER = {i.code: i.key for i in MONTHLY_REPORT if i.code}
MIXED = {code: str(n % 7 + 1) for n, code in enumerate(ORDER)}
NOBODY = dict.fromkeys(ORDER, "0") | {"34": "2800", "35": "1600", "36": "30", "37": "40"}
THIS_MONTH, LAST_MONTH = 3, 4  # columns of the workbook


BLANK = """() => {
  for (const cell of document.querySelectorAll("input.number")) cell.value = "";
  document.querySelector("#flashes").textContent = "";
}"""


@pytest.fixture(scope="module")
def stage(one_app, worker_database):
    """The client of a director, and the address of a draft."""
    worker_database.tidy()
    cast = Cast(one_app)
    cast.archive(cast.sunshine)
    draft = cast.report(cast.sunshine)
    with clock.at(FIRST_WINDOW):
        yield sign_in(one_app, cast.sunshine_director), f"/reports/{draft.id}"
    worker_database.tidy()


@pytest.fixture(scope="module")
def table(stage):
    """The cells of our workbook, texts."""
    client, draft = stage
    file = BytesIO(client.get(f"{draft}/workbook.xlsx").data)
    sheet = load_workbook(file, data_only=True).worksheets[0]
    return [["" if c is None else str(c) for c in row] for row in sheet.values]


@pytest.fixture(scope="module")
def form(browser, one_app, stage):
    client, draft = stage
    context = browser.new_context()
    with serve(one_app) as address:
        cookie = client.get_cookie("session")
        context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
        page = context.new_page()
        page.goto(f"{address}{draft}/edit")
        context.set_offline(True)
        yield page
    context.close()


@pytest.fixture
def copied(table):
    """copied(figures, first, last, columns) are rows of our workbook as Excel copies them, with
    these figures {code: text} and their sums; every figure of last month is 99."""

    def rows(figures, first="01", last="37", columns=slice(None)):
        ours, group = [row.copy() for row in table], []
        for row in ours:
            row[LAST_MONTH] = "99" if row[0] in figures else ""
            if row[0] in figures:
                row[THIS_MONTH] = figures[row[0]]
                group.append(int(row[THIS_MONTH]) if row[THIS_MONTH].isdigit() else 0)
            elif row[1]:
                parts = group[1:] if "离开合计" in row[1] else group  # 17 is the sum of 18 and 19
                row[THIS_MONTH], group = (str(sum(parts)) if "合计" in row[1] else ""), []
        codes = [row[0] for row in ours]
        chosen = ours[codes.index(first) : codes.index(last) + 1]
        return "\n".join("\t".join(row[columns]) for row in chosen)

    return rows


@pytest.fixture
def blank_form(form):
    """The form with nothing in its cells."""
    form.evaluate(BLANK)
    return form


def pasted(page, at, text):
    """{code: text} of the cells that are filled after pasting at this code."""
    page.evaluate(PASTE, [ORDER[at], text])
    found = {code: page.input_value(f"#{key}") for code, key in ORDER.items()}
    return {code: text for code, text in found.items() if text}


def says(page, wanted):
    page.locator("#flashes", has_text=wanted).wait_for(timeout=10_000)


def since(first, figures, last="37"):
    return {code: text for code, text in figures.items() if first <= code <= last and text}


ONE, SOME = slice(THIS_MONTH, THIS_MONTH + 1), slice(THIS_MONTH, None)


ROWS = [(columns, first) for columns in (slice(None), slice(0, 4)) for first in ("01", "04", "17")]
ROWS += [(ONE, first) for first in ("01", "04", "05", "10", "17", "18", "21", "24", "26", "29")]


@pytest.mark.parametrize(("columns", "first"), ROWS, ids=str)
def test_what_is_copied_from_our_own_table_finds_its_place(blank_form, copied, first, columns):
    """With its headings and sums, the whole table or the one column, from any row on."""
    wanted = since(first, MIXED)
    assert pasted(blank_form, first, copied(MIXED, first, columns=columns)) == wanted
    says(blank_form, f"已粘贴 {len(wanted)} 项")


@pytest.mark.parametrize("first", ["01", "17"])
def test_zeros_and_their_sums_find_their_place(blank_form, copied, first):
    """零入托: the sums are 0 as the figures are."""
    figures = NOBODY | {"01": "3", "03": "1", "16": "1"}
    assert pasted(blank_form, first, copied(figures, first, columns=ONE)) == since(first, figures)


def test_one_half_of_our_table_finds_its_place(blank_form, copied):
    rows = copied(MIXED, "01", "16", ONE)
    assert pasted(blank_form, "01", rows) == since("01", MIXED, "16")


@pytest.mark.parametrize("word", ["无", "-", "12人", ""])
@pytest.mark.parametrize(
    ("columns", "code"), [(slice(None), "16"), (SOME, "06"), (ONE, "06")], ids=str
)
def test_a_word_among_the_figures_stands_in_its_cell(blank_form, copied, word, columns, code):
    """Figures of last month stand beside them; only the column of this month is taken."""
    figures = MIXED | {code: word}
    assert pasted(blank_form, "01", copied(figures, columns=columns)) == since("01", figures)


@pytest.mark.parametrize("word", ["￥2,800.00", "-", "12人", "暂无"])
def test_a_column_of_nothing_else_is_still_this_month(blank_form, copied, word):
    figures = dict.fromkeys(ORDER, word)
    assert pasted(blank_form, "01", copied(figures)) == figures


@pytest.mark.parametrize("columns", [slice(None), SOME], ids=str)
def test_last_month_is_never_taken_for_this_one(blank_form, copied, columns):
    assert pasted(blank_form, "01", copied(dict.fromkeys(ORDER, ""), columns=columns)) == {}
    says(blank_form, "没有粘贴")


@pytest.mark.parametrize(
    ("at", "column"),
    [
        ("09", "1 2 5 4 12 11 10"),  # 13 is the sum of 09 to 12, as where all were trained
        ("10", "2 5 4 12 11 10"),
        ("13", "3 4 5  7"),  # 16 is blank, or the heading above it is
        ("01", " 12 1 2"),  # so with 01
        ("30", "1 2 3 4 5 6 7 8 9"),  # more than there are places
        ("01", "十二 9 2"),  # a heading or a figure
    ],
)
def test_a_column_that_could_go_two_ways_is_not_pasted(blank_form, at, column):
    assert pasted(blank_form, at, column.replace(" ", "\n")) == {}
    says(blank_form, "没有粘贴")


@pytest.mark.parametrize(
    ("at", "column", "wanted"),
    [
        ("02", " 1 2", {"03": "1", "04": "2"}),
        ("01", " 12 1 2 5", {"02": "12", "03": "1", "04": "2", "05": "5"}),
        ("02", "本月数 12 无 2", {"02": "12", "03": "无", "04": "2"}),
        ("01", "12人 9 2", {"01": "12人", "02": "9", "03": "2"}),
        ("09", "1 2 5 4 9", {"09": "1", "10": "2", "11": "5", "12": "4", "13": "9"}),
    ],
)
def test_a_column_without_sums_fills_downward(blank_form, at, column, wanted):
    assert pasted(blank_form, at, column.replace(" ", "\n")) == wanted


def test_what_begins_with_a_heading_finds_its_place(blank_form, copied):
    rows = copied(MIXED, columns=ONE)
    assert pasted(blank_form, "01", f"本月数\n\n{rows}") == MIXED


@pytest.mark.parametrize(
    ("at", "rows", "wanted"),
    [
        ("07", "36-50岁保育人员数\t3\n51岁以上保育人员数\t0", {"07": "3", "08": "0"}),
        ("24", "入托女童数\t29\n0-11月龄入托数\t6", {"24": "29", "25": "6"}),
        ("01", "全职从业人员数\t人\t1\n其中：保育人员数\t人\t2", {"01": "1", "02": "2"}),
    ],
)
def test_figures_beside_their_names_go_down(blank_form, at, rows, wanted):
    assert pasted(blank_form, at, rows) == wanted


def test_a_section_without_its_sums_fills_downward(blank_form):
    wanted = {"28": "50", "29": "5", "30": "3", "31": "2", "32": "45", "33": "15"}
    assert pasted(blank_form, "28", "\n".join(wanted.values())) == wanted


@pytest.mark.parametrize("heading", ["填报值", "合计", "人", "本期", "单位：人", "阳光托育园"])
@pytest.mark.parametrize("first", ["01", "17"])
def test_any_heading_stands_above_all_that_is_below(blank_form, first, heading):
    wanted = since(first, MIXED)
    assert pasted(blank_form, first, "\n".join([heading, *wanted.values()])) == wanted
