"""What only a real browser shows."""

import pytest

from tests.conftest import sign_in


@pytest.fixture
def page(app, cast, address, browser, draft):
    cookie = sign_in(app, cast.sunshine_director).get_cookie("session")
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/archives/{draft}/classes")
    yield page
    context.close()


def test_totals_follow_the_typing_and_the_focus_stays(page):
    page.fill("#infant_children", "１４")
    page.fill("#infant_places", "10")
    page.wait_for_selector("#infant_places_remaining .tone-red")
    assert page.inner_text("#infant_places_remaining output") == "0 超收 4 人"
    assert page.inner_text("#children_total output") == "14"
    assert page.evaluate("document.activeElement.id") == "infant_places"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_saving_in_place_tells_so_and_keeps_what_is_wrong(page):
    page.fill("#infant_children", "十四")
    page.click("button:has-text('暂存')")
    page.wait_for_selector(".error-summary")
    assert page.input_value("#infant_children") == "十四"
    assert "error-summary" in page.evaluate("document.activeElement.className")
    page.fill("#infant_children", "14")
    page.click("button:has-text('暂存')")
    page.wait_for_selector("#flashes .flash:has-text('已暂存')")
    assert page.input_value("#infant_children") == "14"
