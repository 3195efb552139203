"""Takes the pictures of the manual inside the program: `python -m docs.manual_pictures [--address …]`.

Without an address it starts a demo of its own, as `docs.screenshots` does; with one, it leaves a
question and a workbook behind there. Every function in SCENES takes the picture of its own name.
"""

import argparse
from contextlib import nullcontext

from docs.screenshots import DESK, ROOT, demo, keep, signed_in
from tests.components.browser import chromium
from tests.reports.workbooks import filled

PICTURES = ROOT / "static" / "img" / "manual"
HEAVIEST = 60_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--address", help="of a demo that is running already")
    asked.add_argument("scenes", nargs="*", help="only these")
    given = asked.parse_args()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with nullcontext(given.address) if given.address else demo() as address, chromium() as browser:
        for scene in SCENES:
            if not given.scenes or scene.__name__ in given.scenes:
                keep(scene.__name__, scene(Visits(browser, address)), PICTURES, HEAVIEST)


class Visits:
    """Who opens which page."""

    def __init__(self, browser, address):
        self.browser, self.address = browser, address

    def by(self, username, path="/"):
        page = signed_in(self.browser, self.address, username)
        page.goto(path)
        return page

    def by_nobody(self, path):
        context = self.browser.new_context(base_url=self.address, viewport=DESK, locale="zh-CN")
        page = context.new_page()
        page.goto(path)
        return page


def login(visits):
    return screen(visits.by_nobody("/login"))


def register(visits):
    return screen(visits.by_nobody("/register?region_code=350102001001"))


def home(visits):
    return screen(visits.by("gulou_j02"))


def archive(visits):
    return screen(visits.by("gulou_j58", "/archives/"))


def report(visits):
    return screen(month(visits))


def declare(visits):
    page = month(visits)
    page.get_by_role("link", name="本月零入托").click()
    page.locator("h1").wait_for()
    return screen(page)


def totals(visits):
    page = month(visits)
    page.locator("#enr_m24_35").fill("99")
    page.locator("#enr_m24_35").blur()
    page.locator("#total_H14 .tone-red").wait_for()
    page.locator("#total_H14").scroll_into_view_if_needed()
    return screen(page)


def check(visits):
    page = month(visits)
    page.get_by_role("button", name="保存并核对").click()
    page.locator("h1", has_text="核对").wait_for()
    return screen(page)


def workbook(visits):
    page = month(visits)
    page.get_by_role("link", name="用 Excel 填报").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="下载").first.click()
    page.locator("input[type=file]").set_input_files(filled_in(download.value.path()))
    page.get_by_role("button", name="上传，查看对照").click()
    page.locator("h1", has_text="对照").wait_for()
    return screen(page)


def returned(visits):
    return screen(month(visits, "gulou_j05"))


def receipt(visits):
    page = visits.by("gulou_j08", "/reports/")
    page.get_by_role("link", name="回执").first.click()
    page.locator("h1").wait_for()
    return screen(page)


def correction(visits):
    page = visits.by("gulou_j08", "/reports/")
    page.get_by_role("link", name="查看").first.click()
    page.get_by_role("link", name="申请更正").click()
    page.locator("h1").wait_for()
    return screen(page)


def applications(visits):
    return screen(visits.by("gulou_j08", "/applications/"))


def account(visits):
    return screen(visits.by("gulou_j08", "/account"))


def feedback(visits):
    page = visits.by("gulou_j03", "/feedback/new")
    page.locator("#kind").select_option("definition")
    page.locator("#title").fill("临时托按人还是按人次填")
    page.locator("#body").fill("本月有一名孩子来了三次，临时托一栏应当填 1 还是 3？")
    page.get_by_role("button", name="提交", exact=True).click()
    page.locator("h1", has_text="临时托").wait_for()
    return screen(page)


def filled_in(path):
    """The workbook with three figures typed into it, one of them badly, as a file to upload."""
    content = filled(
        path.read_bytes(), {"ft_staff": 14, "cg_age_21_25": "1O", "cg_trained_fire": 9}
    )
    return {"name": "网络直报.xlsx", "mimeType": XLSX, "buffer": content}


SCENES = (
    login,
    register,
    home,
    archive,
    report,
    declare,
    check,
    workbook,
    totals,
    returned,
    receipt,
    correction,
    applications,
    account,
    feedback,
)


def month(visits, username="gulou_j02"):
    """The page on which this month is filled in."""
    page = visits.by(username, "/reports/")
    page.locator("#report_months tbody tr").first.locator("td.action a").first.click()
    page.locator("#report_form").wait_for()
    return page


def screen(page):
    """What the screen of an office shows."""
    return page.screenshot(caret="initial")


if __name__ == "__main__":
    main()
