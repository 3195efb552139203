"""A month without change on a telephone, from the first page to the confirmation."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from tests.cast import JULY, JUNE
from tests.figures import REPORT_FIGURES
from tests.reports.test_declarations import AGES, BLANK, IN_AUGUST
from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State


@pytest.fixture
def tab(cast, signed_in, browser, address):
    """The first page of a director whose July is empty after a confirmed June."""
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, JUNE, State.CONFIRMED)
    cast.report(cast.sunshine, JULY, moment=IN_AUGUST, **BLANK)
    cookie = signed_in(cast.sunshine_director).get_cookie("session")
    with clock.at(IN_AUGUST):
        context = browser.new_context(viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])
        tab = context.new_page()
        tab.on("dialog", lambda dialog: dialog.accept())
        tab.goto(address)
        yield tab
        context.close()


def test_a_month_without_change_ends_confirmed_with_the_same_figures(cast, tab):
    tab.click(".button-big")
    tab.click("text=本月无变动，按上月数填报")
    tab.check("#verified")
    tab.click("button:text('按上月数填报')")
    expect(tab.locator("#flashes")).to_contain_text("请重新填写 25—27 月龄")

    tab.fill("#ft_staff", "18")  # a slip, which ends the declaration on the open page
    tab.press("#ft_staff", "Tab")
    expect(tab.locator("#standing")).to_contain_text("申报已取消", timeout=10000)
    assert tab.evaluate("document.activeElement.id") != "flashes"
    assert tab.evaluate("document.documentElement.scrollWidth") <= 390

    tab.click("text=本月无变动，按上月数填报")
    expect(tab.locator("main")).to_contain_text("有 1 项将被替换")
    tab.check("#verified")
    tab.check("#replace")
    tab.click("button:text('按上月数填报')")
    for key, figure in zip(AGES, ("4", "21", "35"), strict=True):
        tab.fill(f"#{key}", figure)
    tab.click("text=保存并核对")
    tab.click("button:text('提交审核')")
    tab.click("dialog button:text-matches('确定|提交')")
    expect(tab).to_have_url(re.compile(r"/reports/\d+$"))

    with cast.stage(IN_AUGUST):
        report = db.session.scalars(select(MonthlyReport).where(MonthlyReport.month == JULY)).one()
        report.approve(by=cast.again(cast.gudong_clerk))
        report.confirm(by=cast.again(cast.gulou_officer))
        for key, figure in REPORT_FIGURES.items():
            grown = dict(zip(AGES, (4, 21, 35), strict=True))
            assert getattr(report, key) == grown.get(key, figure), key
        assert (report.state, report.declaration) == (State.CONFIRMED, "no_change")
