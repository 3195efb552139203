"""Filling in a month: drafts take what is unfinished, and nothing that is no number."""

import pytest
from bs4 import BeautifulSoup

from tests.figures import REPORT_FIGURES
from tests.reports.samples import typed
from tuoyu import clock
from tuoyu.workflow.states import State

pytestmark = pytest.mark.usefixtures("first_window")


@pytest.fixture
def draft(cast, director):
    """A finished draft of 阳光托育园, not handed in."""
    return cast.report(cast.sunshine)


def kept(cast, report):
    """What the database holds of the report now."""
    with cast.stage():
        row = cast.again(report)
        return {key: getattr(row, key) for key in (*REPORT_FIGURES, "edition", "state")}


def value(page, key):
    return page.soup.select_one(f"#{key}")["value"]


def test_what_is_typed_is_kept(cast, director, draft):
    answer = director.post(f"/reports/{draft.id}/edit", data=typed(enrolled=61, fee_hourly="31.5"))
    assert answer.location == f"/reports/{draft.id}/edit"
    page = director.get(answer.location)
    assert (value(page, "enrolled"), value(page, "fee_hourly")) == ("61", "31.50")
    assert "已暂存" in page.text


def test_a_draft_takes_blanks_and_sums_that_do_not_add_up(cast, director, draft):
    changes = {"enr_male": "", "cg_age_26_35": 9, "fee_full_day": ""}
    answer = director.post(f"/reports/{draft.id}/edit", data=typed(**changes))
    assert answer.status_code == 302
    page = director.get(answer.location)
    assert "提交审核前还有" in page.text
    assert "16 / 12 ✕ 多 4" in page.soup.select_one("#total_H04").get_text()
    assert kept(cast, draft)["enr_male"] is None


@pytest.mark.parametrize(("text", "number"), [
    ("１２", 12), ("1,234", 1234), ("１，２３４", 1234), (" 7 ", 7), ("007", 7), ("0", 0),
    ("99999", 99999),
])  # fmt: skip
def test_figures_are_read_as_people_type_them(cast, director, draft, text, number):
    assert director.post(f"/reports/{draft.id}/edit", data=typed(ft_staff=text)).status_code == 302
    assert kept(cast, draft)["ft_staff"] == number


@pytest.mark.parametrize("text", [
    "-1", "－1", "1e5", "1.5", "十二", "12人", "1000000000", "100000", "9" * 400, "1,23", "NaN",
    "<script>",
])  # fmt: skip
def test_what_is_no_figure_is_refused_as_typed_and_nothing_is_kept(cast, director, draft, text):
    before = kept(cast, draft)
    answer = director.post(
        f"/reports/{draft.id}/edit", data=typed(ft_staff=text, enrolled=77, enr_male=None)
    )
    assert answer.status_code == 422
    page = answer.soup
    assert page.select_one("#ft_staff")["value"] == text
    assert page.select_one("#ft_staff")["aria-invalid"] == "true"
    assert page.select_one(".error-summary a")["href"] == "#ft_staff"
    assert "全职从业人员数" in page.select_one("#ft_staff-error").get_text()
    assert (page.select_one("#enrolled")["value"], page.select_one("#enr_male")["value"]) == (
        "77",
        "",
    )
    assert kept(cast, draft) == before


@pytest.mark.parametrize("text", ["-0.01", "100000", "12.345", "1e2", "元"])
def test_what_is_no_fee_is_refused(cast, director, draft, text):
    answer = director.post(f"/reports/{draft.id}/edit", data=typed(fee_full_day=text))
    assert answer.status_code == 422
    assert "全日托保育费" in answer.soup.select_one("#fee_full_day-error").get_text()


def test_a_category_that_is_not_on_the_list_is_refused(director, draft):
    answer = director.post(f"/reports/{draft.id}/edit", data=typed(institution_category="Z"))
    assert answer.status_code == 422
    assert "请从列表中选择" in answer.text


def test_three_megabytes_are_too_much(cast, director, draft):
    before = kept(cast, draft)
    answer = director.post(f"/reports/{draft.id}/edit", data=typed(ft_staff="1" * 3_000_000))
    assert answer.status_code == 413
    assert "内容过大" in answer.text
    assert kept(cast, draft) == before


def test_figures_that_were_not_sent_stay(cast, director, draft):
    director.post(f"/reports/{draft.id}/edit", data={"edition": "1", "enrolled": "61"})
    assert kept(cast, draft)["enrolled"] == 61
    assert kept(cast, draft)["in_care"] == REPORT_FIGURES["in_care"]


def test_who_saves_an_old_page_is_told_and_loses_nothing(cast, director, draft, signed_in):
    director.post(f"/reports/{draft.id}/edit", data=typed(enrolled=61))
    answer = director.post(f"/reports/{draft.id}/edit", data=typed(enrolled=62, ft_staff=18))
    assert answer.status_code == 409
    assert "没有保存" in answer.soup.select_one(".error-summary").get_text()
    assert value(answer, "enrolled") == "62"
    assert value(answer, "ft_staff") == "18"
    both = answer.soup.select_one("tr:has(#enrolled) .clash legend").get_text()
    assert both == "您填的是 62，另一窗口 10:00 保存的是 61"
    assert len(answer.soup.select(".clash")) == 1
    assert kept(cast, draft)["enrolled"] == 61
    edition = answer.soup.select_one("#report_form input[name=edition]")["value"]
    again = typed(edition, enrolled=62, ft_staff=18)
    assert director.post(f"/reports/{draft.id}/edit", data=again).status_code == 302
    assert kept(cast, draft)["enrolled"] == 62


def test_with_htmx_the_form_comes_back_alone(director, draft, htmx):
    address, headers = f"/reports/{draft.id}/edit", htmx("report_form")
    saved = director.post(address, data=typed(enrolled=61), headers=headers)
    assert saved.text.lstrip().startswith('<form id="report_form"')
    assert saved.soup.select_one("input[name=edition]")["value"] == "2"
    assert "已暂存 10:00:00" in saved.text
    wrong = director.post(address, data=typed(2, enrolled="x"), headers=headers)
    assert wrong.status_code == 422
    assert wrong.text.lstrip().startswith('<form id="report_form"')
    stale = director.post(address, data=typed(1, enrolled=63), headers=headers)
    assert stale.status_code == 409
    assert value(stale, "enrolled") == "63"


def test_totals_run_while_typing_and_nothing_is_kept(cast, director, draft, htmx):
    before = kept(cast, draft)
    data = typed(cg_age_26_35=9, enr_male="", enr_female="x")
    answer = director.post(f"/reports/{draft.id}/totals", data=data, headers=htmx("running_totals"))
    assert answer.status_code == 200
    drawn = BeautifulSoup(answer.text.replace("template>", "div>"), "html.parser")
    rows = {row["id"]: row.get_text() for row in drawn.select("tr.entry-total")}
    assert set(rows) == {f"total_H{n}" for n in ("04", "05", "10", "11", "13", "14", "15", "16")}
    assert "16 / 12 ✕ 多 4" in rows["total_H04"]
    assert "12 / 12 ✓ 相符" in rows["total_H05"]
    assert "0 / 60 ○ 未填完" in rows["total_H13"]
    assert "2 处需要修改" in answer.soup.select_one("#running_totals").get_text()
    assert kept(cast, draft) == before


def test_without_javascript_the_totals_lead_back_to_the_form(director, draft):
    answer = director.post(f"/reports/{draft.id}/totals", data=typed())
    assert answer.location == f"/reports/{draft.id}/edit"


def test_the_paper_is_complete_and_in_order(director, draft):
    page = director.get(f"/reports/{draft.id}/edit").soup
    codes = [cell.get_text() for cell in page.select("#report_form td.code") if cell.get_text()]
    assert codes == [f"{n:02}" for n in range(1, 38)]
    sections = [title.get_text() for title in page.select("tr.section-row span")]
    assert sections == [
        "机构基本情况",
        "从业人员",
        "全职保育人员情况",
        "全职保安人员情况",
        "婴幼儿入托情况",
        "入托婴幼儿中",
        "保育费用",
    ]
    for field in page.select("#report_form input.number"):
        assert field["type"] == "text"
        assert field["inputmode"] == ("decimal" if field["name"].startswith("fee") else "numeric")
    archive_column = {
        row.select_one("td.code").get_text(): row.select("td.reference")[1].get_text(strip=True)
        for row in page.select("#report_form tr")
        if len(row.select("td.reference")) == 2 and row.select_one("td.code").get_text()
    }
    assert {code: shown for code, shown in archive_column.items() if shown} == {
        "01": "18",
        "02": "12",
        "03": "1",
        "18": "48",
    }


def test_the_archive_is_shown_and_can_only_be_changed_in_its_own_place(cast, director, draft):
    block = director.get(f"/reports/{draft.id}/edit").soup.select_one(".report-archive")
    text = block.get_text()
    for shown in (
        "阳光托育园",
        cast.sunshine.unified_social_credit_code,
        "福建省/福州市/鼓楼区/鼓东街道/",
        "独立托育机构",
        "营利性",
        "全日托、半日托",
        "合格",
        "1 个班，托位 18 个",
        "63",
    ):
        assert shown in text
    assert block.select_one("a").get_text() == "去修改档案"
    assert not block.select("input, select, textarea")


def test_december_is_the_annual_report(cast, director):
    with clock.at("2024-01-03T10:00"):
        answer = director.post("/reports/", data={"month": "2023-12"})
        page = director.get(answer.location).soup
    assert page.h1.get_text(strip=True) == "2023年12月月报（兼2023年年报）"


def test_a_remark_stands_at_the_figure_that_does_not_fit(director, draft):
    director.post(f"/reports/{draft.id}/edit", data=typed(guards_certified=3))
    page = director.get(f"/reports/{draft.id}/edit").soup
    assert (
        "持证保安人员数 3 大于全职保安人员数 1"
        in page.select_one("#note-guards_certified").get_text()
    )
    assert "note-guards_certified" in page.select_one("#guards_certified")["aria-describedby"]


@pytest.mark.parametrize("state", [State.AT_TOWNSHIP, State.AT_COUNTY, State.CONFIRMED])
def test_what_left_the_institution_cannot_be_changed(cast, director, state):
    report = cast.report(cast.sunshine, state=state)
    before = kept(cast, report)
    assert director.get(f"/reports/{report.id}/edit").location == f"/reports/{report.id}"
    data = typed(before["edition"], enrolled=61)
    assert director.post(f"/reports/{report.id}/edit", data=data).status_code == 409
    assert kept(cast, report) == before


def test_a_returned_month_says_why_and_can_be_mended(cast, director):
    report = cast.report(cast.sunshine, state=State.RETURNED)
    page = director.get(f"/reports/{report.id}/edit")
    assert "请核对在托人数" in page.text
    edition = kept(cast, report)["edition"]
    saved = director.post(f"/reports/{report.id}/edit", data=typed(edition, enrolled=61))
    assert saved.status_code == 302


ADDRESSES = [("get", "edit"), ("post", "edit"), ("post", "totals"), ("get", "check"),
             ("post", "submission"), ("post", "explanations"), ("post", "withdrawal"),
             ("post", "deletion")]  # fmt: skip


@pytest.mark.parametrize(("method", "page"), ADDRESSES)
def test_another_institutions_month_is_not_there(cast, director, signed_in, method, page):
    theirs = cast.report(cast.star)
    assert getattr(director, method)(f"/reports/{theirs.id}/{page}").status_code == 404
    assert getattr(director, method)(f"/reports/999999/{page}").status_code == 404


@pytest.mark.parametrize(("method", "page"), ADDRESSES)
def test_nobody_but_the_institution_fills_in(cast, signed_in, method, page, draft):
    for officer in (cast.gudong_clerk, cast.gulou_officer, cast.province_officer, cast.sysadmin):
        answer = getattr(signed_in(officer), method)(f"/reports/{draft.id}/{page}")
        assert answer.status_code == 403


@pytest.mark.parametrize("page", ["edit", "check"])
def test_a_page_is_light_and_asks_few_questions(cast, director, draft, statements, page):
    director.post(f"/reports/{draft.id}/edit", data=typed(enrolled=0, guards_certified=9))
    with statements() as made:
        answer = director.get(f"/reports/{draft.id}/{page}")
    assert answer.status_code == 200
    assert len(made) <= 12
