"""From the draft to the township and back, and on to the next version."""

import pytest
from sqlalchemy import select

from tests.archives.typing import SHEET, typed
from tuoyu.archives.models import ArchiveRevision
from tuoyu.extensions import db
from tuoyu.workflow.states import State

BLANK = sum(i.required for i in SHEET.typed_in) - 2  # name and code come with the registration
PAGES = ("basic", "classes", "details")


@pytest.fixture
def filled(director, draft, edition):
    """The id of a draft with every page filled in."""
    for name in PAGES:
        answer = director.post(f"/archives/{draft}/{name}", data=typed(name) | edition(draft))
        assert answer.status_code == 302
    return draft


def submit(browser, archive_id, edition, **data):
    return browser.post(f"/archives/{archive_id}/submission", data=data | edition(archive_id))


def test_the_whole_way_of_an_archive(director, filled, edition, kept):
    page = director.get(f"/archives/{filled}/check")
    assert "各项指标齐全、相符，可以提交审核" in page.text
    assert "提交后在审核期间不能修改" in page.soup.select_one("[data-confirm]")["data-confirm"]
    answer = submit(director, filled, edition)
    assert (answer.status_code, answer.location) == (302, "/archives/")
    assert kept(filled).state == State.AT_TOWNSHIP
    page = director.get("/archives/")
    assert "待乡镇审核" in page.text
    assert page.soup.select_one(f"form[action='/archives/{filled}/withdrawal'] button")
    director.post(f"/archives/{filled}/withdrawal", data=edition(filled))
    assert kept(filled).state == State.DRAFT
    assert director.get(f"/archives/{filled}/basic").status_code == 200
    assert submit(director, filled, edition).status_code == 302
    assert kept(filled).state == State.AT_TOWNSHIP


def test_the_check_page_shows_every_figure_and_what_is_missing(director, draft, edition):
    page = director.get(f"/archives/{draft}/check")
    assert f"必须修改（{BLANK} 项）" in page.text
    assert not page.soup.select("button:-soup-contains('提交审核')")
    [link] = page.soup.select(".error-summary a:-soup-contains('管理人员数量')")
    assert link["href"] == f"/archives/{draft}/details#managers"
    blank = page.soup.select_one("dl.figures a[href$='#managers']")
    assert "未填" in blank.text
    assert len(page.soup.select("a[aria-label^='修改']")) == 12  # eleven sections, the pictures
    labels = [dt.text for dt in page.soup.select("dl.figures dt")]
    assert len(labels) == len(set(labels)) and "合计工作人员数量" in labels


def test_nothing_is_handed_in_while_a_figure_is_missing(director, draft, edition, kept):
    answer = submit(director, draft, edition)
    assert answer.status_code == 422
    assert f"还有 {BLANK} 项必须修改" in answer.text
    assert kept(draft).state == State.DRAFT


def test_a_doubt_wants_a_word_before_the_archive_is_handed_in(director, filled, edition, kept):
    crowded = typed("classes", infant_children="14")
    director.post(f"/archives/{filled}/classes", data=crowded | edition(filled))
    page = director.get(f"/archives/{filled}/check")
    area = page.soup.select_one("textarea[name=explanation-SA4_S03_infant]")
    asked = page.soup.select_one(f"#{area['aria-labelledby']}")
    assert "乳儿班 14 人、1 个班" in asked.text
    assert asked.a["href"] == f"/archives/{filled}/classes#infant_children"
    answer = submit(director, filled, edition, **{area["name"]: " "})
    assert answer.status_code == 422
    assert "项需核实的提示没有填写说明" in answer.text
    words = {t["name"]: f"情况属实 {t['name']}" for t in page.soup.select("textarea")}
    assert submit(director, filled, edition, **words).status_code == 302
    archive = kept(filled)
    assert archive.state == State.AT_TOWNSHIP
    kept_words = archive.explanations["SA4_S03_infant"]
    assert kept_words["text"] == "情况属实 explanation-SA4_S03_infant"
    shown = director.get(f"/archives/{filled}")
    assert "情况属实 explanation-SA4_S03_infant" in shown.text


def test_a_refused_submission_keeps_the_words_typed_and_can_be_repeated(
    director, filled, edition, kept
):
    crowded = typed("classes", infant_children="14", junior_children="16")
    director.post(f"/archives/{filled}/classes", data=crowded | edition(filled))
    one = {"explanation-SA4_S03_infant": "新班下月开"}
    answer = submit(director, filled, edition, **one)
    assert answer.status_code == 422
    assert "新班下月开" in answer.soup.select_one("#explanation-SA4_S03_infant").text
    assert kept(filled).explanations["SA4_S03_infant"]["text"] == "新班下月开"
    shown = answer.soup.select_one("form [name=edition]")["value"]
    words = {t["name"]: t.text or "属实" for t in answer.soup.select("textarea")}
    again = director.post(f"/archives/{filled}/submission", data=words | {"edition": shown})
    assert again.status_code == 302
    assert kept(filled).explanations["SA4_S03_infant"]["text"] == "新班下月开"


def test_explanations_are_kept_by_themselves(director, filled, edition, kept):
    crowded = typed("classes", infant_children="14")
    director.post(f"/archives/{filled}/classes", data=crowded | edition(filled))
    words = {
        "explanation-SA4_S03_infant": " 属\x00实 ",
        "explanation-HA7": "不许",
        "explanation-x": "y",
    }
    answer = director.post(f"/archives/{filled}/explanations", data=words | edition(filled))
    assert answer.location == f"/archives/{filled}/check"
    assert list(kept(filled).explanations) == ["SA4_S03_infant"]
    page = director.get(f"/archives/{filled}/check")
    assert page.soup.select_one("#explanation-SA4_S03_infant").text == "属实"


@pytest.mark.parametrize("action", ["submission", "withdrawal", "explanations", "deletion"])
def test_an_action_on_a_page_that_has_changed_is_refused(director, filled, kept, action):
    before = kept(filled)
    for stale in ({"edition": "1"}, {}):
        answer = director.post(f"/archives/{filled}/{action}", data=stale)
        assert answer.status_code == 409
        assert "已变化" in answer.text
    assert kept(filled).edition == before.edition


def test_what_the_state_does_not_allow_is_refused(cast, director, edition, kept):
    archive = cast.archive(cast.sunshine, State.AT_COUNTY)
    for action in ("submission", "withdrawal", "explanations", "deletion", "revision"):
        answer = director.post(f"/archives/{archive.id}/{action}", data=edition(archive.id))
        assert answer.status_code == 409, action
    assert kept(archive.id).state == State.AT_COUNTY
    assert "withdrawal" not in director.get("/archives/").text


def test_only_the_institution_itself_may_act(cast, signed_in, filled, edition, kept):
    actions = ("submission", "withdrawal", "explanations", "deletion", "revision")
    people = ((cast.star_director, 404), (cast.gudong_clerk, 403), (cast.province_officer, 403))
    for person, status in people:
        browser = signed_in(person)
        assert browser.get(f"/archives/{filled}/check").status_code == status
        for action in actions:
            answer = browser.post(f"/archives/{filled}/{action}", data=edition(filled))
            assert answer.status_code == status, action
    assert signed_in(cast.gudong_clerk).get("/archives/").status_code == 403
    assert kept(filled).state == State.DRAFT


def test_the_reason_of_a_return_stands_where_it_is_mended(cast, director, filled, edition):
    submit(director, filled, edition)
    with cast.stage("2023-07-17T09:30"):
        wanted = select(ArchiveRevision).where(ArchiveRevision.id == filled)
        db.session.scalars(wanted).one().send_back(
            by=cast.again(cast.gudong_clerk),
            reason="人数与现场不符\n请核实",
            marked={"infant_children": "现场 5 人"},
        )
    page = director.get("/archives/")
    assert "人数与现场不符" in page.text and "乳儿班实际人数（6-12个月）：现场 5 人" in page.text
    form = director.get(f"/archives/{filled}/classes")
    assert form.soup.select_one("#infant_children-warning").text == "退回意见：现场 5 人"
    assert submit(director, filled, edition).status_code == 302


def test_a_new_version_leaves_the_old_one_in_force(cast, director, edition, kept):
    first = cast.archive(cast.sunshine)
    page = director.get("/archives/")
    assert "生效中的档案（第 1 版）" in page.text
    answer = director.post(f"/archives/{first.id}/revision", data=edition(first.id))
    assert answer.location == "/archives/"
    page = director.get("/archives/")
    assert "修改中的档案（第 2 版）" in page.text and "生效中的档案（第 1 版）" in page.text
    second = int(page.soup.select_one(".task-list a")["href"].split("/")[2])
    assert (kept(second).version, kept(second).managers) == (2, 2)
    director.post(
        f"/archives/{second}/details", data=typed("details", managers="6") | edition(second)
    )
    assert (kept(first.id).state, kept(first.id).managers) == (State.CONFIRMED, 2)
    again = director.post(
        f"/archives/{first.id}/revision", data=edition(first.id), follow_redirects=True
    )
    assert "已有一份修改正在办理" in again.text
    assert len(director.get("/archives/").soup.select(".task-list")) == 1


def test_only_a_draft_that_was_never_handed_in_can_be_deleted(
    cast, director, filled, edition, kept
):
    submit(director, filled, edition)
    director.post(f"/archives/{filled}/withdrawal", data=edition(filled))
    answer = director.post(f"/archives/{filled}/deletion", data=edition(filled))
    assert answer.status_code == 409 and "不能删除" in answer.text
    assert "删除草稿" not in director.get("/archives/").text
    assert kept(filled).state == State.DRAFT


def test_a_deleted_draft_is_gone_and_the_archive_in_force_stays(cast, director, edition):
    first = cast.archive(cast.sunshine)
    director.post(f"/archives/{first.id}/revision", data=edition(first.id))
    page = director.get("/archives/")
    second = int(page.soup.select_one(".task-list a")["href"].split("/")[2])
    answer = director.post(f"/archives/{second}/deletion", data=edition(second))
    assert answer.location == "/archives/"
    assert director.get(f"/archives/{second}").status_code == 404
    assert "生效中的档案（第 1 版）" in director.get("/archives/").text


@pytest.mark.parametrize("path", ["/archives/", "/archives/{}/check", "/archives/{}"])
def test_a_page_asks_few_questions(director, filled, statements, path):
    with statements() as made:
        assert director.get(path.format(filled)).status_code == 200
    assert len(made) <= 12, made
