"""The history of an archive, and the difference between any two versions."""

from io import BytesIO

import pytest

from tests.archives.test_pictures import picture
from tuoyu.workflow.states import State


@pytest.fixture
def three(cast):
    """Three versions, the last of them with the county."""
    cast.archive(cast.sunshine)
    cast.archive(cast.sunshine, moment="2023-08-20T10:00", senior_places=22, remark="扩建")
    return cast.archive(cast.sunshine, State.AT_COUNTY, "2023-09-20T10:00", managers=3)


def page_of(client, archive, **asked):
    return client.get(f"/archives/{archive.id}/versions", query_string=asked).soup.main


def changed(main):
    """The names of what differs between the two."""
    return [th.get_text() for th in main.select("table.differences tbody th")]


def test_who_handed_in_and_confirmed_each_version(cast, three, signed_in):
    main = page_of(signed_in(cast.gulou_officer), three)
    rows = [row.get_text(" ", strip=True) for row in main.select("form tbody tr")]
    assert [row[:5] for row in rows] == ["第 3 版", "第 2 版", "第 1 版"]
    assert "阳光园长（阳光托育园）" in rows[0] and "鼓楼专干" not in rows[0]
    assert "2023-08-20 10:00 鼓楼专干（福州市鼓楼区卫生健康局）" in rows[1]
    counts = [cell.get_text() for cell in main.select("form tbody td.number")]
    assert counts[2] == "首版"
    assert int(counts[1]) >= 3  # the places, the total, the remark


def test_any_two_are_compared_in_the_order_of_time(cast, three, signed_in):
    client = signed_in(cast.sunshine_director)
    assert "管理人员数量" in changed(page_of(client, three))
    far = changed(page_of(client, three, old=1, new=3))
    assert far == ["管理人员数量", "合计工作人员数量"]  # the third was not made from the second
    assert changed(page_of(client, three, old=3, new=1)) == far
    near = changed(page_of(client, three, old=1, new=2))
    assert "备注" in near and "管理人员数量" not in near
    assert "选了同一版" in page_of(client, three, old=2, new=2).get_text()
    assert changed(page_of(client, three, old="x", new="99")) == changed(page_of(client, three))


def test_one_version_has_nothing_to_compare(cast, signed_in):
    only = cast.archive(cast.sunshine)
    assert "没有可对照的内容" in page_of(signed_in(cast.gudong_clerk), only).get_text()


def test_a_draft_is_nobodys_business_but_the_institutions(cast, signed_in):
    valid = cast.archive(cast.sunshine)
    cast.archive(cast.sunshine, State.DRAFT)
    assert "第 2 版" not in page_of(signed_in(cast.gudong_clerk), valid).get_text()
    assert "第 2 版" in page_of(signed_in(cast.sunshine_director), valid).get_text()


def test_pictures_are_compared_as_well(cast, signed_in):
    valid = cast.archive(cast.sunshine)
    client = signed_in(cast.sunshine_director)
    client.post(f"/archives/{valid.id}/revision")
    draft = valid.id + 1
    files = {"pictures": [(BytesIO(picture()), "园.jpg")], "edition": "1"}
    client.post(f"/archives/{draft}/pictures", data=files, content_type="multipart/form-data")
    main = page_of(client, valid, old=1, new=2)
    assert "新增图片（1 张）" in main.get_text()
    assert main.select("td.number")[0].get_text() == "1"
