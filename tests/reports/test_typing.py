"""Filling in with a real browser: totals run, Ctrl+S saves, nothing typed is lost."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.figures import REPORT_FIGURES
from tuoyu.reports.checks import MONTHLY_REPORT

pytestmark = pytest.mark.usefixtures("first_window")


@pytest.fixture
def draft(cast, director):
    return cast.report(cast.sunshine, cg_age_26_35=None)


@pytest.fixture
def open_form(browser, address, director, draft):
    """open_form(scripts=True) is the form of the draft in a browser of its own."""
    contexts = []

    def opened(scripts=True):
        contexts.append(browser.new_context(java_script_enabled=scripts))
        cookie = director.get_cookie("session")
        contexts[-1].add_cookies([{"name": "session", "value": cookie.value, "url": address}])
        page = contexts[-1].new_page()
        page.goto(f"{address}/reports/{draft.id}/edit")
        return page

    yield opened
    for context in contexts:
        context.close()


def text(page, selector, wanted):
    """Wait until the element says so."""
    page.locator(selector, has_text=wanted).wait_for(timeout=10_000)


def test_totals_run_while_typing(open_form):
    page = open_form()
    assert "7 / 12 ○ 未填完" in page.inner_text("#total_H04")
    page.fill("#cg_age_26_35", "５")
    page.press("#cg_age_26_35", "Enter")
    text(page, "#total_H04", "12 / 12 ✓ 相符")
    text(page, "#running_totals", "各项齐全、相符")
    assert page.evaluate("document.activeElement.id") == "cg_age_36_50"
    assert page.input_value("#cg_age_26_35") in ("５", "5")  # saved meanwhile: as it is kept


def test_the_last_figure_counts_when_entered(open_form):
    """Enter has nowhere to go from figure 37, but the checks hear of it."""
    page = open_form()
    page.fill("#fee_temporary", "")
    page.press("#fee_temporary", "Shift+Enter")
    text(page, "#points", "临时托")
    page.focus("#fee_temporary")
    page.keyboard.type("40")
    page.keyboard.press("Enter")
    page.locator("#points", has_text="临时托").wait_for(state="detached", timeout=5000)
    assert page.evaluate("document.activeElement.id") == "fee_temporary"


def test_ctrl_s_saves_and_says_so(cast, draft, open_form):
    page = open_form()
    page.fill("#cg_age_26_35", "5")
    page.keyboard.press("Control+s")
    text(page, "#flashes", "已暂存 10:00:00")
    page.wait_for_timeout(500)  # nothing that comes later wipes the message away
    assert "已暂存" in page.inner_text("#flashes")
    with cast.stage():
        assert cast.again(draft).cg_age_26_35 == 5


def test_what_is_no_figure_stays_as_typed(open_form):
    page = open_form()
    page.fill("#enrolled", "六十")
    page.fill("#enr_male", "33")
    page.click("button:has-text('暂存')")
    text(page, ".error-summary", "入托数应为不小于 0 的整数")
    assert page.input_value("#enrolled") == "六十"
    assert page.input_value("#enr_male") == "33"


def test_of_two_windows_the_second_is_told(open_form):
    first, second = open_form(), open_form()
    for page, number in ((first, "61"), (second, "62")):
        page.fill("#enrolled", number)
        page.click("button:has-text('暂存')")
    text(second, ".error-summary", "本次填写的内容没有保存")
    text(second, ".clash", "您填的是 62，另一窗口 10:00 保存的是 61")
    assert second.input_value("#enrolled") == "62"
    second.click("button:has-text('暂存')")
    text(second, "#flashes", "已暂存")


PASTE = """([id, text]) => {
  const data = new DataTransfer();
  data.setData("text", text);
  const cell = document.querySelector("#" + id);
  cell.focus();
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  cell.dispatchEvent(new ClipboardEvent("paste", options));
}"""


ORDER = {i.code: i.key for i in MONTHLY_REPORT if i.code}
MIXED = {code: str(n % 7 + 1) for n, code in enumerate(ORDER)}
NOBODY = dict.fromkeys(ORDER, "0") | {"34": "2800", "35": "1600", "36": "30", "37": "40"}
THIS_MONTH, LAST_MONTH = 3, 4  # columns of the workbook


@pytest.fixture
def copied(director, draft):
    """copied(figures, first, last, columns) are rows of our workbook as Excel copies them, with
    these figures {code: text} and their sums; every figure of last month is 99."""

    def rows(figures, first="01", last="37", columns=slice(None)):
        answer = director.get(f"/reports/{draft.id}/workbook.xlsx")
        sheet = load_workbook(BytesIO(answer.data), data_only=True).worksheets[0]
        table = [["" if c is None else str(c) for c in row] for row in sheet.values]
        group = []
        for row in table:
            row[LAST_MONTH] = "99" if row[0] in figures else ""
            if row[0] in figures:
                row[THIS_MONTH] = figures[row[0]]
                group.append(int(row[THIS_MONTH]) if row[THIS_MONTH].isdigit() else 0)
            elif row[1]:
                parts = group[1:] if "离开合计" in row[1] else group  # 17 is the sum of 18 and 19
                row[THIS_MONTH], group = (str(sum(parts)) if "合计" in row[1] else ""), []
        codes = [row[0] for row in table]
        chosen = table[codes.index(first) : codes.index(last) + 1]
        return "\n".join("\t".join(row[columns]) for row in chosen)

    return rows


@pytest.fixture
def blank_form(open_form):
    """The form with nothing in its cells."""
    page = open_form()
    page.evaluate("for (const cell of document.querySelectorAll('input.number')) cell.value = ''")
    return page


def pasted(page, at, text):
    """{code: text} of the cells that are filled after pasting at this code."""
    page.evaluate(PASTE, [ORDER[at], text])
    found = {code: page.input_value(f"#{key}") for code, key in ORDER.items()}
    return {code: text for code, text in found.items() if text}


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
    text(blank_form, "#flashes", f"已粘贴 {len(wanted)} 项")


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
    text(blank_form, "#flashes", "没有粘贴")


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
    text(blank_form, "#flashes", "没有粘贴")


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


def test_a_column_of_a_spreadsheet_fills_downward(open_form):
    page = open_form()
    column = [str(value) for key, value in REPORT_FIGURES.items() if key != "institution_category"]
    page.evaluate(PASTE, ["ft_staff", "\n".join(column)])
    text(page, "#running_totals", "各项齐全、相符")
    assert page.input_value("#fee_temporary") in ("40.00", "40")


def test_without_javascript_the_page_saves_and_adds_up(open_form):
    page = open_form(scripts=False)
    page.fill("#cg_age_26_35", "6")
    page.press("#cg_age_26_35", "Enter")
    text(page, "#flashes", "已暂存")
    assert "13 / 12 ✕ 多 1" in page.inner_text("#total_H04")
    page.fill("#cg_age_26_35", "5")
    page.click("button:has-text('保存并核对')")
    text(page, "main", "各项指标齐全、相符")
    page.click("button:has-text('提交审核')")
    text(page, "#flashes", "已提交审核，现为待乡镇审核")


def test_zeros_and_a_word_in_place_keep_themselves(cast, draft, open_form):
    page = open_form()
    page.click("button[value=zero-caregivers]")
    text(page, ".section-row output", "已填 1 项 0")
    assert page.input_value("#cg_age_26_35") == "0"
    page.fill("#guards_certified", "0")
    page.press("#guards_certified", "Tab")
    text(page, "#note-guards_certified", "持证保安人员数 0 小于全职保安人员数 1")
    page.fill("#explanation-S06", "新聘，正在考证")
    page.press("#explanation-S06", "Tab")
    text(page, "#saved", "已暂存")
    page.wait_for_timeout(1000)
    assert page.input_value("#explanation-S06") == "新聘，正在考证"
    with cast.stage():
        row = cast.again(draft)
        assert (row.cg_age_26_35, row.guards_certified) == (0, 0)
        assert "新聘，正在考证" in [kept["text"] for kept in row.explanations.values()]


SLOWLY = """() => {
  const send = XMLHttpRequest.prototype.send;
  XMLHttpRequest.prototype.send = function (body) {
    setTimeout(() => send.call(this, body), 1000);
  };
}"""


def test_what_is_typed_while_its_note_is_drawn_anew_stays(cast, draft, open_form):
    """The answer knows only the letters that were there when it was asked for."""
    page = open_form()
    page.fill("#guards_certified", "0")
    page.press("#guards_certified", "Tab")
    text(page, "#note-guards_certified", "小于全职保安人员数 1")
    page.evaluate(SLOWLY)
    page.fill("#ft_guards", "2")
    page.focus("#explanation-S06")
    page.keyboard.type("新聘两名，正在考证，下月取得", delay=150)
    text(page, "#note-guards_certified", "小于全职保安人员数 2")
    page.keyboard.type("。")
    assert page.input_value("#explanation-S06") == "新聘两名，正在考证，下月取得。"
    text(page, "#saved", "已暂存")
    page.press("#explanation-S06", "Tab")
    page.wait_for_timeout(2500)  # until the last answer was heard
    with cast.stage():
        [kept] = cast.again(draft).explanations.values()
    assert kept["text"] == "新聘两名，正在考证，下月取得。"
    assert "小于全职保安人员数 2" in kept["message"]
