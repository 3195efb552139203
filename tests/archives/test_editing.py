"""Filling in the three pages."""

import pytest

from tests.archives.typing import typed
from tuoyu.workflow.states import State


def page_of(archive_id, name):
    return f"/archives/{archive_id}/{name}"


def test_a_new_institution_is_offered_its_first_archive(director):
    page = director.get("/archives/")
    assert "还没有机构档案" in page.text
    assert page.soup.select_one("form[action='/archives/'] button").text == "新增机构档案"


def test_the_first_archive_begins_with_what_the_registration_told(cast, director, kept):
    answer = director.post("/archives/")
    archive = kept(int(answer.location.split("/")[2]))
    assert answer.location == page_of(archive.id, "basic")
    assert (archive.version, archive.state) == (1, State.DRAFT)
    assert archive.institution_name == "阳光托育园"
    assert archive.unified_social_credit_code == cast.sunshine.unified_social_credit_code
    assert archive.region_path == cast.sunshine.region_path
    assert director.post("/archives/").location == answer.location  # twice is once


def test_the_tasks_say_what_is_missing(director, draft, edition):
    page = director.get("/archives/")
    lines = [line.get_text(" ", strip=True) for line in page.soup.select(".task-list li")]
    assert "基本信息" in lines[0] and "未开始" in lines[0]
    assert "托育服务机构类型、所在地域划分、机构地址、注册地址等 18 项" in lines[0]
    assert "相关图片" in lines[3] and "未上传" in lines[3]
    assert "不能提交" in lines[4]
    director.post(page_of(draft, "classes"), data=typed("classes") | edition(draft))
    director.post(page_of(draft, "basic"), data=typed("basic", contact_phone="") | edition(draft))
    page = director.get("/archives/")
    lines = [line.get_text(" ", strip=True) for line in page.soup.select(".task-list li")]
    assert "未完成 1 项" in lines[0] and "还没有填写：联系人联系方式" in lines[0]
    assert "已完成" in lines[1]
    assert "未开始" in lines[2]


@pytest.mark.parametrize(
    ("name", "following"), [("basic", "classes"), ("classes", "details"), ("details", "pictures")]
)
def test_each_page_is_saved_by_itself_and_leads_to_the_next(
    director, draft, edition, kept, name, following
):
    shown = director.get(page_of(draft, name))
    assert shown.status_code == 200
    answer = director.post(page_of(draft, name), data=typed(name) | edition(draft) | {"do": "next"})
    assert (answer.status_code, answer.location) == (302, page_of(draft, following))
    archive = kept(draft)
    assert archive.saved_by == "阳光园长"
    filled = {"basic": "approval_authority", "classes": "senior_children", "details": "managers"}
    for other, key in filled.items():
        assert (getattr(archive, key) is not None) == (other == name), key


def test_a_page_may_be_saved_half_filled_and_stays(director, draft, edition, kept):
    half = {"infant_children": "６", "infant_places": "", "junior_fee": "2,900.50"}
    answer = director.post(
        page_of(draft, "classes"), data=half | edition(draft), follow_redirects=True
    )
    assert answer.request.path == page_of(draft, "classes")
    assert "已暂存 10:00:00" in answer.text
    archive = kept(draft)
    assert (archive.infant_children, archive.infant_places) == (6, None)
    assert str(archive.junior_fee) == "2900.50"
    assert archive.children_total == 6


def test_the_save_button_answers_the_form_in_place(director, draft, edition, htmx):
    answer = director.post(
        page_of(draft, "classes"),
        data=typed("classes") | edition(draft),
        headers=htmx("archive_form"),
    )
    assert answer.status_code == 200
    form = answer.soup.select_one("#archive_form")
    assert form.select_one("[name=edition]")["value"] == str(edition(draft)["edition"])
    assert "已暂存" in answer.soup.select_one("#flashes").text
    assert answer.soup.select_one("html") is None


def test_a_malformed_figure_is_refused_and_nothing_is_half_saved(director, draft, edition, kept):
    wrong = typed("classes", infant_places="十个", junior_fee="1e5", senior_children="25")
    answer = director.post(page_of(draft, "classes"), data=wrong | edition(draft))
    assert answer.status_code == 422
    assert kept(draft).senior_children is None
    form = answer.soup.select_one("#archive_form")
    assert form.select_one("#infant_places")["value"] == "十个"
    assert form.select_one("#junior_fee")["value"] == "1e5"
    assert form.select_one("#senior_children")["value"] == "25"
    assert "应为不小于 0 的整数" in form.select_one("#infant_places-error").text
    linked = [a["href"] for a in form.select(".error-summary a")]
    assert linked == ["#junior_fee", "#infant_places"]
    assert answer.soup.title.text.startswith("错误：")


def test_what_the_form_does_not_offer_cannot_be_set(cast, director, draft, edition, kept):
    before = kept(draft)
    director.post(
        page_of(draft, "classes"),
        data=typed("classes")
        | edition(draft)
        | {
            "children_total": "99999",
            "places_remaining_total": "99999",
            "state": "confirmed",
            "version": "7",
            "region_path": cast.moon.region_path,
            "institution_id": str(cast.moon.id),
            "confirmed_at": "2023-07-01",
            "managers": "77",
        },
    )
    archive = kept(draft)
    assert archive.children_total == 48
    assert archive.places_remaining_total == 4 + 3 + 0 + 8
    for same in ("state", "version", "region_path", "institution_id", "confirmed_at", "managers"):
        assert getattr(archive, same) == getattr(before, same), same


def test_totals_are_worked_out_while_typing_and_nothing_is_kept(
    director, draft, edition, htmx, kept
):
    answer = director.post(
        page_of(draft, "classes") + "/totals",
        data={"infant_children": "14", "infant_places": "10", "junior_places": "１５"}
        | edition(draft),
        headers=htmx(""),
    )
    shown = {e["id"]: e.output.text for e in answer.soup.select("[hx-swap-oob][id]") if e.output}
    assert shown["children_total"] == "14"
    assert shown["places_total"] == "25"
    assert shown["infant_places_remaining"] == "0 超收 4 人"
    assert shown["places_remaining_total"] == "15 超收 4 人"
    assert answer.soup.select_one("#infant_places_remaining .tone-red").text == "超收 4 人"
    assert kept(draft).infant_children is None
    assert len(answer.data) < 10_000


def test_totals_leave_the_message_above_the_page_alone(director, draft, edition, htmx):
    here, late = page_of(draft, "classes"), {"infant_children": "14"} | edition(draft)
    director.post(here, data=late)
    answer = director.post(here + "/totals", data=late, headers=htmx(""))
    assert answer.soup.select_one("#children_total output").text == "14"
    assert answer.soup.select_one("#flashes") is None


def test_overfull_classes_are_said_after_saving_too(director, draft, edition):
    director.post(
        page_of(draft, "classes"),
        data={"infant_children": "14", "infant_places": "10"} | edition(draft),
    )
    page = director.get(page_of(draft, "classes"))
    assert page.soup.select_one("#infant_places_remaining output").text == "0 超收 4 人"


def test_a_stale_page_is_told_who_saved_and_wins_knowingly(director, draft, edition, kept):
    seen = edition(draft)
    director.post(page_of(draft, "details"), data={"managers": "2"} | seen)
    mine = {"managers": "5", "remark": "我填的"}
    answer = director.post(page_of(draft, "details"), data=mine | seen)
    assert answer.status_code == 409
    assert kept(draft).managers == 2
    form = answer.soup.select_one("#archive_form")
    assert form.select_one("#managers")["value"] == "5"
    assert "我填的" in form.select_one("#remark").text
    said = form.select_one(".error-summary").text
    assert "阳光园长于 2023-07-16 10:00 保存过" in said
    assert "管理人员数量：您填的是 5，另一窗口 10:00 保存的是 2" in said
    assert "备注：" not in said  # nobody else has changed it
    again = {"edition": form.select_one("[name=edition]")["value"]}
    chosen = {form.select_one("[name='choice.managers'][checked]")["name"]: "mine"}
    answer = director.post(page_of(draft, "details"), data=mine | again | chosen)
    assert answer.status_code == 302
    assert kept(draft).managers == 5


def test_of_two_texts_the_other_may_be_chosen(director, draft, edition, kept):
    seen = edition(draft)
    director.post(page_of(draft, "details"), data={"managers": "2"} | seen)
    mine = {"managers": "5", "remark": "我填的"}
    director.post(page_of(draft, "details"), data=mine | seen)
    chosen = {"choice.managers": "theirs"} | edition(draft)
    assert director.post(page_of(draft, "details"), data=mine | chosen).status_code == 302
    assert (kept(draft).managers, kept(draft).remark) == (2, "我填的")


def test_an_old_page_that_changes_other_figures_is_simply_saved(director, draft, edition, kept):
    seen = edition(draft)
    director.post(page_of(draft, "details"), data={"managers": "2"} | seen)
    answer = director.post(page_of(draft, "details"), data={"remark": "我填的"} | seen)
    assert answer.status_code == 302
    assert (kept(draft).managers, kept(draft).remark) == (2, "我填的")


def test_the_registered_address_is_copied_without_javascript(director, draft, edition, kept):
    data = typed("basic", address="新地址 9 号", registered_address="旧")
    answer = director.post(
        page_of(draft, "basic"), data=data | edition(draft) | {"copy_address": "1"}
    )
    assert answer.status_code == 200
    assert answer.soup.select_one("#registered_address")["value"] == "新地址 9 号"
    assert answer.soup.select_one("#approval_authority")["value"]
    assert kept(draft).address is None


def test_enter_in_a_field_saves_and_copies_no_address(director, draft):
    form = director.get(page_of(draft, "basic")).soup.select_one("#archive_form form")
    first = form.select_one("button")
    assert (first["name"], first["value"]) == ("do", "save")


def test_the_region_is_shown_with_what_the_village_has_already(cast, director, draft):
    cast.archive(cast.star)  # in another village
    page = director.get(page_of(draft, "basic"))
    assert "本区域剩余托位0个，已有机构0家" in page.text
    with cast.stage():
        neighbour = cast.institution("隔壁托育园", "350102001004")
        closed = cast.institution("停用托育园", "350102001004")
        cast.director("隔壁园长", neighbour)
        cast.director("停用园长", closed)
    cast.archive(neighbour)
    cast.archive(closed, is_active=False)
    page = director.get(page_of(draft, "basic"))
    row = page.soup.select_one("#region_code")
    assert "福建省/福州市/鼓楼区/鼓东街道/" in row.text
    assert "本区域剩余托位15个，已有机构1家" in row.text
    assert page.soup.select_one("input[name=region_code], select[name=region_code]") is None
    assert page.soup.select_one("#longitude")["value"] == ""


@pytest.mark.parametrize("name", ["basic", "classes", "details"])
def test_a_page_is_light_and_asks_few_questions(director, draft, statements, name):
    with statements() as made:
        page = director.get(page_of(draft, name))
    assert len(made) <= 12
    assert page.status_code == 200


def test_reviewers_and_neighbours_cannot_edit(cast, signed_in, draft):
    for person, status in (
        (cast.star_director, 404),
        (cast.gudong_clerk, 403),
        (cast.gulou_officer, 403),
        (cast.sysadmin, 403),
    ):
        browser = signed_in(person)
        for name in ("basic", "classes", "details"):
            assert browser.get(page_of(draft, name)).status_code == status
            assert browser.post(page_of(draft, name), data={"managers": "1"}).status_code == status
            assert browser.post(page_of(draft, name) + "/totals").status_code == status


def test_a_handed_in_archive_cannot_be_edited(cast, director, kept):
    archive = cast.archive(cast.sunshine, State.AT_TOWNSHIP)
    here = page_of(archive.id, "details")
    assert director.get(here).location == f"/archives/{archive.id}"
    answer = director.post(here, data={"managers": "99", "edition": archive.edition})
    assert answer.status_code == 409
    assert "不能修改" in answer.text
    assert kept(archive.id).managers == 2
