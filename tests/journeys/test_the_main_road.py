"""From the registration of an institution to the county's 托汇1表 on paper, in a real browser: once
with JavaScript and once without."""

from contextlib import contextmanager

import pytest

from tests.components.browser import serve
from tests.journeys import story
from tests.journeys.director import (
    fill_in_the_archive,
    mend_the_archive,
    register,
    report_the_month,
    submit_withdraw_submit,
)
from tests.journeys.officer import approve, confirm, read_the_sheet, return_the_archive
from tests.journeys.people import at_a_browser
from tuoyu import clock


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without"])
def enter(request, browser, town):
    """enter(name): somebody new at a browser, in front of the running program."""
    javascript = request.param
    with serve(town.app) as address, clock.at("2023-07-17T10:00:00"):
        album = f"main road/{'with' if javascript else 'without'} JavaScript"
        yield lambda name: at_a_browser(
            browser, address, javascript=javascript, album=f"{album}/{name}"
        )


@contextmanager
def an_officer(enter, username):
    with enter(username) as person:
        person.sign_in(username, story.PASSWORD)
        yield person


def test_from_registration_to_the_county_sheet(enter):
    with (
        enter("director") as director,
        an_officer(enter, "gudong_clerk") as clerk,
        an_officer(enter, "gulou_officer") as county,
    ):
        register(director)
        fill_in_the_archive(director)
        submit_withdraw_submit(director)
        return_the_archive(clerk)
        mend_the_archive(director)
        approve(clerk, "机构档案")
        confirm(county, "机构档案")
        report_the_month(director)
        approve(clerk, "月报")
        confirm(county, "月报")
        read_the_sheet(county)
