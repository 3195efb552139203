"""A paper that was sent back: what the institution mends, and what the reviewer sees of it."""

import pytest

from tests.cast import FIRST_WINDOW
from tests.figures import ARCHIVE_FIGURES, REPORT_FIGURES
from tests.review.world import look, post, waiting_report
from tuoyu import clock
from tuoyu.workflow.states import State

MARKS = {"mark": ["ft_caregivers", "in_care"], "note_in_care": "与上月不符"}


def returned(cast, signed_in, kind, paper, **form):
    clerk = signed_in(cast.gudong_clerk)
    with clock.at(FIRST_WINDOW):
        assert post(clerk, kind, paper, "send_back", reason="请核对", **form).status_code == 302
    return clerk


def again(cast, paper):
    with cast.stage():
        return cast.detached(cast.again(paper))


def send(director, address, paper, **form):
    with clock.at(FIRST_WINDOW):
        return director.post(address, data=form | {"edition": paper.edition})


def fill_in(cast, director, report, **figures):
    data = REPORT_FIGURES | figures
    assert send(director, f"/reports/{report.id}/edit", again(cast, report), **data)


def hand_in(cast, director, kind, paper):
    paper = again(cast, paper)
    with cast.stage():
        waiting = cast.again(paper).unexplained()
    texts = {f"explanation-{key}": "情况属实" for key in waiting}
    answer = send(director, f"/{kind}/{paper.id}/submission", paper, **texts)
    assert answer.status_code == 302


def lines(answer, place):
    found = answer.soup.select_one(place)
    return [li.get_text(" ", strip=True) for li in found.select("li")] if found else []


@pytest.fixture
def month(cast, signed_in):
    report = waiting_report(cast)
    returned(cast, signed_in, "reports", report, **MARKS)
    return report


def test_each_mark_leads_to_its_figure_and_stands_beside_it(cast, signed_in, month):
    director = signed_in(cast.sunshine_director)
    page = look(director, f"/reports/{month.id}/edit")
    assert lines(page, ".returned") == [
        "02 全职保育人员数 ! 未修改（退回时 12）",
        "18 年末在托数：与上月不符 ! 未修改（退回时 48）",
    ]
    for link in page.soup.select(".returned a"):
        address, _, field = link["href"].partition("#")
        assert address == f"/reports/{month.id}/edit"
        described = page.soup.find(id=field)["aria-describedby"].split()
        said = "".join(page.soup.find(id=name).text for name in described)
        assert "退回意见：与上月不符" in said or "审核人员标出此项，请核对" in said
    assert "退回意见：与上月不符" in page.text
    home = look(director, "/")
    assert [a["href"] for a in home.soup.select(".returned a")] == [
        a["href"] for a in page.soup.select(".returned a")
    ]


def test_a_mark_is_ticked_once_the_figure_is_another(cast, signed_in, month, htmx):
    director = signed_in(cast.sunshine_director)
    fill_in(cast, director, month, in_care=47, left_in_year=13)
    page = look(director, f"/reports/{month.id}/edit")
    assert lines(page, ".returned")[1] == (
        "18 年末在托数：与上月不符 ✓ 已修改（退回时 48，现在 47）"
    )
    fill_in(cast, director, month)
    assert "! 未修改" in lines(look(director, f"/reports/{month.id}/edit"), ".returned")[1]


def test_a_reviewer_sees_what_was_mended_and_what_else_changed(cast, signed_in, month):
    director, clerk = signed_in(cast.sunshine_director), signed_in(cast.gudong_clerk)
    fill_in(cast, director, month, in_care=47, left_in_year=13, fee_hourly="35")
    hand_in(cast, director, "reports", month)
    page = look(clerk, f"/review/reports/{month.id}")
    points, others = page.soup.select(".mended table")
    assert [r.get_text(" ", strip=True) for r in points.select("tbody tr")] == [
        "02 全职保育人员数 — 12 12 ! 未修改",
        "18 年末在托数 与上月不符 48 47 ✓ 已修改",
    ]
    assert [r.get_text(" ", strip=True) for r in others.select("tbody tr")] == [
        "本年内已离开数 12 13",
        "计时托保育费 30.00 35.00",
    ]
    main = page.soup.select_one("main").text
    assert main.index("退回后的修改") < main.index("核实与说明") < main.index("从业人员")


def test_a_reviewer_is_told_that_nothing_else_changed(cast, signed_in, month):
    director, clerk = signed_in(cast.sunshine_director), signed_in(cast.gudong_clerk)
    hand_in(cast, director, "reports", month)
    page = look(clerk, f"/review/reports/{month.id}")
    assert page.soup.select_one(".mended").text.count("未修改") == 2
    assert "退回后其他项目没有变动。" in page.text


def test_what_came_back_by_itself_is_forgotten_when_confirmed(cast, signed_in, month):
    director = signed_in(cast.sunshine_director)
    hand_in(cast, director, "reports", month)
    with cast.stage():
        report = cast.again(month)
        report.approve(by=cast.again(cast.gudong_clerk))
        report.confirm(by=cast.again(cast.gulou_officer))
    page = look(signed_in(cast.gulou_officer), f"/review/reports/{month.id}")
    assert not page.soup.select(".mended")


def test_nothing_is_said_of_a_month_that_never_came_back(cast, signed_in):
    report = waiting_report(cast)
    page = look(signed_in(cast.gudong_clerk), f"/review/reports/{report.id}")
    assert not page.soup.select(".mended")


def test_each_mark_of_an_archive_leads_to_the_right_page(cast, signed_in):
    archive = cast.archive(cast.sunshine, State.AT_TOWNSHIP)
    marks = {"mark": ["address", "infant_places", "managers"], "note_infant_places": "与实际不符"}
    clerk = returned(cast, signed_in, "archives", archive, **marks)
    director = signed_in(cast.sunshine_director)
    expected = {"address": "basic", "infant_places": "classes", "managers": "details"}
    for name in expected.values():
        page = look(director, f"/archives/{archive.id}/{name}")
        links = [a["href"] for a in page.soup.select(".returned a")]
        assert links == [f"/archives/{archive.id}/{at}#{key}" for key, at in expected.items()]
    page = look(director, f"/archives/{archive.id}/classes")
    assert "退回意见：与实际不符" in page.soup.select_one("#infant_places-warning").text
    classes = {k: v for k, v in ARCHIVE_FIGURES.items() if k.endswith(PAGE_ENDS)}
    address = f"/archives/{archive.id}/classes"
    changed = classes | {"infant_places": 12, "junior_places": 16, "do": "save"}
    assert send(director, address, again(cast, archive), **changed).status_code == 302
    ticked = lines(look(director, address), ".returned")
    assert "✓ 已修改（退回时 10，现在 12）" in ticked[1]
    hand_in(cast, director, "archives", archive)
    page = look(clerk, f"/review/archives/{archive.id}")
    assert page.soup.select_one(".mended tbody .changed").text == "12"
    assert "托小班可提供托位" in page.soup.select(".mended table")[1].text


PAGE_ENDS = ("_children", "_classes", "_fee", "_places")
