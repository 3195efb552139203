"""The components in a real browser: focus, dialogs, parts of tables, counting, axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import flash, request
from jinja2 import ChoiceLoader, DictLoader

from tests.components.browser import serve
from tests.components.stub import gallery_app
from tuoyu.extensions import htmx
from tuoyu.web import pages

LIST = """
{% extends layout %}
{% from "components/form.html" import button, csrf %}
{% from "components/errors.html" import error_summary %}
{% from "components/bulk.html" import bulk_bar, pick, pick_all %}
{% block head %}<script src="{{ url_for('static', filename='js/picking.js') }}" defer></script>{% endblock %}
{% block content %}
<h1>待审 {% block total %}<b id="total"{{ oob("total") }}>{{ count }}</b>{% endblock %}</h1>
<form id="rows" method="post">{% call bulk_bar() %}{{ button("批量通过") }}{% endcall %}
<table><thead><tr><th>{{ pick_all() }}</th></tr></thead>
<tbody>{% for n in (1, 2) %}{% set row = n %}{% block row scoped %}
<tr id="row"><td>{{ pick("paper", row, row) }}</td><td>{{ word }}
<button type="button" hx-post="/approve" hx-target="closest tr">通过</button></td></tr>{% endblock %}
{% endfor %}</tbody><tfoot>{% block sum %}<tr id="sum"{{ oob("sum") }}><td>合计 {{ count }}</td></tr>{% endblock %}</tfoot></table></form>
{% block entry %}<form id="entry" method="post" action="/save" hx-post="/save" hx-target="#entry">
{{ csrf() }}{{ error_summary(errors=errors) }}<input id="enrolled" name="enrolled" aria-label="入托数">
{{ button("提交审核", confirm="提交后不能修改。") }}{{ button("断网", "plain", attrs={"formaction": "/gone", "data-save": ""}) }}</form>{% endblock %}
{% endblock %}
"""


def list_app():
    app = gallery_app()
    app.jinja_loader = ChoiceLoader([DictLoader({"list.html": LIST}), app.jinja_loader])
    htmx.init_app(app)
    start = {"count": 2, "word": "待审", "errors": []}

    @app.get("/rows")
    def rows():
        return pages.page("list.html", **start)

    @app.post("/approve")
    def approve():
        flash("已通过。")
        context = dict(start, count=1, word="已通过", row=1)
        return pages.draw("list.html", "row", "sum", "total", **context)

    @app.post("/save")
    def save():
        app.saved.append(request.form["enrolled"])
        if not request.form["enrolled"]:
            return pages.draw(
                "list.html", "entry", **dict(start, errors=[("enrolled", "请填写入托数")])
            ), 422
        flash("已提交。")
        return pages.draw("list.html", "entry", **start)

    app.saved = []
    return app


@pytest.fixture(scope="module")
def app():
    return list_app()


@pytest.fixture(scope="module")
def address(app):
    with serve(app) as address:
        yield address


@pytest.fixture
def page(browser):
    """A fresh page that must end without complaints in its console."""
    page = browser.new_page(viewport={"width": 1366, "height": 768}, locale="zh-CN")
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda m: complaints.append(m.text) if "Security Policy" in m.text else None)
    yield page
    page.close()
    assert not complaints


@pytest.fixture
def rows(page, address):
    page.goto(f"{address}/rows")
    return page


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.className")


@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (390, 844)])
def test_the_gallery_fits_and_axe_finds_nothing_serious(page, address, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    violations = Axe().run(page).response["violations"]
    assert not [(v["id"], v["nodes"][0]["html"]) for v in violations]


def test_the_focus_goes_to_the_error_summary_of_a_whole_page(page, address):
    page.goto(address)
    assert focused(page) == "error-summary"


def test_a_row_and_parts_elsewhere_are_replaced_in_one_answer(rows):
    rows.locator("text=通过").nth(1).click()
    rows.wait_for_selector("#flashes .flash")
    assert "已通过" in rows.locator("tbody tr").nth(0).inner_text()
    assert "待审" in rows.locator("tbody tr").nth(1).inner_text()
    assert rows.locator("#total").inner_text() == "1"
    assert rows.locator("tfoot tr").inner_text() == "合计 1"
    assert rows.locator("tfoot tr, tbody tr").count() == 3
    assert focused(rows) == "flashes"


def test_a_refused_form_moves_the_focus_to_its_errors(rows):
    rows.click("text=提交审核")
    rows.click("dialog >> text=提交审核")
    rows.wait_for_selector(".error-summary")
    assert focused(rows) == "error-summary"
    rows.click(".error-summary a")
    assert focused(rows) == "enrolled"


def test_cancelling_the_question_sends_nothing_and_returns_the_focus(app, rows):
    before = len(app.saved)
    rows.click("text=提交审核")
    assert "提交后不能修改。" in rows.locator("dialog").inner_text()
    rows.keyboard.press("Escape")
    rows.wait_for_selector("dialog", state="detached")
    assert rows.evaluate("document.activeElement.textContent") == "提交审核"
    assert len(app.saved) == before


def test_agreeing_sends_once(app, rows):
    before = len(app.saved)
    rows.fill("#enrolled", "12")
    rows.click("text=提交审核")
    rows.keyboard.press("Enter")
    rows.wait_for_selector("#flashes .flash")
    assert app.saved[before:] == ["12"]


def test_a_lost_connection_is_told_and_keeps_what_was_typed(rows):
    rows.fill("#enrolled", "12")
    rows.route("**/gone", lambda route: route.abort())
    rows.click("text=断网")
    rows.wait_for_selector(".flash-error")
    assert "网络恢复后请重试" in rows.locator("#flashes").inner_text()
    assert rows.input_value("#enrolled") == "12"


def test_choosing_rows_is_counted(rows):
    assert not rows.locator("[data-picked]").is_visible()
    rows.check("[data-pick] >> nth=0")
    assert rows.locator("[data-picked]").inner_text() == "已选 1 家"
    rows.check("[data-pick-all]")
    assert rows.locator("[data-picked]").inner_text() == "已选 2 家"


ENTRY = "#ft_staff", "#ft_caregivers", "#ft_guards", "#cg_certified"


@pytest.mark.parametrize(
    ("start", "key", "end"),
    [
        ("#ft_staff", "Enter", "ft_caregivers"),
        ("#ft_guards", "Shift+Enter", "ft_caregivers"),
        ("#ft_staff", "ArrowDown", "ft_caregivers"),
        ("#ft_staff", "ArrowUp", "ft_staff"),
        ("#cg_certified", "Enter", "cg_certified"),
    ],
)
def test_keys_move_between_cells_and_never_submit(page, address, start, key, end):
    page.goto(address)
    page.focus(start)
    page.keyboard.press(key)
    assert focused(page) == end
    assert page.input_value("#ft_staff") == "12"


def test_ctrl_s_presses_the_button_that_saves(rows):
    rows.route("**/gone", lambda route: route.abort())
    rows.focus("#enrolled")
    rows.keyboard.press("Control+s")
    rows.wait_for_selector(".flash-error")


def test_typing_replaces_what_a_cell_held(page, address):
    page.goto(address)
    page.focus("#ft_staff")
    page.keyboard.type("15")
    assert page.input_value("#ft_staff") == "15"


PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text", text);
  const paste = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
  document.querySelector("#ft_caregivers").dispatchEvent(paste);
}"""
COPIED = {
    "a column": ("3\r\n 2\r\n7\r\n", "已粘贴 3 项。"),
    "a row": ("3\t2\t7\r\n", "已粘贴 3 项。"),
    "a column with a remark": (
        "3\t甲\r\n2\t\r\n7\t乙",
        "已粘贴 3 项（第 1 列，其余 1 列未粘贴）。",
    ),
    "codes and names too": (
        "02\t保育\t3\t9\r\n03\t保安\t2\t9\r\n15\t持证\t7\t9",
        "已粘贴 3 项（第 3 列，其余 3 列未粘贴）。",
    ),
    "codes as a spreadsheet keeps numbers": (
        "2\t保育\t3\n3\t保安\t2\n15\t持证\t7",
        "已粘贴 3 项（第 3 列，其余 2 列未粘贴）。",
    ),
    "below a heading": (
        "代码\t指标\t本月\n2\t保育\t3\n3\t保安\t2\n15\t持证\t7",
        "已粘贴 3 项（第 3 列，其余 2 列未粘贴）。",
    ),
    "a column below its heading": ("本月数\n3\n2\n7", "已粘贴 3 项。"),
    "two columns of figures": ("3\t4\n2\t5\n7\t6", "已粘贴 3 项（第 1 列，其余 1 列未粘贴）。"),
    "full-width digits": ("３\n2\n7", "已粘贴 3 项。"),
}


@pytest.mark.parametrize(("copied", "said"), COPIED.values(), ids=COPIED)
def test_what_is_copied_from_a_spreadsheet_fills_downward(page, address, copied, said):
    page.goto(address)
    page.evaluate(PASTE, copied)
    assert [page.input_value(cell).replace("３", "3") for cell in ENTRY] == ["12", "3", "2", "7"]
    assert page.locator("#flashes").inner_text() == said


@pytest.mark.parametrize("copied", ["甲\n乙\n丙", "3\n2\n7\n8", "02\t保育\n03\t保安"])
def test_what_has_no_clear_place_is_not_pasted(page, address, copied):
    """No numbers, more than there are cells, codes alone."""
    page.goto(address)
    before = [page.input_value(cell) for cell in ENTRY]
    page.evaluate(PASTE, copied)
    assert [page.input_value(cell) for cell in ENTRY] == before
    assert "没有粘贴" in page.locator("#flashes").inner_text()


def test_a_blank_leaves_a_cell_as_it_is(page, address):
    page.goto(address)
    page.evaluate(PASTE, "3\n\n7")
    assert page.input_value("#ft_guards") == ""
    page.fill("#ft_guards", "2")
    page.evaluate(PASTE, "3\n\n7")
    assert [page.input_value(cell) for cell in ENTRY] == ["12", "3", "2", "7"]


def test_messages_and_forms_stand_without_javascript(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("#flashes .flash").count() == 2
    assert page.locator(".old-browser").is_hidden()
    context.close()
