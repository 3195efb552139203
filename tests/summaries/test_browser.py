"""The page as a browser shows and prints it."""

import pytest
from pypdf import PdfReader

from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.workflow.states import State


@pytest.fixture
def tab(cast, signed_in, browser, address):
    """A browser tab in which the clerk of 鼓东 looks at a sheet of 11 institutions."""
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, state=State.CONFIRMED)
    with cast.stage():
        place = cast.region("350102001004")
        names = [f"福州市鼓楼区示例第{number}托育服务有限公司" for number in range(1, 11)]
        for name in names:
            newcomer = Institution(name=name, unified_social_credit_code="91350100M000100Y43")
            newcomer.settle_in(place)
            db.session.add(newcomer)
            db.session.flush()
            cast.director(name, newcomer)
            cast.archive(newcomer)
    cookie = signed_in(cast.gudong_clerk).get_cookie("session")
    with clock.at("2023-07-23T16:20"):
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
        tab = context.new_page()
        tab.goto(f"{address}/summaries/2023-06/")
        yield tab
        context.close()


def test_the_browser_prints_the_pages_that_were_cut(tab, tmp_path):
    sheets = tab.locator(".sheet").count()
    assert sheets == 2
    for name, margin in (("默认", None), ("无", dict.fromkeys(("top", "left"), "0"))):
        paper = tmp_path / f"{name}.pdf"
        tab.pdf(path=paper, prefer_css_page_size=True, margin=margin)
        pages = [page.extract_text() for page in PdfReader(paper).pages]
        assert len(pages) == sheets
        assert all("福建省托育服务登记系统" not in text for text in pages)
        assert ["续表" in page for page in pages] == [False, True]


def test_the_sheet_fits_the_window_and_its_rows_are_as_high_as_they_were_counted(tab):
    for width in (390, 1024, 1366):
        tab.set_viewport_size({"width": width, "height": 768})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    heights = tab.evaluate(
        "[...document.querySelectorAll('.sheet-row')].map(r => [r.className, r.offsetHeight])"
    )
    millimetre = 96 / 25.4
    for name, height in heights:
        assert height <= (9 if "lines-2" in name else 6) * millimetre + 1
