"""A month as it is read: by the institution, and by every office above it."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import JUNE
from tuoyu import clock
from tuoyu.reports.comparison import comparison
from tuoyu.workflow.states import State

JULY = date(2023, 7, 1)
AUGUST = "2023-08-04T10:00"
OFFICERS = ("gudong_clerk", "gulou_officer", "fuzhou_officer", "province_officer")
STRANGERS = ("guxi_clerk", "taijiang_officer", "xiamen_officer", "star_director")


@pytest.fixture
def july(cast, director):
    """A July handed in after a confirmed June; 3 children more, a higher fee, one explanation."""
    cast.report(cast.sunshine, JUNE, State.CONFIRMED)
    more = {"in_care": 51, "enrolled": 63, "enr_male": 34, "enr_m24_35": 37, "enr_full_day": 53}
    return cast.report(
        cast.sunshine,
        JULY,
        State.AT_TOWNSHIP,
        moment=AUGUST,
        **more,
        enr_local_hukou=48,
        fee_hourly=Decimal("45.50"),
    )


def cells(page, code):
    """本月, 上月, 差, 档案 of one figure."""
    for row in page.soup.select(".paper-table tr"):
        if row.td and row.td.get_text() == code:
            return [cell.get_text(strip=True) for cell in row.select("td.number")]
    raise AssertionError(code)


@pytest.mark.parametrize("reader", ["sunshine_director", *OFFICERS])
def test_everybody_in_charge_reads_the_same_paper(cast, signed_in, july, reader):
    with clock.at(AUGUST):
        page = signed_in(getattr(cast, reader)).get(f"/reports/{july.id}")
    assert page.status_code == 200
    assert page.soup.h1.get_text(strip=True) == "阳光托育园 2023年7月月报"
    assert cells(page, "17") == ["63", "60", "+3", ""]
    assert cells(page, "18") == ["51", "48", "+3", "48"]
    assert cells(page, "02") == ["12", "12", "", "12"]
    assert cells(page, "36") == ["45.50", "30.00", "+15.50", ""]
    assert "年末在托数 51，比机构档案0-3岁婴幼儿人数 48 多 3" in page.text
    assert "情况属实" in page.soup.select_one("table.findings").get_text()
    assert "待乡镇审核" in page.soup.select_one(".page-head").get_text()
    assert "福建省/福州市/鼓楼区/鼓东街道/" in page.soup.select_one(".subtitle").get_text()
    assert [step.get_text() for step in page.soup.select(".trail strong")] == ["提交审核"]


@pytest.mark.parametrize("reader", STRANGERS)
def test_nobody_else_knows_of_it(cast, signed_in, july, reader):
    assert signed_in(getattr(cast, reader)).get(f"/reports/{july.id}").status_code == 404


def test_who_has_no_figures_to_see_may_not_look(cast, signed_in, july):
    assert signed_in(cast.sysadmin).get(f"/reports/{july.id}").status_code == 403


@pytest.mark.parametrize("reader", OFFICERS)
def test_a_draft_is_nobodys_business_but_the_institutions(cast, director, signed_in, reader):
    draft = cast.report(cast.sunshine)
    assert director.get(f"/reports/{draft.id}").status_code == 200
    assert signed_in(getattr(cast, reader)).get(f"/reports/{draft.id}").status_code == 404


def test_officers_find_nothing_to_press_here(cast, signed_in, july):
    with clock.at(AUGUST):
        page = signed_in(cast.gudong_clerk).get(f"/reports/{july.id}").soup
    assert not page.select("main form")
    assert not page.select("main a[href*='edit'], main a[href*='archives']")


@pytest.mark.parametrize(("state", "offered"), [
    (State.DRAFT, {"修改", "核对并提交", "删除"}), (State.AT_TOWNSHIP, {"撤回"}),
    (State.AT_COUNTY, set()), (State.RETURNED, {"修改", "核对并提交"}), (State.CONFIRMED, set()),
])  # fmt: skip
@pytest.mark.usefixtures("first_window")
def test_the_institution_is_offered_what_the_state_allows(cast, director, state, offered):
    report = cast.report(cast.sunshine, state=state)
    page = director.get(f"/reports/{report.id}").soup
    papers = {"打印月报"} | ({"回执"} if state != State.DRAFT else set())
    told = {act.get_text(strip=True) for act in page.select(".page-head .button")}
    assert told - {"申请更正"} == offered | papers


def test_the_reason_of_a_return_stands_above(cast, director):
    report = cast.report(cast.sunshine, state=State.RETURNED)
    page = director.get(f"/reports/{report.id}").soup
    assert "请核对在托人数" in page.select_one(".error-summary").get_text()


def test_the_month_before_is_the_confirmed_one(cast, july):
    with cast.stage(AUGUST):
        rows = {row.indicator.key: row for row in comparison(cast.again(july))}
        enrolled, guards, category = (
            rows[key] for key in ("enrolled", "ft_guards", "institution_category")
        )
    assert (enrolled.this, enrolled.last, enrolled.difference, enrolled.archive) == (
        63,
        60,
        3,
        None,
    )
    assert (enrolled.changed, guards.changed, category.changed) == (True, False, False)
    assert (guards.archive, category.difference) == (1, None)
    assert [row.indicator.code for row in rows.values() if row.indicator.code] == [
        f"{n:02}" for n in range(1, 38)
    ]


def test_without_a_month_before_nothing_has_changed(cast, director):
    report = cast.report(cast.sunshine)
    with cast.stage():
        rows = comparison(cast.again(report))
        assert {(row.last, row.difference, row.changed) for row in rows} == {(None, None, False)}


def test_a_moved_institution_keeps_the_place_of_its_month(cast, director, july):
    with cast.stage():
        cast.again(cast.sunshine).settle_in(cast.region("350102002002"))
    with clock.at(AUGUST):
        page = director.get(f"/reports/{july.id}")
    assert "鼓东街道" in page.soup.select_one(".subtitle").get_text()


def test_the_page_asks_few_questions(cast, signed_in, july, statements):
    browser = signed_in(cast.gulou_officer)
    with clock.at(AUGUST):
        browser.get("/login")  # what is done once a day is done
        with statements() as made:
            assert browser.get(f"/reports/{july.id}").status_code == 200
    assert len(made) <= 12
