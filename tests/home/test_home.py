"""The first page of each role: what must I do now, until when."""

import re
from datetime import date
from itertools import pairwise

import pytest
from sqlalchemy import update

from tests.applications.world import ask, correct, the_application
from tests.figures import REPORT_FIGURES
from tests.review.world import (
    JULY,
    look,
    many_archives,
    names_in,
    stamp,
    state_of,
    waiting_report,
)
from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.institutions.changes import record
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

AUGUST_3, AUGUST_5, AUGUST_7 = "2023-08-03T10:00", "2023-08-05T10:00", "2023-08-07T09:30"


def deadline_in(answer):
    return answer.soup.select_one(".deadline").get_text(" ", strip=True)


def counts_in(answer):
    """{label: (count as shown, address)} of the big counts."""
    cards = answer.soup.select(".counts li")
    return {
        card.a.text: (re.sub(r"\s", "", card.select_one(".count").text), card.a["href"])
        for card in cards
    }


def panel_of(answer, title):
    [found] = [p for p in answer.soup.select(".panel") if p.h2.text.startswith(title)]
    return found


@pytest.fixture
def july(cast):
    for institution in (cast.sunshine, cast.star, cast.moon, cast.wave):
        cast.archive(institution)
    cast.report(cast.sunshine, state=State.CONFIRMED)
    cast.report(cast.star, state=State.AT_TOWNSHIP)
    cast.report(cast.sunshine, JULY, State.AT_TOWNSHIP, AUGUST_3)
    cast.report(cast.star, JULY, State.RETURNED, AUGUST_3)
    cast.july_of_the_moon = cast.report(cast.moon, JULY, State.CONFIRMED, AUGUST_3)
    return cast


@pytest.mark.parametrize(
    ("who", "moment", "line"),
    [
        (
            "star_director",
            "2023-07-16T10:00",
            "2023年6月月报 填报期 7月15日–20日 填报截止 7月20日24:00 ◔ 还剩4天",
        ),
        (
            "star_director",
            "2023-08-03T10:00",
            "2023年7月月报 填报期 8月1日–5日 填报截止 8月5日24:00 ! 还剩2天",
        ),
        (
            "star_director",
            "2023-08-05T23:59:59",
            "2023年7月月报 填报期 8月1日–5日 填报截止 8月5日24:00 ! 今天24:00截止",
        ),
        (
            "star_director",
            "2023-08-06T00:00:00",
            "2023年7月月报 填报期 8月1日–5日 填报截止 8月5日24:00 ✕ 已过截止日1天",
        ),
        (
            "gudong_clerk",
            "2023-08-05T10:00",
            "2023年7月月报 填报期 8月1日–5日 乡镇审核截止 8月8日24:00 ◔ 还剩3天",
        ),
        (
            "gulou_officer",
            "2023-08-11T10:00",
            "2023年7月月报 填报期 8月1日–5日 县级确认截止 8月10日24:00 ✕ 已过截止日1天",
        ),
        (
            "fuzhou_officer",
            "2023-08-05T10:00",
            "2023年7月月报 填报期 8月1日–5日 乡镇审核截止 8月8日24:00 县级确认截止 8月10日24:00",
        ),
        (
            "gudong_clerk",
            "2023-10-09T10:00",
            "2023年9月月报 填报期 10月1日–11日 乡镇审核截止 10月14日24:00 ◔ 还剩5天",
        ),
    ],
)
def test_line_one_says_until_when(cast, signed_in, who, moment, line):
    for institution in (cast.star, cast.sunshine):
        cast.archive(institution)
    assert deadline_in(look(signed_in(getattr(cast, who)), "/", moment)) == line


def test_who_has_handed_in_is_not_hurried(july, signed_in):
    assert "已过" not in deadline_in(look(signed_in(july.sunshine_director), "/", AUGUST_7))
    assert "已过" in deadline_in(look(signed_in(july.star_director), "/", AUGUST_7))


@pytest.mark.parametrize("who", ["sunshine_director", "gudong_clerk", "fuzhou_officer"])
def test_before_the_first_window_there_is_nothing_to_report(cast, signed_in, who):
    answer = look(signed_in(getattr(cast, who)), "/", "2023-07-14T23:59:59")
    assert "首个填报期尚未开始" in answer.text


def next_step(answer):
    """(what is to be done, the words on the one big button)."""
    found = answer.soup.select_one(".next-step")
    buttons = [b.get_text(strip=True) for b in found.select(".button-big")]
    return found.h2.text, buttons


def test_a_new_institution_begins_with_its_archive(cast, signed_in):
    answer = look(signed_in(cast.sunshine_director), "/")
    assert next_step(answer) == ("下一步：填写机构档案", ["填写机构档案"])
    assert answer.soup.select_one(".next-step a")["href"] == "/archives/"
    assert "还没有填写" in panel_of(answer, "机构档案").text
    month = panel_of(answer, "2023年6月月报")
    assert "请先填写机构档案" in month.text and "不应报" in month.text


NOT_YET = "2023年6月月报还没有填报"
STEPS = [
    (State.DRAFT, "机构档案还没有提交审核", "继续填写档案"),
    (State.RETURNED, "机构档案已退回", "按退回意见修改档案"),
    (State.AT_TOWNSHIP, NOT_YET, "填报2023年6月月报"),
    (State.CONFIRMED, NOT_YET, "填报2023年6月月报"),
]


@pytest.mark.parametrize(("state", "title", "button"), STEPS)
def test_the_one_next_step_while_the_archive_is_here_or_there(
    cast, signed_in, state, title, button
):
    cast.archive(cast.sunshine, state)
    answer = look(signed_in(cast.sunshine_director), "/")
    assert next_step(answer) == (f"下一步：{title}", [button])
    step = answer.soup.select_one(".next-step").text
    assert ("请核对在托人数" in step) == (state == State.RETURNED)
    assert ("档案审核通过后再提交审核" in step) == (state == State.AT_TOWNSHIP)


@pytest.mark.parametrize(
    ("state", "title", "button"),
    [
        (State.DRAFT, "下一步：2023年6月月报还没有提交审核", ["继续填报月报"]),
        (State.RETURNED, "下一步：2023年6月月报已退回", ["修改月报"]),
        (State.AT_TOWNSHIP, "目前没有需要您办理的事", []),
        (State.AT_COUNTY, "目前没有需要您办理的事", []),
        (State.CONFIRMED, "目前没有需要您办理的事", []),
    ],
)
def test_the_one_next_step_of_the_month(cast, signed_in, state, title, button):
    report = waiting_report(cast, state)
    client = signed_in(cast.sunshine_director)
    answer = look(client, "/")
    assert next_step(answer) == (title, button)
    way = answer.soup.select_one(".next-step a.button-big") or panel_of(answer, "2023年6月").a
    assert f"/reports/{report.id}" in way["href"]
    assert look(client, way["href"]).status_code == 200
    assert ("请核对在托人数" in answer.soup.select_one(".next-step").text) == (
        state == State.RETURNED
    )


def test_what_comes_next_and_until_when(cast, signed_in):
    waiting_report(cast, State.AT_TOWNSHIP)
    step = look(signed_in(cast.sunshine_director), "/").soup.select_one(".next-step").text
    assert "等待乡镇（街道）审核，审核截止 7月23日24:00" in step


def test_the_oldest_month_comes_first_and_what_came_back_before_it(july, signed_in):
    answer = look(signed_in(july.wave_director), "/", AUGUST_7)
    assert next_step(answer)[1] == ["填报2023年6月月报"]
    assert next_step(look(signed_in(july.star_director), "/", AUGUST_7))[1] == ["修改月报"]


def test_a_month_is_begun_from_the_first_page(cast, signed_in):
    cast.archive(cast.sunshine)
    client = signed_in(cast.sunshine_director)
    form = look(client, "/").soup.select_one(".next-step form")
    sent = {f["name"]: f["value"] for f in form.select("input")}
    with clock.at("2023-07-16T10:00"):
        answer = client.post(form["action"], data=sent)
    assert answer.status_code == 302
    assert next_step(look(client, "/"))[1] == ["继续填报月报"]


def test_the_last_receipt_is_a_click_away(july, signed_in):
    client = signed_in(july.sunshine_director)
    line = look(client, "/", AUGUST_7).soup.select_one(".last-receipt")
    assert "2023年7月月报" in line.text and "2023-08-03 10:00" in line.text
    assert "阳光托育园" in look(client, line.a["href"], AUGUST_7).text
    assert not look(signed_in(july.wave_director), "/", "2023-07-14T10:00").soup.select(".months")


def test_a_correction_under_way_does_not_hide_the_last_receipt(july, signed_in):
    with july.stage(AUGUST_7):
        confirmed = july.again(july.july_of_the_moon)
        db.session.add(confirmed.next_version({}))
    line = look(signed_in(july.moon_director), "/", AUGUST_7).soup.select_one(".last-receipt")
    assert "2023年7月月报" in line.text


def test_a_request_under_way_stands_here_until_it_is_settled(july, signed_in):
    client = signed_in(july.sunshine_director)
    assert ask(client, "suspend").status_code == 302
    [line] = panel_of(look(client, "/"), "办理中的申请").select("li")
    assert "待乡镇审核" in line.text
    assert look(client, line.a["href"]).status_code == 200


QUESTION = {"kind": "definition", "title": "请假算不算在托", "body": "月末当天请假的孩子算不算？"}


@pytest.fixture
def question(july, signed_in):
    """A question of 阳光托育园: where it is read."""
    with clock.at("2023-08-04T10:00"):
        asked = signed_in(july.sunshine_director).post("/feedback/", data=QUESTION)
    return asked.location


def say(client, place, act, body="月末当天请假未到的仍计入。"):
    with clock.at(AUGUST_5):
        assert client.post(f"{place}/{act}", data={"body": body}).status_code == 302


def test_applications_and_questions_wait_on_the_first_page(july, signed_in, question):
    assert ask(signed_in(july.sunshine_director), "suspend").status_code == 302
    client = signed_in(july.gudong_clerk)
    answer = look(client, "/", AUGUST_7)
    counts = counts_in(answer)
    for label, name in (("待我审核申请", "阳光托育园"), ("待答复问题", QUESTION["title"])):
        count, address = counts[label]
        assert count.startswith("1") and names_in(look(client, address, AUGUST_7)) == [name]
    [task] = [li for li in answer.soup.select(".task-list li") if "停业" in li.text]
    assert "阳光托育园 停业（暂停服务）申请" in task.text
    assert look(client, task.a["href"], AUGUST_7).status_code == 200
    assert counts_in(look(signed_in(july.guxi_clerk), "/", AUGUST_7))["待答复问题"][0] == "0个"


def test_a_paused_institution_is_told_so(july, signed_in):
    with july.stage("2023-08-12T09:00"):
        by = july.again(july.gulou_officer)
        pause = {"effective_on": date(2023, 8, 1), "until": date(2023, 9, 30)}
        record(july.again(july.sunshine), "suspended", by=by, **pause)
    with clock.at("2023-09-03T10:00"):
        step = signed_in(july.sunshine_director).get("/").soup.select_one(".next-step")
    said = step.get_text(" ", strip=True)
    assert "全月停业" in said
    assert "自 2023年8月1日起停业，至 2023年9月30日" in said
    assert step.select_one("a[href='/applications/new/reopen']")
    with clock.at("2023-10-01T10:00"):
        answer = signed_in(july.sunshine_director).get("/")
    assert "起停业" not in answer.text


def test_a_question_waits_with_whom_it_was_passed_up_to(july, signed_in, question):
    road = ["gudong_clerk", "gulou_officer", "fuzhou_officer", "province_officer"]
    for here, above in pairwise(road):
        say(signed_in(getattr(july, here)), question, "passing-up", "请明确口径。")
        assert counts_in(look(signed_in(getattr(july, here)), "/"))["待答复问题"][0] == "0个"
        assert counts_in(look(signed_in(getattr(july, above)), "/"))["待答复问题"][0] == "1个"


def test_the_province_is_shown_what_it_must_approve(july, signed_in):
    report = july.report(july.wave, state=State.CONFIRMED)
    correct(signed_in(july.wave_director), report, moment=AUGUST_3, ft_staff="18")
    assert state_of(july, the_application(july)) == State.AT_PROVINCE
    client = signed_in(july.province_officer)
    count, address = counts_in(look(client, "/", AUGUST_7))["待我批准申请"]
    assert count == "1件" and names_in(look(client, address, AUGUST_7)) == ["海浪托育园"]
    assert "待我批准申请" not in counts_in(look(signed_in(july.fuzhou_officer), "/", AUGUST_7))


def test_more_than_the_first_page_shows_is_a_click_away(july, signed_in):
    many_archives(july, 10)
    client = signed_in(july.gudong_clerk)
    answer = look(client, "/", AUGUST_7)
    [more] = panel_of(answer, "待我审核").select("p a")
    assert more.text == "机构档案 2 件"
    assert len(names_in(look(client, more["href"], AUGUST_7))) == 10


def test_an_answer_stands_on_the_first_page_until_the_question_is_closed(july, signed_in, question):
    client, clerk = signed_in(july.sunshine_director), signed_in(july.gudong_clerk)
    assert "您的问题已答复" not in look(client, "/", AUGUST_7).text
    say(clerk, question, "answer")
    [line] = panel_of(look(client, "/", AUGUST_7), "您的问题已答复").select("li")
    assert QUESTION["title"] in line.text and line.a["href"] == question
    assert "已答复" not in look(signed_in(july.wave_director), "/", AUGUST_7).text
    say(client, question, "closing")
    assert "您的问题已答复" not in look(client, "/", AUGUST_7).text


def test_who_has_closed_is_not_hurried(cast, signed_in):
    waiting_report(cast, State.CONFIRMED)
    with cast.stage():
        cast.again(cast.sunshine).closed_on = date(2023, 6, 30)
        db.session.commit()
    answer = look(signed_in(cast.sunshine_director), "/", AUGUST_5)
    assert "24:00截止" not in deadline_in(answer) and next_step(answer)[1] == []
    assert "已于2023年6月30日终止服务" in answer.soup.select_one(".next-step").text


def test_an_approved_correction_is_to_be_handed_in_without_a_deadline(cast, signed_in):
    report = waiting_report(cast, State.CONFIRMED)
    client = signed_in(cast.sunshine_director)
    correct(client, report, ft_staff="18")
    stamp(signed_in(cast.gulou_officer), "applications", the_application(cast), "confirm")
    answer = look(client, "/", "2023-07-20T10:00")
    assert next_step(answer) == ("下一步：2023年6月月报的更正已批准", ["核对并提交更正"])
    assert "24:00截止" not in deadline_in(answer)
    for place in (panel_of(answer, "2023年6月"), answer.soup.select_one(".months .current")):
        assert "更正中" in place.text


def test_the_year_as_a_strip_of_links(july, signed_in):
    july.report(july.sunshine, date(2024, 1, 1), State.DRAFT, "2024-02-03T10:00", in_care=0)
    client = signed_in(july.sunshine_director)
    cells = look(client, "/", "2024-06-03T10:00").soup.select(".months li")
    shown = [cell.get_text(" ", strip=True) for cell in cells]
    assert len(shown) == 12
    assert shown[:3] == ["6月 ✓ 已确认", "7月 ◔ 待乡镇审核", "8月 ✕ 逾期"]
    assert shown[7:9] == ["2024年1月 ○ 草稿 ○ 零入托", "2月 ✕ 逾期"]
    assert "current" in cells[-1]["class"] and shown[-1] == "5月 ✕ 未报"
    for cell in cells:
        address, _, month = cell.a["href"].partition("#")
        answer = look(client, address, "2024-06-03T10:00")
        assert answer.status_code == 200
        assert not month or answer.soup.find(id=month)


def test_months_that_were_missed_stay_in_sight(july, signed_in):
    before = panel_of(look(signed_in(july.wave_director), "/", AUGUST_7), "以前月份")
    assert "填报2023年6月月报" in before.text and "逾期18天" in before.text
    answer = look(signed_in(july.sunshine_director), "/", AUGUST_7)
    assert "以前月份" not in answer.text


def test_an_institution_sees_nothing_of_its_neighbours(july, signed_in):
    answer = look(signed_in(july.wave_director), "/", AUGUST_7)
    for foreign in ("阳光", "星星", "月亮"):
        assert foreign not in answer.text


def test_the_counts_of_a_township(july, signed_in):
    july.archive(july.sunshine, State.AT_TOWNSHIP, AUGUST_3, managers=3)
    counts = counts_in(look(signed_in(july.gudong_clerk), "/", AUGUST_7))
    assert {label: shown for label, (shown, _) in counts.items()} == {
        "待我审核月报": "1件",
        "待我审核档案": "1件",
        "待我审核申请": "0件",
        "待答复问题": "0个",
        "未报": "0家",
        "退回未改": "0件",
        "已通过": "0/1家",
    }


def test_the_counts_of_a_county(july, signed_in):
    counts = counts_in(look(signed_in(july.gulou_officer), "/", AUGUST_7))
    assert {label: shown for label, (shown, _) in counts.items()} == {
        "待确认月报": "0件",
        "待确认档案": "0件",
        "待确认申请": "0件",
        "待答复问题": "0个",
        "乡镇逾期": "1件",
        "未报": "0家",
        "退回未改": "1件",
        "已确认": "0/2家",
    }


@pytest.mark.parametrize("who", ["gudong_clerk", "guxi_clerk", "gulou_officer", "taijiang_officer"])
def test_every_count_leads_to_the_list_that_makes_it(july, signed_in, who):
    client = signed_in(getattr(july, who))
    for label, (shown, address) in counts_in(look(client, "/", AUGUST_7)).items():
        count = int(re.match(r"\d+", shown).group())
        assert len(names_in(look(client, address, AUGUST_7))) == count, label


def test_what_waits_for_me_is_a_click_away(july, signed_in):
    client = signed_in(july.gudong_clerk)
    [task] = look(client, "/", AUGUST_7).soup.select(".task-list li")
    assert "阳光托育园 2023年7月月报" in task.text
    assert "阳光托育园" in look(client, task.a["href"], AUGUST_7).soup.h1.text


def test_what_is_late_says_so(july, signed_in):
    [task] = look(signed_in(july.guxi_clerk), "/", AUGUST_7).soup.select(".task-list li")
    assert "星星托育园 2023年6月月报" in task.text and "逾期15天" in task.text


def rows_of(answer):
    return {
        row.th.text: [cell.get_text(" ", strip=True) for cell in row.select("td")]
        for row in answer.soup.select("tbody tr")
    }


def test_a_city_sees_how_far_its_counties_are(july, signed_in):
    rows = rows_of(look(signed_in(july.fuzhou_officer), "/", AUGUST_7))
    assert rows["合计"][:7] == ["3", "3", "1", "0", "1", "1", "0"]
    assert rows["鼓楼区"][:7] == ["2", "2", "1", "0", "0", "1", "0"]
    assert rows["台江区"] == ["1", "1", "0", "0", "1", "0", "0", "0", "0", "0", "✓ 已全部确认"]
    assert "平潭综合实验区" not in rows


def test_the_province_sees_the_cities_and_the_zone_below_it(july, signed_in):
    rows = rows_of(look(signed_in(july.province_officer), "/", AUGUST_7))
    assert rows["合计"][:7] == ["4", "3", "1", "0", "1", "1", "1"]
    assert rows["平潭综合实验区"][:7] == ["1", "0", "0", "0", "0", "0", "1"]
    assert rows["厦门市"][0] == "0" and len(rows) == 11


def test_what_is_overdue_stands_first_in_words(july, signed_in):
    rows = rows_of(look(signed_in(july.province_officer), "/", "2023-08-12T10:00"))
    names = list(rows)
    assert names[:3] == ["合计", "福州市", "平潭综合实验区"]
    assert rows["平潭综合实验区"][-1] == "✕ 县级逾期2天，1家未确认"


def test_each_area_leads_to_its_summary(july, signed_in):
    answer = look(signed_in(july.fuzhou_officer), "/", AUGUST_7)
    links = {a.text: a["href"] for a in answer.soup.select("tbody th a")}
    assert links["鼓楼区"] == f"/summaries/{JULY:%Y-%m}/350102000000"


def test_declared_months_are_counted_apart_everywhere(july, signed_in):
    """Desk, first pages of every level and the sheet count them alike, and not as missing."""
    nobody = {k: 0 for k in REPORT_FIGURES if k.startswith(("enr", "in_care", "left", "incl"))}
    closed = {"declaration": "closed", "declared_because": "装修", "closed_from": JULY}
    july.report(july.wave, JULY, State.AT_COUNTY, AUGUST_3, **nobody)
    with july.stage():
        star = MonthlyReport.institution_id == july.star.id
        changed = update(MonthlyReport).where(star, MonthlyReport.month == JULY)
        db.session.execute(changed.values(**nobody, **closed))
    rows = rows_of(look(signed_in(july.province_officer), "/", AUGUST_7))
    assert rows["合计"][6:10] == ["0", "1", "1", "0"]
    assert rows["平潭综合实验区"][6:10] == ["0", "1", "0", "0"]
    county = signed_in(july.gulou_officer)
    apart = look(county, "/", AUGUST_7).soup.select(".apart a")
    assert [a.text for a in apart] == ["零入托 0 家", "停业 1 家", "无变动 0 家"]
    desk = look(county, apart[1]["href"], AUGUST_7)
    assert names_in(desk) == ["星星托育园"] and "停业" in desk.soup.select_one("tbody").text
    assert names_in(look(county, apart[0]["href"], AUGUST_7)) == []
    address = f"/summaries/{JULY:%Y-%m}/350000000000?unconfirmed=1"
    sheet = look(signed_in(july.province_officer), address, AUGUST_7)
    assert "零入托1家、停业0家、无变动0家" in sheet.text


def test_a_city_sees_nothing_of_another(july, signed_in):
    rows = rows_of(look(signed_in(july.xiamen_officer), "/", AUGUST_7))
    assert rows["合计"][0] == "0" and "鼓楼区" not in rows


def test_the_sysadmin_sees_no_business_data(july, signed_in):
    answer = look(signed_in(july.sysadmin), "/", AUGUST_7)
    assert answer.status_code == 200
    assert not answer.soup.select("table, .counts, .task-list")
    assert "托育园" not in answer.soup.main.text


ASK = "问题反馈"
NAVIGATION = {
    "sunshine_director": ["首页", "机构档案", "网络直报", "申请", ASK],
    "gudong_clerk": ["首页", "月报审核 1", "机构档案审核", "申请审核", "汇总", ASK],
    "guxi_clerk": ["首页", "月报审核 1", "机构档案审核", "申请审核", "汇总", ASK],
    "gulou_officer": ["首页", "月报审核", "机构档案审核", "申请审核", "汇总", "账号管理", ASK],
    "province_officer": ["首页", "申请审核", "汇总", "账号管理", ASK],
    "sysadmin": ["首页", "账号管理"],
}


@pytest.mark.parametrize("who", NAVIGATION)
def test_the_navigation_of_each_role(july, signed_in, who):
    client = signed_in(getattr(july, who))
    answer = look(client, "/", AUGUST_7)
    entries = answer.soup.select(".site-nav a")
    assert [entry.get_text(" ", strip=True) for entry in entries] == NAVIGATION[who]
    assert answer.soup.select_one(".site-nav [aria-current]").text == "首页"
    for entry in entries:
        shown = look(client, entry["href"], AUGUST_7)
        assert shown.status_code == 200
        assert shown.soup.select_one(".site-nav [aria-current]")["href"] == entry["href"]


def test_pages_that_are_open_to_all_count_what_is_mine(july, signed_in):
    answer = look(signed_in(july.gudong_clerk), "/privacy", AUGUST_7)
    assert "月报审核 1" in answer.soup.select_one(".site-nav").get_text(" ", strip=True)


@pytest.mark.parametrize("address", ["/nothing/here", "/review/reports/999999"])
def test_a_wrong_address_still_shows_the_way(july, signed_in, address):
    answer = look(signed_in(july.gudong_clerk), address, AUGUST_7)
    assert answer.status_code == 404
    assert "首页" in answer.soup.select_one(".site-nav").text


def test_a_forbidden_page_counts_what_is_mine(july, signed_in):
    answer = look(signed_in(july.gudong_clerk), "/reports/", AUGUST_7)
    assert answer.status_code == 403
    assert "月报审核 1" in answer.soup.select_one(".site-nav").get_text(" ", strip=True)


def test_a_stamp_changes_the_counts(july, signed_in):
    paper = july.archive(july.sunshine, State.AT_TOWNSHIP, AUGUST_3, managers=3)
    client = signed_in(july.gudong_clerk)
    stamp(client, "archives", paper, "approve", moment=AUGUST_7)
    assert counts_in(look(client, "/", AUGUST_7))["待我审核档案"][0] == "0件"


def test_anybody_else_is_shown_the_way_to_sign_in(client):
    assert client.get("/").location.startswith("/login")


@pytest.mark.parametrize("who", ["sunshine_director", "gulou_officer", "province_officer"])
def test_twelve_statements_at_most(july, signed_in, statements, who):
    client = signed_in(getattr(july, who))
    statements.clear()
    look(client, "/", AUGUST_7)
    assert len(statements) <= 12, statements
