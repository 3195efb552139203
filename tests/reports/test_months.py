"""The list of months, and beginning one."""

import threading
from datetime import date

import pytest
from sqlalchemy import select

from tests.cast import FIRST_WINDOW, JULY, JUNE
from tuoyu import clock
from tuoyu.archives.models import open_revision
from tuoyu.extensions import db
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

FEBRUARY = "2024-02-04T10:00"


def rows(page):
    """Month, state, deadline, first submission, action of each line."""
    return [
        [" ".join(cell.get_text().split()) for cell in row.find_all(["th", "td"])]
        for row in page.soup.select("main tbody tr")
    ]


def reports_of(cast, institution):
    with cast.stage():
        own = select(MonthlyReport).where(MonthlyReport.institution_id == institution.id)
        return [(r.month, r.institution_category) for r in db.session.scalars(own)]


def test_every_month_due_is_listed_the_newest_first(cast, director):
    with clock.at("2023-09-06T09:00"):
        found = rows(director.get("/reports/"))
    months = ["2023年8月月报", "2023年7月月报", "2023年6月月报"]
    assert [row[0].partition("截止")[0] for row in found] == months
    assert [row[1] for row in found] == [
        "✕ 未报 ✕ 逾期1天",
        "✕ 未报 ✕ 逾期32天",
        "✕ 未报 ✕ 逾期48天",
    ]
    assert [row[2] for row in found] == [
        "2023-09-05 24:00",
        "2023-08-05 24:00",
        "2023-07-20 24:00",
    ]
    assert {row[-1] for row in found} == {"填报 空白表"}


@pytest.mark.parametrize(("state", "action", "address"), [
    (State.DRAFT, "继续填报", "edit"), (State.RETURNED, "修改", "edit"),
    (State.AT_TOWNSHIP, "查看", ""), (State.CONFIRMED, "查看", ""),
])  # fmt: skip
@pytest.mark.usefixtures("first_window")
def test_each_month_offers_the_one_next_thing_to_do_first(cast, director, state, action, address):
    report = cast.report(cast.sunshine, state=state)
    page = director.get("/reports/")
    assert rows(page)[0][-1].split()[0] == action
    assert rows(page)[0][-1].split()[-1] == "打印"
    link = page.soup.select_one("main tbody a")
    assert link["href"] == f"/reports/{report.id}" + (f"/{address}" if address else "")


def test_a_late_month_says_how_late(cast, director):
    cast.report(cast.sunshine, state=State.AT_TOWNSHIP, moment="2023-07-22T23:59:59")
    with clock.at("2023-07-23T10:00"):
        assert "迟报2天" in rows(director.get("/reports/"))[0][1]


def test_a_month_handed_in_on_the_last_day_is_in_time(cast, director):
    cast.report(cast.sunshine, state=State.AT_TOWNSHIP, moment="2023-07-20T23:59:59.5")
    with clock.at("2023-07-21T10:00"):
        assert rows(director.get("/reports/"))[0][1] == "◔ 待乡镇审核"


@pytest.mark.usefixtures("first_window")
def test_a_new_month_is_blank_but_for_its_usual_category(cast, signed_in):
    cast.archive(cast.sunshine, institution_type="HOME")
    director = signed_in(cast.sunshine_director)
    answer = director.post("/reports/", data={"month": "2023-06"})
    assert answer.status_code == 302
    page = director.get(answer.location)
    assert page.soup.select_one("#institution_category option[selected]")["value"] == "E"
    typed_in = page.soup.select("main input.number")
    assert len(typed_in) == 37
    assert {field.get("value", "") for field in typed_in} == {""}
    assert reports_of(cast, cast.sunshine) == [(JUNE, "E")]


def test_figures_of_last_month_are_shown_but_never_filled_in(cast, director):
    cast.report(cast.sunshine, state=State.CONFIRMED)
    with clock.at("2023-08-02T10:00"):
        page = director.get(director.post("/reports/", data={"month": "2023-07"}).location)
    field = page.soup.select_one("#enrolled")
    assert field["value"] == ""
    assert field.find_parent("tr").select("td.reference")[0].get_text() == "60"


@pytest.mark.usefixtures("first_window")
def test_a_month_is_reported_once(cast, director):
    assert director.post("/reports/", data={"month": "2023-06"}).status_code == 302
    again = director.post("/reports/", data={"month": "2023-06"})
    assert again.status_code == 409
    assert "该月已有报表" in again.text
    assert len(reports_of(cast, cast.sunshine)) == 1


@pytest.mark.usefixtures("first_window")
def test_a_confirmed_month_is_not_begun_again(cast, director):
    cast.report(cast.sunshine, state=State.CONFIRMED)
    assert director.post("/reports/", data={"month": "2023-06"}).status_code == 409


def test_of_many_at_once_one_begins_the_month(cast, director, signed_in):
    browsers = [signed_in(cast.sunshine_director) for _ in range(4)]
    together, answers = threading.Barrier(len(browsers)), []

    def begin(browser):
        together.wait()
        answers.append(browser.post("/reports/", data={"month": "2023-06"}).status_code)

    threads = [threading.Thread(target=begin, args=[browser]) for browser in browsers]
    with clock.at(FIRST_WINDOW):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(answers) == [302, 409, 409, 409]
    assert len(reports_of(cast, cast.sunshine)) == 1


@pytest.mark.parametrize(("month", "sentence"), [
    ("2023-13", "请从列表中选择年度和月份"),
    ("2023-6", "请从列表中选择年度和月份"),
    ("", "请从列表中选择年度和月份"),
    ("２０２３-０６", "请从列表中选择年度和月份"),
    ("2023-07", "2023年7月的月报还不能填报，2023年8月1日起开放"),
    ("2099-01", "2099年1月的月报还不能填报"),
    ("2023-05", "2023年5月的月报还不能填报"),
])  # fmt: skip
@pytest.mark.usefixtures("first_window")
def test_only_months_that_can_be_reported_are_begun(cast, director, month, sentence):
    answer = director.post("/reports/", data={"month": month})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert reports_of(cast, cast.sunshine) == []


def test_no_month_before_the_first_one_due(cast, signed_in):
    cast.archive(cast.sunshine, moment="2024-01-20T10:00")
    director = signed_in(cast.sunshine_director)
    with clock.at(FEBRUARY):
        answer = director.post("/reports/", data={"month": "2023-12"})
        assert answer.status_code == 422
        assert "早于本机构首次应报的月份（2024年1月）" in answer.text
        assert director.post("/reports/", data={"month": "2024-01"}).status_code == 302


def test_an_institution_confirmed_this_month_has_nothing_to_report_yet(cast, signed_in):
    cast.archive(cast.sunshine, moment="2024-02-03T10:00")
    director = signed_in(cast.sunshine_director)
    with clock.at(FEBRUARY):
        assert "目前没有需要填报的月份" in director.get("/reports/").text
        assert director.post("/reports/", data={"month": "2024-01"}).status_code == 422


def test_a_closed_institution_reports_its_last_month_and_none_after(cast, director):
    with cast.stage():
        cast.again(cast.sunshine).closed_on = date(2023, 8, 20)
    with clock.at(FEBRUARY):
        assert rows(director.get("/reports/"))[0][0].startswith("2023年8月月报")
        answer = director.post("/reports/", data={"month": "2023-09"})
        assert answer.status_code == 422
        assert "已于 2023-08-20 终止" in answer.text
        assert director.post("/reports/", data={"month": "2023-08"}).status_code == 302


def test_an_institution_that_is_switched_off_is_offered_no_month(cast, director):
    cast.archive(cast.sunshine, moment="2023-08-10T10:00", is_active=False)
    with clock.at("2023-09-03T09:00"):
        assert [row[0].partition("截止")[0] for row in rows(director.get("/reports/"))] == [
            "2023年6月月报"
        ]
        answer = director.post("/reports/", data={"month": "2023-08"})
        assert answer.status_code == 422
        assert "“是否启用”为否" in answer.text


def test_what_was_begun_before_it_was_switched_off_is_no_step(cast, director):
    cast.report(cast.sunshine, JULY, moment="2023-08-02T10:00")
    cast.report(cast.sunshine, JUNE, State.CONFIRMED)
    cast.archive(cast.sunshine, moment="2023-08-10T10:00", is_active=False)
    with clock.at("2023-08-11T09:00"):
        assert rows(director.get("/reports/"))[0][1] == "○ 草稿 ○ 不需上报"
        step = director.get("/").soup.select_one(".next-step")
    assert "目前没有需要您办理的事" in step.text
    assert "2023年7月" not in step.text


def test_a_new_institution_is_offered_no_month_before_its_first_one(cast, signed_in):
    """Confirmed in February it reports February, which opens in March."""
    cast.archive(cast.sunshine, State.AT_COUNTY, moment=FEBRUARY)
    director = signed_in(cast.sunshine_director)
    with clock.at(FEBRUARY):
        page = director.get("/reports/")
        assert rows(page) == [["目前没有需要填报的月份。"]]
        assert "从审核通过的当月起上报月报，次月1日起开放填报" in page.text
        assert "从审核通过的当月起上报月报" in director.get("/").soup.select_one(".next-step").text
        answer = director.post("/reports/", data={"month": "2024-01"})
        assert answer.status_code == 422
        assert "早于本机构首次应报的月份（2024年2月起" in answer.text


def test_a_draft_that_can_never_be_handed_in_is_no_step_and_can_be_deleted(cast, signed_in):
    with clock.at(FIRST_WINDOW):
        cast.archive(cast.sunshine, State.AT_COUNTY)
        director = signed_in(cast.sunshine_director)
        director.post("/reports/", data={"month": "2023-06"})
    with cast.stage("2023-08-04T09:00"):
        open_revision(cast.sunshine.id).confirm(cast.again(cast.gulou_officer))
    with clock.at("2023-09-02T09:00"):
        step = director.get("/").soup.select_one(".next-step")
        assert "2023年8月月报还没有填报" in step.text
        draft = director.get("/reports/").soup.select_one("form[action$=deletion]")
        sent = {field["name"]: field["value"] for field in draft.select("input")}
        assert director.post(draft["action"], data=sent).status_code == 302
        assert [row[0].partition("截止")[0] for row in rows(director.get("/reports/"))] == [
            "2023年8月月报"
        ]


@pytest.mark.usefixtures("first_window")
def test_without_an_archive_the_page_says_what_comes_first(cast, signed_in):
    director = signed_in(cast.star_director)
    page = director.get("/reports/")
    assert "请先填写机构档案" in page.text
    assert not page.soup.select("main form")
    answer = director.post("/reports/", data={"month": "2023-06"})
    assert answer.status_code == 422
    assert "请先填写机构档案" in answer.text


@pytest.mark.parametrize("state", [State.DRAFT, State.AT_TOWNSHIP, State.RETURNED])
@pytest.mark.usefixtures("first_window")
def test_a_month_may_be_begun_before_the_archive_is_approved(cast, signed_in, state):
    cast.archive(cast.star, state)
    director = signed_in(cast.star_director)
    assert "机构档案尚未审核通过" in director.get("/reports/").text
    assert director.post("/reports/", data={"month": "2023-06"}).status_code == 302


@pytest.mark.usefixtures("first_window")
def test_the_list_is_the_institutions_own(cast, director, signed_in):
    cast.archive(cast.star)
    cast.report(cast.star)
    assert rows(director.get("/reports/"))[0][-1] == "填报 空白表"
    assert signed_in(cast.gudong_clerk).get("/reports/").status_code == 403
    assert (
        signed_in(cast.gulou_officer).post("/reports/", data={"month": "2023-06"}).status_code
        == 403
    )


def test_the_list_asks_the_same_few_questions_however_long_it_is(cast, director, statements):
    for month in range(1, 4):
        cast.report(cast.sunshine, date(2024, month, 1), moment="2024-05-02T10:00")
    with clock.at("2026-09-03T10:00"), statements() as made:
        assert len(rows(director.get("/reports/"))) == 39
    assert len(made) <= 12
