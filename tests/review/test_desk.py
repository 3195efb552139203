"""The list: what lies on it, in which order, and that every count is the length of its list."""

import pytest

from tests.review.world import (
    AUGUST_3,
    AUGUST_7,
    JULY,
    JUNE,
    look,
    many_archives,
    names_in,
    stamp,
    tabs_in,
    waiting_report,
)
from tuoyu.reports.models import find_report
from tuoyu.workflow.states import State

DESK = "/review/reports/"


@pytest.fixture
def rose(cast):
    """A second institution of 鼓东街道."""
    with cast.stage():
        return cast.institution("玫瑰托育园", "350102001002")


@pytest.fixture
def july(cast, rose):
    """On 7 August: in 鼓东 one July waits and one June, in 鼓西 one was returned, one is missing."""
    with cast.stage():
        cast.director("玫瑰园长", rose)
    for institution in (cast.sunshine, cast.star, cast.moon, rose):
        cast.archive(institution)
    cast.report(cast.sunshine, state=State.CONFIRMED)
    cast.report(rose, state=State.AT_TOWNSHIP, moment="2023-07-22T10:00")
    cast.report(cast.sunshine, JULY, State.AT_TOWNSHIP, "2023-08-06T08:00")
    cast.report(cast.star, JULY, State.RETURNED, AUGUST_3)
    cast.report(cast.moon, JULY, State.AT_COUNTY, AUGUST_3)
    return cast


def test_what_waits_for_me_comes_first_the_oldest_month_on_top(july, signed_in):
    answer = look(signed_in(july.gudong_clerk), DESK, AUGUST_7)
    assert names_in(answer) == ["玫瑰托育园", "阳光托育园"]
    first, second = answer.soup.select("tbody tr")
    assert "2023年6月" in first.text and "逾期15天" in first.text and "迟报2天" in first.text
    assert "2023年7月" in second.text and "逾期" not in second.text and "迟报1天" in second.text


def test_all_of_a_month_has_the_unreported_last(july, signed_in):
    answer = look(signed_in(july.gulou_officer), f"{DESK}?state=all&month=2023-07", AUGUST_7)
    rows = [row.get_text(" ", strip=True) for row in answer.soup.select("tbody tr")]
    assert [row.split()[0] for row in rows] == ["阳光托育园", "星星托育园", "玫瑰托育园"]
    assert "未报" in rows[-1] and "逾期2天" in rows[-1] and "通过" not in rows[-1]


def test_the_desk_next_door_is_empty(july, signed_in):
    answer = look(signed_in(july.guxi_clerk), DESK, AUGUST_7)
    assert names_in(answer) == []
    assert "没有等待审核的材料" in answer.text
    assert "阳光" not in answer.text and "月亮" not in answer.text


@pytest.mark.parametrize("who", ["gudong_clerk", "guxi_clerk", "gulou_officer"])
@pytest.mark.parametrize("list_", ["reports/", "reports/?month=2023-07", "archives/"])
def test_every_count_is_the_length_of_its_list(july, signed_in, who, list_):
    july.archive(july.sunshine, State.AT_TOWNSHIP, AUGUST_3, managers=3)
    july.archive(july.star, State.DRAFT, AUGUST_3, managers=3)
    client = signed_in(getattr(july, who))
    tabs = tabs_in(look(client, f"/review/{list_}", AUGUST_7))
    declared = 3 if list_.startswith("reports") else 0
    assert len(tabs) == {"gulou_officer": 7}.get(who, 5) + declared
    for label, (count, address) in tabs.items():
        shown = look(client, address, AUGUST_7)
        assert len(names_in(shown)) == count, (label, address)
        assert tabs_in(shown)[label][0] == count


def test_counts_of_the_county_in_july(july, signed_in):
    tabs = tabs_in(look(signed_in(july.gulou_officer), f"{DESK}?month=2023-07", AUGUST_7))
    assert {label: count for label, (count, _) in tabs.items()} == {
        "待确认": 0,
        "待乡镇审核": 1,
        "乡镇逾期": 0,
        "未报": 1,
        "退回未改": 1,
        "已确认": 0,
        "零入托": 0,
        "停业": 0,
        "无变动": 0,
        "全部": 3,
    }


@pytest.mark.parametrize("tab", ["zero", "closed", "no_change"])
def test_an_archive_declares_nothing(july, signed_in, tab):
    answer = look(signed_in(july.gudong_clerk), f"/review/archives/?state={tab}", AUGUST_7)
    assert answer.status_code == 422


def test_a_township_that_is_late_shows_on_the_countys_desk(july, signed_in):
    answer = look(signed_in(july.gulou_officer), f"{DESK}?state=overdue", AUGUST_7)
    assert names_in(answer) == ["玫瑰托育园"]
    assert "县级代审" in answer.text and "退回…" not in answer.text


def test_an_approval_for_the_township_is_flagged(july, signed_in, htmx):
    client = signed_in(july.gulou_officer)
    [number] = [
        row["id"].removeprefix("paper_")
        for row in look(client, f"{DESK}?state=overdue", AUGUST_7).soup.select("tbody tr")
    ]
    with july.stage():
        paper = july.detached(find_report(int(number)))
    answer = stamp(
        client, "reports", paper, "approve_for_township", htmx("x"), moment=AUGUST_7, at="desk"
    )
    assert "县级代审" in answer.soup.select_one("tr").text
    assert "待县级确认" in answer.soup.select_one("tr").text


def test_explanations_are_counted(cast, signed_in):
    waiting_report(cast, in_care=49, left_in_year=11)
    answer = look(signed_in(cast.gudong_clerk), DESK)
    assert "有说明1" in answer.soup.select_one("tbody tr").text


@pytest.mark.parametrize(
    "words", ["阳光", "阳光 托育", "yg", "YGTYY", "91350102", "00001P", "91350102MDEM00001P"]
)
def test_search(cast, signed_in, words):
    paper = waiting_report(cast)
    with cast.stage():
        one = cast.again(cast.sunshine)
        one.unified_social_credit_code, one.initials = "91350102MDEM00001P", "ygtyy"
    answer = look(signed_in(cast.gudong_clerk), f"{DESK}?q={words}")
    assert names_in(answer) == ["阳光托育园"], paper


@pytest.mark.parametrize("words", ["星星", "xx", "100%", "_", "' or 1=1", "\\", "阳光 星星"])
def test_search_for_what_is_not_there(cast, signed_in, words):
    waiting_report(cast)
    client = signed_in(cast.gudong_clerk)
    answer = client.get(DESK, query_string={"q": words})
    assert names_in(answer) == [] and "没有符合条件的内容" in answer.text


@pytest.mark.parametrize(
    "args", ["state=nonsense", "month=2023-13", "month=abc", "state=township", "month=2023-7"]
)
def test_a_list_that_does_not_exist(cast, signed_in, args):
    assert signed_in(cast.gudong_clerk).get(f"{DESK}?{args}").status_code == 422


@pytest.mark.parametrize("who", ["sunshine_director", "fuzhou_officer", "province_officer"])
def test_only_the_two_reviewing_roles_have_a_desk(cast, signed_in, who):
    for kind in ("reports", "archives"):
        assert signed_in(getattr(cast, who)).get(f"/review/{kind}/").status_code == 403
    assert signed_in(cast.gudong_clerk).get("/review/letters/").status_code == 404


def test_nobody_enters_without_signing_in(client):
    assert client.get(DESK).location.startswith("/login")


def test_before_the_first_window_nothing_is_missing(cast, signed_in):
    cast.archive(cast.sunshine)
    answer = look(signed_in(cast.gudong_clerk), f"{DESK}?state=unreported", "2023-07-01T09:00")
    assert answer.status_code == 200 and names_in(answer) == []


def test_sixty_papers_on_three_pages_in_twelve_statements(cast, signed_in, statements):
    many_archives(cast, 60)
    client, seen = signed_in(cast.gudong_clerk), []
    for number in (1, 2, 3):
        statements.clear()
        answer = look(client, f"/review/archives/?page={number}")
        assert len(statements) <= 12, statements
        assert len(answer.soup.select("tbody form")) == 20
        seen += names_in(answer)
    assert len(set(seen)) == 60
    assert tabs_in(answer)["待我审核"][0] == 60
    assert answer.soup.select_one(".pagination a[aria-current]").text == "3"
    assert names_in(client.get("/review/archives/?page=4")) == names_in(answer)  # the last one


def test_a_hundred_rows_cost_no_more_than_one(cast, signed_in, statements):
    client, taken = signed_in(cast.gulou_officer), []
    for more in (1, 99):
        many_archives(cast, more)
        statements.clear()
        answer = look(client, "/review/archives/?state=all&size=100")
        taken.append(len(statements))
    assert len(names_in(answer)) == 100
    assert taken[1] <= taken[0] <= 12


def test_june_is_named_as_a_choice_of_months(july, signed_in):
    answer = look(signed_in(july.gudong_clerk), f"{DESK}?month={JUNE:%Y-%m}", AUGUST_7)
    months = [o.text for o in answer.soup.select("select[name=month] option")]
    assert months == ["全部月份", "2023年7月", "2023年6月"]
    assert answer.soup.select_one("option[selected]").text == "2023年6月"
