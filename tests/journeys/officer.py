"""What the officers of 鼓东街道 and 鼓楼区 do on the main road."""

import io
import re

from pypdf import PdfReader

from tests.journeys import story


def open_from_desk(officer, noun):
    """From the home page over the list to the paper."""
    officer.open("/")
    officer.shoot(f"home before {noun}")
    officer.follow(f"{noun}审核", inside="nav")
    officer.is_on(f"{noun}审核")
    officer.shoot(f"desk of {noun}")
    officer.follow(story.NAME)
    officer.is_on(story.NAME)


def return_the_archive(clerk):
    open_from_desk(clerk, "机构档案")
    clerk.shoot("7 clerk reads the archive")
    clerk.follow("退回…")
    clerk.is_on("退回")
    clerk.type({"reason": story.RETURNED})
    clerk.page.locator("details.marking summary").click()
    clerk.type({"mark": "contact_phone", "note_contact_phone": story.WRONG_PHONE})
    clerk.shoot("8 clerk returns it")
    clerk.press("退回")
    clerk.reads("已退回机构")


def approve(clerk, noun):
    open_from_desk(clerk, noun)
    clerk.press("通过")
    clerk.reads("已通过，转县级确认")
    clerk.shoot(f"10 clerk approves {noun}")


def confirm(county, noun):
    open_from_desk(county, noun)
    if noun == "月报":
        assert figures_shown(county) == story.paper()
    county.shoot(f"11 county reads {noun}")
    county.press("确认")
    county.reads("已确认")
    county.shoot(f"11 county confirms {noun}")


def figures_shown(officer):
    """{code: figure} as the paper of the month shows them."""
    rows = (row.split("\t") for row in officer.page.locator("tr").all_inner_texts())
    return {cells[0]: cells[3] for cells in rows if cells[0].isdigit()}


def read_the_sheet(county, month="2023年6月"):
    county.open("/")
    county.shoot("16 county's home")
    county.follow("汇总", inside="nav")
    county.is_on("汇总")
    county.follow(f"查看{month}汇总表")
    county.is_on(f"{month}汇总表")
    county.shoot("17 sheet")
    assert (
        rows_of(row.inner_text() for row in county.page.locator(".sheet-row").all()) == story.SHEET
    )
    link = county.page.get_by_role("link", name="打印（PDF）")
    paper = county.context.request.get(link.get_attribute("href"))
    assert rows_of(lines_of(paper.body())) == story.SHEET


def rows_of(lines):
    """{area: its 22 figures} of the lines that are rows of the sheet with any figures in them."""
    rows = (re.fullmatch(r"\s*(\D+?)\*?\s+\d\d((?:\s+\d+){22})\s*", line) for line in lines)
    figures = {"".join(row[1].split()): list(map(int, row[2].split())) for row in rows if row}
    return {area: row for area, row in figures.items() if any(row)}


def lines_of(pdf):
    for page in PdfReader(io.BytesIO(pdf)).pages:
        yield from page.extract_text(extraction_mode="layout").splitlines()
