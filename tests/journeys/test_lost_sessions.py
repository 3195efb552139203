"""What was typed survives a session that ended, or a form that grew too old, in the meantime: with
JavaScript off, and where somebody saves by hand. tests/journeys/test_nothing_is_lost.py has the rest.
"""

from contextlib import contextmanager

import pytest

from tests.cast import Cast
from tests.components.browser import serve
from tests.journeys import story
from tests.journeys.people import at_a_browser
from tuoyu import clock
from tuoyu.accounts.people import director

USERNAME = "yangguang_2023"
MORNING, NOON = "2023-07-17T10:00:00", "2023-07-17T12:30:00"


@pytest.fixture
def cast(strict_app):
    """阳光 has an archive in force, and a month in which other figures stand."""
    cast = Cast(strict_app)
    cast.archive(cast.sunshine)
    cast.draft = cast.report(cast.sunshine)
    with cast.stage():
        director(cast.again(cast.sunshine), USERNAME, "阳光园长", story.PASSWORD)
    return cast


@pytest.fixture
def at_the_month(browser, cast):
    """The director of 阳光 who has typed the month's figures, and has not saved them."""

    @contextmanager
    def enter(javascript=True):
        album = f"lost sessions/{'with' if javascript else 'without'} JavaScript"
        options = {"javascript": javascript, "album": album}
        with serve(cast.app) as address, at_a_browser(browser, address, **options) as person:
            with clock.at(MORNING):
                person.sign_in(USERNAME, story.PASSWORD)
                person.open(f"/reports/{cast.draft.id}/edit")
                person.type(story.month())
            with clock.at(NOON):
                yield person

    return enter


def saved(cast):
    with cast.stage():
        report = cast.again(cast.draft)
        return {key: getattr(report, key) for key in story.MENGYA}


def sign_in_beside(person):
    """In another tab of the same browser."""
    waiting, person.page = person.page, person.context.new_page()
    person.sign_in(USERNAME, story.PASSWORD)
    person.page.close()
    person.page = waiting


def lose_the_token(person):
    """The session goes on, but knows nothing of the form on the page."""
    person.context.clear_cookies()
    sign_in_beside(person)


def test_a_pause_that_was_too_long(cast, at_the_month):
    with at_the_month(javascript=False) as person:
        person.press("保存并核对")
        person.reads("登录已过期")
        person.shoot("after the pause")
        assert saved(cast) != story.MENGYA
        sign_in_beside(person)
        person.press("继续提交")
        person.is_on("核对2023年6月月报")
        assert saved(cast) == story.MENGYA


def test_a_session_that_is_gone_altogether(cast, at_the_month):
    with at_the_month(javascript=False) as person:
        person.context.clear_cookies()
        person.press("保存并核对")
        person.reads("登录已过期")
        sign_in_beside(person)
        person.press("继续提交")
        person.reads(
            "页面打开的时间过长，没有保存"
        )  # the new session trusts no form of the time before it
        person.shoot("form of a session that is gone")
        assert saved(cast) != story.MENGYA
        person.press("继续提交")
        person.is_on("核对2023年6月月报")
        assert saved(cast) == story.MENGYA


def test_a_form_with_a_token_of_yesterday(cast, at_the_month):
    with at_the_month(javascript=False) as person:
        lose_the_token(person)
        person.press("保存并核对")
        person.reads("页面打开的时间过长，没有保存")
        assert saved(cast) != story.MENGYA
        person.press("继续提交")
        person.is_on("核对2023年6月月报")
        assert saved(cast) == story.MENGYA


def test_saving_in_place_waits_for_the_login(cast, at_the_month):
    with at_the_month() as person:
        person.press("暂存")
        person.reads("未保存：登录已过期，您填写的内容仍在本页", inside="#saved")
        assert person.page.locator("#flashes .flash").count() == 0  # it is said once
        person.shoot("saving in place after the pause")
        sign_in_beside(person)
        person.press("暂存")
        person.reads("已暂存")
        assert saved(cast) == story.MENGYA


def test_saving_in_place_with_a_token_of_yesterday(cast, at_the_month):
    with at_the_month() as person:
        lose_the_token(person)
        person.press("暂存")
        person.reads("已暂存", inside="#flashes")  # autosaving has taken over the new one before
        assert saved(cast) == story.MENGYA
