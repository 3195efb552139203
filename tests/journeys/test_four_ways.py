"""A month filled in without a mouse, by pasting, by workbook and as 本月无变动, in a real browser: each
handed in, approved, confirmed, and the same 37 figures everywhere."""

import io
from contextlib import contextmanager

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from sqlalchemy import select

from tests.cast import JULY, JUNE
from tests.components.browser import serve
from tests.figures import REPORT_FIGURES
from tests.journeys import story
from tests.journeys.keys import Keys
from tests.journeys.officer import approve, confirm, read_the_sheet
from tests.journeys.people import PATIENCE, at_a_browser
from tests.reports.test_printout import figures_on
from tests.reports.workbooks import filled, rows_of
from tuoyu import clock
from tuoyu.accounts.people import director as new_director
from tuoyu.extensions import db
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

USERNAME = "mengya_2023"
FIGURES = {k: text for k, text in story.month().items() if k != "institution_category"}
YOUNGER = {"enr_m0_11": 6, "enr_m12_23": 18, "enr_m24_35": 29}  # a month before
IN_JULY, IN_AUGUST = "2023-07-17T10:00:00", "2023-08-03T10:00:00"


@pytest.fixture
def mengya(town):
    """萌芽, whose archive is in force and whose June nobody has begun."""
    with town.stage():
        institution = town.institution(story.NAME, "350102001004")
        new_director(town.again(institution), USERNAME, "李园长", story.PASSWORD)
    code = institution.unified_social_credit_code
    town.archive(institution, **story.ARCHIVE | {"unified_social_credit_code": code})
    return institution


@pytest.fixture
def enter(request, browser, town):
    """enter(name): somebody new at a browser, in front of the running program."""
    album = f"four ways/{request.node.name.removeprefix('test_')}"
    with serve(town.app) as address, clock.at(IN_JULY):
        yield lambda name: at_a_browser(browser, address, album=f"{album}/{name}")


@contextmanager
def signed_in(enter, username):
    with enter(username) as person:
        person.sign_in(username, story.PASSWORD)
        yield person


def begin(director, month="6月"):
    director.press(f"填报2023年{month}月报")
    director.is_on(f"2023年{month}月报")


def submit(director, town, month="6月"):
    director.press("保存并核对")
    director.is_on(f"核对2023年{month}月报")
    workbook_says(director, town)
    director.type({"explanation-S01": story.EXPLAINED})
    director.shoot("4 explained")
    director.press("提交审核")
    director.reads("待乡镇审核")


def has_one_question(director):
    """Every figure is there and fits, but for what is to be explained: the bar below says so."""
    points = director.page.locator("#points")
    expect(points).to_have_text("还有 1 项请核实，情况属实的填写说明", timeout=PATIENCE)


def workbook_says(director, town):
    """The workbook of the draft has the figures of the story."""
    answer = director.context.request.get(f"/reports/{kept(town).id}/workbook.xlsx")
    cells = rows_of(load_workbook(io.BytesIO(answer.body()))["网络直报"])
    figures = {i.code: i.show(cells[i.code].value) for i in MONTHLY_REPORT if i.code}
    assert figures == story.paper()


def kept(town):
    """The newest month of 萌芽 in the database."""
    newest = select(MonthlyReport).order_by(MonthlyReport.id.desc()).limit(1)
    with town.stage(clock.now()):
        return town.detached(db.session.scalars(newest).one())


def goes_through(town, enter, month="6月"):
    """Township and county read it in the browser; at the end the figures are the same everywhere."""
    with signed_in(enter, "gudong_clerk") as clerk:
        approve(clerk, "月报")
    with signed_in(enter, "gulou_officer") as county:
        confirm(county, "月报")
        report = kept(town)
        assert report.state == State.CONFIRMED
        figures = {i.code: i.show(getattr(report, i.key)) for i in MONTHLY_REPORT if i.code}
        assert figures == story.paper()
        paper = county.context.request.get(f"/reports/{report.id}/sheet.pdf")
        printed = figures_on(paper.body())
        assert {code: printed.get(code) for code in story.paper()} == story.paper()
        read_the_sheet(county, f"2023年{month}")


def test_without_a_mouse(town, mengya, enter):
    with enter(USERNAME) as director:
        keys = Keys(director)
        sign_in_and_begin(keys)
        type_every_figure(keys)
        leave_for_the_check(keys)
        workbook_says(director, town)
        explain_and_submit(keys)
        print(f"without a mouse: {keys.presses} presses, {keys.seconds:.1f} s")  # noqa: T201
    assert keys.presses < 200  # of which 150 are figures, words and Enter
    goes_through(town, enter)


def sign_in_and_begin(keys):
    keys.person.open("/login")
    keys.type(USERNAME)
    keys.press("Tab")
    keys.type(story.PASSWORD)
    keys.press("Enter")
    keys.person.is_on(story.NAME)
    keys.begin_reading()
    keys.follow("填报2023年6月月报")
    keys.person.is_on("2023年6月月报")


def type_every_figure(keys):
    """Enter after a figure leads to the next; the last one is left with Tab."""
    keys.begin_reading()
    keys.tab_into("ft_staff")
    *figures, last = FIGURES.items()
    for key, text in figures:
        assert keys.field == key
        keys.type(text)
        keys.press("Enter")
    assert keys.field == last[0]
    keys.type(last[1])
    keys.press("Tab")
    has_one_question(keys.person)
    keys.person.shoot("1 every figure typed")


def leave_for_the_check(keys):
    if keys.here != "保存并核对":
        keys.tab_to("保存并核对")
    keys.press("Enter")
    keys.person.is_on("核对2023年6月月报")
    keys.person.reads("年末在托数 44，比机构档案0-3岁婴幼儿人数 46 少 2")


def explain_and_submit(keys):
    keys.begin_reading()
    keys.follow("提交审核")
    keys.press("Enter")  # in the dialog, which asks back
    keys.person.reads("没有提交")
    keys.person.shoot("2 explanation is missing")
    keys.follow("年末在托数 44")  # the reason leads to the place of the explanation
    expect(keys.person.page.locator("#explanation-S01")).to_be_focused(timeout=PATIENCE)
    keys.type(story.EXPLAINED)
    keys.person.shoot("3 explained")
    keys.follow("提交审核")
    keys.person.reads("提交后由乡镇（街道）审核", inside="dialog[open]")
    keys.person.shoot("4 asked back")
    keys.press("Enter")
    keys.person.reads("待乡镇审核")
    keys.person.shoot("5 submitted")


def test_by_pasting_a_column(town, mengya, enter):
    with signed_in(enter, USERNAME) as director:
        begin(director)
        director.context.grant_permissions(["clipboard-read", "clipboard-write"])
        column = "".join(f"{text}\r\n" for text in story.paper().values())  # as WPS puts it
        director.page.evaluate("text => navigator.clipboard.writeText(text)", column)
        director.page.locator("#ft_staff").click()
        director.page.keyboard.press("Control+v")
        director.reads("已粘贴 37 项。", inside="#flashes")
        has_one_question(director)
        director.shoot("1 pasted")
        submit(director, town)
    goes_through(town, enter)


def test_by_workbook(town, mengya, enter):
    with signed_in(enter, USERNAME) as director:
        begin(director)
        director.follow("用 Excel 填报")
        director.is_on("用 Excel 填报")
        with director.page.expect_download() as coming:
            director.follow("下载 2023年6月表格（.xlsx）")
        name, content = coming.value.suggested_filename, coming.value.path().read_bytes()
        director.shoot("1 downloaded")
        upload(director, name, filled(content, REPORT_FIGURES | story.MENGYA))
        director.is_on("表格对照")
        assert offered(director) == story.paper()
        director.shoot("2 compared")
        director.press("导入 37 项")
        director.reads("已从表格导入 37 项", inside="#flashes")
        director.shoot("3 imported")
        submit(director, town)
    goes_through(town, enter)


def upload(director, name, content):
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    director.page.locator("#workbook").set_input_files(file)
    director.press("上传，查看对照")


def offered(director):
    """{code: figure} of the table that was uploaded, as the page of the comparison shows them."""
    rows = (r.split("\t") for r in director.page.locator("tr[id^=offer-]").all_inner_texts())
    return {cells[0]: cells[4] for cells in rows if cells[0].isdigit()}


def test_as_a_month_without_change(town, mengya, enter):
    town.report(mengya, JUNE, State.CONFIRMED, **story.MENGYA | YOUNGER)
    town.report(town.star, JULY, State.CONFIRMED, IN_AUGUST, **story.STAR)
    with clock.at(IN_AUGUST):
        with signed_in(enter, USERNAME) as director:
            begin(director, "7月")
            director.follow("本月无变动，按上月数填报")
            director.is_on("本月无变动，按上月数填报")
            director.reads("婴幼儿又长大一个月，月龄请您重新填写")
            director.type({"verified": "y"})
            director.shoot("1 what it fills in")
            director.press("按上月数填报")
            director.reads("请重新填写 25—27 月龄", inside="#flashes")
            director.type({key: str(story.MENGYA[key]) for key in YOUNGER})
            director.page.keyboard.press("Tab")
            has_one_question(director)
            director.shoot("2 the ages typed anew")
            submit(director, town, "7月")
        goes_through(town, enter, "7月")
