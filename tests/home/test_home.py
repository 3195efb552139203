"""The first page of each role: what must I do now, until when."""

import re

import pytest

from tests.review.world import JULY, look, names_in, stamp, waiting_report
from tuoyu import clock
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
    cast.report(cast.moon, JULY, State.CONFIRMED, AUGUST_3)
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


def test_a_new_institution_begins_with_its_archive(cast, signed_in):
    answer = look(signed_in(cast.sunshine_director), "/")
    archive = panel_of(answer, "机构档案")
    assert "未报" in archive.text
    assert [(b.text, b["href"]) for b in archive.select("a.button")] == [
        ("填写机构档案", "/archives/")
    ]
    month = panel_of(answer, "2023年6月月报")
    assert not month.select(".button") and "请先填写机构档案" in month.text


@pytest.mark.parametrize(
    ("state", "button"),
    [
        (State.DRAFT, "继续填写档案"),
        (State.AT_TOWNSHIP, "查看档案"),
        (State.RETURNED, "按退回意见修改档案"),
        (State.CONFIRMED, "查看档案"),
    ],
)
def test_the_one_next_button_of_the_archive(cast, signed_in, state, button):
    cast.archive(cast.sunshine, state)
    card = panel_of(look(signed_in(cast.sunshine_director), "/"), "机构档案")
    assert [b.text.strip() for b in card.select(".button")] == [button]
    assert ("请核对在托人数" in card.text) == (state == State.RETURNED)


@pytest.mark.parametrize(
    ("state", "button"),
    [
        (State.DRAFT, "继续填报月报"),
        (State.AT_COUNTY, "查看月报"),
        (State.RETURNED, "修改月报"),
        (State.CONFIRMED, "查看月报"),
    ],
)
def test_the_one_next_button_of_the_month(cast, signed_in, state, button):
    report = waiting_report(cast, state)
    client = signed_in(cast.sunshine_director)
    card = panel_of(look(client, "/"), "2023年6月月报")
    [shown] = card.select(".button")
    assert shown.text.strip() == button
    assert look(client, shown["href"]).status_code == 200
    assert f"/reports/{report.id}" in shown["href"]
    assert ("请核对在托人数" in card.text) == (state == State.RETURNED)


def test_a_month_is_begun_from_the_card(cast, signed_in):
    cast.archive(cast.sunshine)
    client = signed_in(cast.sunshine_director)
    form = panel_of(look(client, "/"), "2023年6月月报").form
    assert form.button.text == "填报2023年6月月报"
    sent = {f["name"]: f["value"] for f in form.select("input")}
    with clock.at("2023-07-16T10:00"):
        answer = client.post(form["action"], data=sent)
    assert answer.status_code == 302
    card = panel_of(look(client, "/"), "2023年6月月报")
    assert card.select_one(".button").text == "继续填报月报"


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
        "未报": "0家",
        "退回未改": "0件",
        "已通过": "0/1家",
    }


def test_the_counts_of_a_county(july, signed_in):
    counts = counts_in(look(signed_in(july.gulou_officer), "/", AUGUST_7))
    assert {label: shown for label, (shown, _) in counts.items()} == {
        "待确认月报": "0件",
        "待确认档案": "0件",
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
    assert rows["台江区"] == ["1", "1", "0", "0", "1", "0", "0", "✓ 已全部确认"]
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
    assert rows["平潭综合实验区"][7] == "✕ 县级逾期2天，1家未确认"


def test_each_area_leads_to_its_summary(july, signed_in):
    answer = look(signed_in(july.fuzhou_officer), "/", AUGUST_7)
    links = {a.text: a["href"] for a in answer.soup.select("tbody th a")}
    assert links["鼓楼区"] == f"/summaries/{JULY:%Y-%m}/350102000000"


def test_a_city_sees_nothing_of_another(july, signed_in):
    rows = rows_of(look(signed_in(july.xiamen_officer), "/", AUGUST_7))
    assert rows["合计"][0] == "0" and "鼓楼区" not in rows


def test_the_sysadmin_sees_no_business_data(july, signed_in):
    answer = look(signed_in(july.sysadmin), "/", AUGUST_7)
    assert answer.status_code == 200
    assert not answer.soup.select("table, .counts, .task-list")
    assert "托育园" not in answer.soup.main.text


NAVIGATION = {
    "sunshine_director": ["首页", "机构档案", "网络直报"],
    "gudong_clerk": ["首页", "月报审核 1", "机构档案审核", "汇总"],
    "guxi_clerk": ["首页", "月报审核 1", "机构档案审核", "汇总"],
    "gulou_officer": ["首页", "月报审核", "机构档案审核", "汇总"],
    "province_officer": ["首页", "汇总"],
    "sysadmin": ["首页"],
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
