"""Filling in with a real browser: totals run, Ctrl+S saves, nothing typed is lost."""

import pytest

from tests.components.browser import PASTE
from tests.figures import REPORT_FIGURES

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
