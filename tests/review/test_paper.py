"""The page of one paper: the figures beside those they should agree with, and the way onward."""

import pytest

from tests.review.world import JULY, look, many_archives, stamp, waiting_report
from tuoyu.archives.models import find_archive
from tuoyu.workflow.states import State

AUGUST_3 = "2023-08-03T10:00"


@pytest.fixture
def july(cast):
    """A July that differs from June, with the explanations it needed."""
    waiting_report(cast, State.CONFIRMED)
    changed = {"in_care": 52, "enrolled": 64, "enr_male": 35, "enr_m24_35": 38}
    changed |= {"enr_full_day": 54, "enr_local_hukou": 49}
    return cast.report(cast.sunshine, JULY, State.AT_TOWNSHIP, AUGUST_3, **changed)


def figure_row(answer, code):
    [row] = [cell.parent for cell in answer.soup.select("td.code") if cell.text == code]
    return row


def test_this_month_stands_beside_the_last_and_the_archive(cast, signed_in, july):
    answer = look(signed_in(cast.gudong_clerk), f"/review/reports/{july.id}", AUGUST_3)
    row, unchanged = (figure_row(answer, code) for code in ("18", "19"))
    cells = [cell.get_text(strip=True) for cell in row.select("td.number")]
    assert cells == ["52", "48", "+4", "48"]
    assert "changed" in row.select_one("td.number")["class"]
    assert not unchanged.select(".changed")


def test_a_doubt_stands_beside_what_was_said_to_it(cast, signed_in, july):
    answer = look(signed_in(cast.gudong_clerk), f"/review/reports/{july.id}", AUGUST_3)
    rows = [r for r in answer.soup.select(".findings tbody tr") if "机构档案" in r.text]
    assert rows and all(r.td.text == "情况属实" for r in rows)


def test_the_trail_tells_who_did_what(cast, signed_in, july):
    answer = look(signed_in(cast.gudong_clerk), f"/review/reports/{july.id}", AUGUST_3)
    [step] = answer.soup.select(".trail li")
    assert "提交审核" in step.text and "阳光园长" in step.text


@pytest.mark.parametrize(
    ("who", "state", "shown"),
    [
        ("gudong_clerk", State.AT_TOWNSHIP, ["通过", "退回…"]),
        ("gudong_clerk", State.AT_COUNTY, ["收回"]),
        ("gudong_clerk", State.RETURNED, []),
        ("gulou_officer", State.AT_TOWNSHIP, []),
        ("gulou_officer", State.AT_COUNTY, ["确认", "退回…", "退回乡镇…"]),
        ("gulou_officer", State.CONFIRMED, []),
    ],
)
def test_the_stamps_open_to_me_now(cast, signed_in, who, state, shown):
    paper = waiting_report(cast, state)
    answer = look(signed_in(getattr(cast, who)), f"/review/reports/{paper.id}")
    bar = answer.soup.select_one("#stamps .row-actions")
    assert [b.get_text(strip=True) for b in bar.select("button, a")] == shown


def test_confirming_names_the_paper_and_what_follows(cast, signed_in):
    paper = waiting_report(cast, State.AT_COUNTY)
    answer = look(signed_in(cast.gulou_officer), f"/review/reports/{paper.id}")
    [asked] = [b["data-confirm"] for b in answer.soup.select("[data-confirm]")]
    assert asked == "确认 阳光托育园 2023年6月月报？确认后该月报将锁定，修改须申请更正。"
    assert asked.partition("？")[2] in answer.soup.select_one("#stamps p.hint").text


def test_an_archive_shows_what_changed_before_everything_else(cast, signed_in):
    cast.archive(cast.sunshine)
    paper = cast.archive(cast.sunshine, State.AT_TOWNSHIP, managers=3)
    answer = look(signed_in(cast.gudong_clerk), f"/review/archives/{paper.id}")
    changed = [r.get_text(" ", strip=True) for r in answer.soup.select(".differences tbody tr")]
    assert changed == ["管理人员数量 2 3", "合计工作人员数量 18 19"]
    assert answer.text.index("修改对照") < answer.text.index("法定代表人")


def test_a_first_archive_is_shown_whole(cast, signed_in):
    paper = cast.archive(cast.sunshine, State.AT_TOWNSHIP)
    answer = look(signed_in(cast.gudong_clerk), f"/review/archives/{paper.id}")
    assert "修改对照" not in answer.text and "法定代表人" in answer.text


def test_the_next_paper_of_the_list_is_a_click_away(cast, signed_in):
    numbers = many_archives(cast, 3)
    client, seen = signed_in(cast.gudong_clerk), []
    address = f"/review/archives/{min(numbers)}?size=50"
    while address:
        answer = look(client, address)
        seen.append(answer.soup.h1.contents[-1].strip())
        onward = answer.soup.select_one("a[rel=next]")
        address = onward and onward["href"]
        assert not address or address.endswith("?size=50")
    assert seen == ["第000托育园", "第001托育园", "第002托育园"]
    back = answer.soup.select_one("a[rel=prev]")["href"]
    assert "第001托育园" in look(client, back).soup.h1.text


def test_after_a_stamp_the_way_goes_on_from_the_same_place(cast, signed_in, htmx):
    first, second, third = sorted(many_archives(cast, 3))
    client = signed_in(cast.gudong_clerk)
    with cast.stage():
        paper = cast.detached(find_archive(second))
    assert stamp(client, "archives", paper, "approve").status_code == 302
    answer = look(client, f"/review/archives/{second}")
    assert answer.soup.select_one("a[rel=prev]")["href"].endswith(f"/{first}")
    assert answer.soup.select_one("a[rel=next]")["href"].endswith(f"/{third}")


@pytest.mark.parametrize("stranger", ["guxi_clerk", "taijiang_officer"])
def test_a_stranger_finds_nothing(cast, signed_in, stranger):
    paper = waiting_report(cast)
    client = signed_in(getattr(cast, stranger))
    assert look(client, f"/review/reports/{paper.id}").status_code == 404
    assert look(client, f"/review/reports/{paper.id}/return").status_code == 404


def test_a_draft_is_not_shown(cast, signed_in):
    paper = waiting_report(cast, State.DRAFT)
    for reviewer in (cast.gudong_clerk, cast.gulou_officer):
        assert look(signed_in(reviewer), f"/review/reports/{paper.id}").status_code == 404


def test_other_roles_may_not_enter(cast, signed_in):
    paper = waiting_report(cast)
    for other in (cast.sunshine_director, cast.fuzhou_officer, cast.sysadmin):
        assert look(signed_in(other), f"/review/reports/{paper.id}").status_code == 403


def test_one_paper_takes_twelve_statements_at_most(cast, signed_in, july, statements):
    archive = cast.archive(cast.sunshine, State.AT_TOWNSHIP, AUGUST_3, managers=3)
    client = signed_in(cast.gudong_clerk)
    for paper in (f"reports/{july.id}", f"archives/{archive.id}"):
        for page in ("", "/return"):
            statements.clear()
            assert look(client, f"/review/{paper}{page}", AUGUST_3).status_code == 200
            assert len(statements) <= 12, (paper, page, statements)
