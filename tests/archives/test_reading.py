"""The archive to read: for the institution and for those above it, with what a version changes."""

import pytest

from tests.archives.typing import SHEET
from tuoyu.archives.comparison import changes, picture_changes
from tuoyu.workflow.states import State


def test_every_figure_the_state_and_the_trail_are_on_the_paper(cast, signed_in):
    archive = cast.archive(cast.sunshine)
    page = signed_in(cast.gulou_officer).get(f"/archives/{archive.id}")
    labels = [dt.text for dt in page.soup.select("dl.figures dt")]
    assert labels == [i.label for i in SHEET]
    assert "已生效" in page.soup.select_one(".page-head").text
    assert "福建省/福州市/鼓楼区/鼓东街道/" in page.soup.select_one(".page-head").text
    moves = [s.text for s in page.soup.select(".trail strong")]
    assert moves == ["提交审核", "通过", "确认"]
    assert "修改对照" not in page.text


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("sunshine_director", 200),
        ("gudong_clerk", 200),
        ("gulou_officer", 200),
        ("fuzhou_officer", 200),
        ("province_officer", 200),
        ("star_director", 404),
        ("guxi_clerk", 404),
        ("taijiang_officer", 404),
        ("xiamen_officer", 404),
        ("sysadmin", 403),
    ],
)
def test_the_paper_is_open_to_its_own_part_of_the_map(cast, signed_in, person, status):
    archive = cast.archive(cast.sunshine, State.AT_TOWNSHIP)
    browser = signed_in(getattr(cast, person))
    assert browser.get(f"/archives/{archive.id}").status_code == status


def test_a_later_version_shows_what_it_changes(cast, signed_in):
    cast.archive(cast.sunshine)
    second = cast.archive(
        cast.sunshine, State.AT_TOWNSHIP, infant_places=12, contact_phone="13900000009"
    )
    page = signed_in(cast.gudong_clerk).get(f"/archives/{second.id}")
    rows = [
        [cell.get_text(strip=True) for cell in row.select("th, td")]
        for row in page.soup.select("table.differences tbody tr")
    ]
    assert ["联系人联系方式", "0591-87760000", "13900000009"] in rows
    assert ["乳儿班可提供托位（6-12个月）", "10", "12"] in rows
    assert ["机构可提供托位总数", "63", "65"] in rows
    assert len(rows) == 5  # and the two remaining totals


def test_a_superseded_version_is_compared_with_the_one_before_it(cast):
    first = cast.archive(cast.sunshine)
    second = cast.archive(cast.sunshine, managers=5)
    third = cast.archive(cast.sunshine, managers=7)
    with cast.stage():
        assert changes(cast.again(first)) == []
        told = [(d.before, d.after) for d in changes(cast.again(second))]
        assert told == [("2", "5"), ("18", "21")]
        told = [(d.before, d.after) for d in changes(cast.again(third))]
        assert told == [("5", "7"), ("21", "23")]
        assert picture_changes(cast.again(third)) == ([], [])
        assert picture_changes(cast.again(first)) == ([], [])


def test_the_institution_finds_its_older_versions(cast, signed_in):
    first = cast.archive(cast.sunshine)
    cast.archive(cast.sunshine, managers=5)
    browser = signed_in(cast.sunshine_director)
    page = browser.get("/archives/")
    assert page.soup.select_one(f"a[href='/archives/{first.id}']").text == "第 1 版"
    assert "已替换" in browser.get(f"/archives/{first.id}").text


def test_the_paper_asks_few_questions(cast, signed_in, statements):
    cast.archive(cast.sunshine)
    second = cast.archive(cast.sunshine, State.AT_COUNTY, managers=5)
    browser = signed_in(cast.gulou_officer)
    with statements() as made:
        browser.get(f"/archives/{second.id}")
    assert len(made) <= 12, made
