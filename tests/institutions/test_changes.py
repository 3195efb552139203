"""Moves, pauses and closings of one institution."""

from datetime import date

import pytest
from sqlalchemy import select

from tests.cast import JULY, JUNE
from tests.institutions.conftest import SOUTH
from tuoyu import clock
from tuoyu.archives.models import ArchiveRevision, in_force, open_revision
from tuoyu.archives.pictures import Picture, PlacedPicture
from tuoyu.archives.versions import begin_next, versions_of
from tuoyu.extensions import db
from tuoyu.institutions.changes import ChangeRefused, bring_into_effect
from tuoyu.institutions.chronicle import changes_of, pause_of
from tuoyu.institutions.models import Institution
from tuoyu.refusal import NotAcceptable
from tuoyu.reports.due import due_institutions
from tuoyu.reports.models import MonthlyReport
from tuoyu.reports.months import months_of, open_month
from tuoyu.scope import looking
from tuoyu.workflow.states import State

AUGUST, SEPTEMBER = date(2023, 8, 1), date(2023, 9, 1)
BOTH = ("350102001004", SOUTH)


def names(statement):
    return {institution.name for institution in db.session.scalars(statement)}


def due_for(cast, person, month, at="2023-10-20T10:00"):
    with cast.stage(at):
        scope = cast.again(person).scope
        with looking(scope):
            return names(due_institutions(month))


def test_a_move_waits_for_its_day(cast, change):
    change("moved", "2023-08-01")
    with cast.stage("2023-07-31T23:59"):
        assert bring_into_effect() == []
        assert cast.again(cast.sunshine).region_code == "350102001004"
    with cast.stage("2023-08-01T00:00"):
        [done] = bring_into_effect()
        assert cast.again(cast.sunshine).region_code == SOUTH
        assert done.from_region == "福建省/福州市/鼓楼区/鼓东街道/观风亭社区"
        assert bring_into_effect() == []


def test_the_first_request_of_the_day_brings_it_into_effect(cast, change, client):
    change("moved", "2023-08-01")
    with clock.at("2023-08-01T00:00:01"):
        client.get("/static/css/no-such.css")
        assert lies(cast) == "350102001004"
        client.get("/login")
        assert lies(cast) == SOUTH


def lies(cast):
    with cast.stage():
        return cast.again(cast.sunshine).region_code


def test_the_command_brings_it_into_effect(cast, change, app):
    change("moved", "2023-08-01")
    with clock.at("2023-08-02T03:00"):
        told = app.test_cli_runner().invoke(args=["settle-changes"])
    assert told.exit_code == 0
    assert told.output == "已生效的机构变更 1 项。\n阳光托育园：迁入新区域\n"
    assert lies(cast) == SOUTH


def test_one_change_that_fails_does_not_hold_up_the_others(cast, change, monkeypatch):
    change("closed", "2023-08-01")
    change("moved", "2023-08-01", institution=cast.star)

    def fail(change):
        raise RuntimeError

    monkeypatch.setattr("tuoyu.institutions.changes.FOLLOWERS", [fail])
    with cast.stage("2023-08-01T09:00"):
        assert [change.kind for change in bring_into_effect()] == ["closed"]
        assert cast.again(cast.star).region_code == "350102002002"
    monkeypatch.undo()
    with cast.stage("2023-08-02T09:00"):
        assert [change.kind for change in bring_into_effect()] == ["moved"]


def test_the_accounts_follow(cast, change):
    change("moved", "2023-07-20")
    with cast.stage():
        director = cast.again(cast.sunshine_director)
        assert director.region_path == cast.region(SOUTH).path


def test_the_archive_in_force_is_the_same_in_the_new_place(cast, change):
    old = cast.archive(cast.sunshine)
    change("moved", "2023-08-01", at="2023-08-01T09:00")
    with cast.stage():
        former, new = cast.again(old), in_force(cast.sunshine.id)
        assert (former.state, former.region_path) == (State.SUPERSEDED, old.region_path)
        assert (new.version, new.region_path) == (2, cast.region(SOUTH).path)
        same = {i.key for i in ArchiveRevision.sheet}
        assert {k: getattr(new, k) for k in same} == {k: getattr(former, k) for k in same}
        assert [(s.label, s.by_name) for s in new.steps] == [("随机构迁入", "鼓楼专干")]
        assert new.first_submitted_at == former.first_submitted_at
        assert cast.again(cast.sunshine).first_due_month == JUNE


def test_pictures_go_along_and_stay(cast, change):
    """Each version shows the same pictures as before, to those who see the version."""
    everywhere = [cast.archive(cast.sunshine) for _ in range(2)]  # one superseded, one in force
    everywhere.append(cast.archive(cast.sunshine, State.DRAFT))
    shows = ("a", "b"), ("b",), ("a", "c")
    with cast.stage():
        lies = {"institution_id": cast.sunshine.id, "region_path": cast.sunshine.region_path}
        pixels = {"width": 1, "height": 1, "file": b"", "thumbnail": b""}
        pictures = {name: Picture(digest=name, **lies, **pixels) for name in "abc"}
        for version, shown in zip(everywhere, shows, strict=True):
            placed = [
                PlacedPicture(picture=pictures[n], position=p) for p, n in enumerate(shown, 1)
            ]
            cast.again(version).pictures = placed
    change("moved", "2023-08-01", at="2023-08-01T09:00")
    for person, seen in (
        (cast.gulou_officer, [("a", "b"), ("b",)]),
        (cast.taijiang_officer, [("b",), ("a", "c")]),
    ):
        with cast.stage(), looking(cast.again(person).scope):
            own = db.session.scalars(select(ArchiveRevision).order_by(ArchiveRevision.version))
            assert [tuple(p.picture.digest for p in v.pictures) for v in own] == seen
            found = set(db.session.scalars(select(Picture.digest)))
            assert found == {digest for version in seen for digest in version}


def test_a_returned_version_does_not_change_its_pictures_by_moving(cast, change, signed_in):
    cast.archive(cast.sunshine)
    draft = cast.archive(cast.sunshine, State.DRAFT)
    with cast.stage():
        paper = cast.again(draft)
        lies = {"institution_id": cast.sunshine.id, "region_path": paper.region_path}
        picture = Picture(digest="a", **lies, width=1, height=1, file=b"", thumbnail=b"")
        paper.pictures = [PlacedPicture(picture=picture, position=1, caption="门口")]
        cast.explain_everything(paper)
        db.session.flush()
        paper.submit(cast.again(cast.sunshine_director))
        paper.send_back(cast.again(cast.gudong_clerk), "地址有误")
    change("moved", "2023-08-01", at="2023-08-01T09:00")
    with cast.stage("2023-08-02T09:00"):
        paper = open_revision(cast.sunshine.id)
        paper.address = "台江区茶亭街5号"
        cast.explain_everything(paper)
        paper.submit(cast.again(cast.sunshine_director))
    with clock.at("2023-08-02T10:00"):
        page = signed_in(cast.taijiang_officer).get(f"/review/archives/{draft.id}")
    mended = page.soup.select_one(".mended").text
    assert "茶亭街5号" in mended and "相关图片" not in mended


def test_a_version_under_review_goes_along_with_its_trail(cast, change):
    cast.archive(cast.sunshine)
    cast.archive(cast.sunshine, State.AT_COUNTY, remark="增加托位")
    change("moved", "2023-08-01", at="2023-08-01T09:00")
    with cast.stage(), looking(cast.again(cast.taijiang_officer).scope):
        opened = open_revision(cast.sunshine.id)
        assert (opened.version, opened.remark) == (3, "增加托位")
        assert [step.move for step in opened.steps] == ["submit", "approve"]
        opened.confirm(by=cast.again(cast.taijiang_officer))
        db.session.flush()
        assert begin_next(in_force(cast.sunshine.id)).version == 4


def test_the_new_county_sees_the_institution_and_the_old_one_keeps_its_months(cast, change):
    cast.archive(cast.sunshine)
    change("moved", "2023-08-01", at="2023-08-01T09:00")
    for person in (cast.gulou_officer, cast.gudong_clerk):
        assert due_for(cast, person, JULY) == {"阳光托育园"}
        assert due_for(cast, person, AUGUST) == set()
    assert due_for(cast, cast.taijiang_officer, JULY) == set()
    assert due_for(cast, cast.taijiang_officer, AUGUST) == {"阳光托育园"}
    assert due_for(cast, cast.fuzhou_officer, JULY) == {"阳光托育园"}


def test_outside_of_months_it_lies_in_the_new_place_alone(cast, change):
    cast.archive(cast.sunshine)
    change("moved", "2023-08-01", at="2023-08-01T09:00")
    here = select(Institution).where(Institution.lies_here())
    with cast.stage():
        with looking(cast.again(cast.gulou_officer).scope):
            assert names(here) == {"星星托育园"}
            assert names(select(Institution)) == {"阳光托育园", "星星托育园"}
        with looking(cast.again(cast.taijiang_officer).scope):
            assert names(here) == {"阳光托育园", "月亮托育园"}


def test_a_month_before_the_move_is_finished_in_the_old_place(cast, change):
    old = cast.archive(cast.sunshine)
    change("moved", "2023-08-01", at="2023-08-01T09:00")
    with cast.stage("2023-08-02T09:00"):
        opened = open_month(cast.again(cast.sunshine), "2023-07")
        db.session.flush()
        assert opened.region_path == old.region_path
        assert opened.region_name == "福建省/福州市/鼓楼区/鼓东街道/观风亭社区"
        assert opened.archive_shown.id == old.id
        number = opened.id
    with cast.stage("2023-09-02T09:00"):
        following = open_month(cast.again(cast.sunshine), "2023-08")
        db.session.flush()
        assert following.region_path == cast.region(SOUTH).path
        assert following.archive_shown.version == 2
        assert following.months_before[0].id == number


def test_the_new_reviewer_is_told_the_same_of_the_months_before(cast, change):
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, JULY, State.CONFIRMED, "2023-08-01T08:00")
    change("moved", "2023-08-01", at="2023-08-01T09:00")
    moved = cast.sunshine
    with cast.stage():
        moved = cast.detached(cast.again(cast.sunshine))
    august = cast.report(moved, AUGUST, State.AT_COUNTY, "2023-09-01T08:00", fee_full_day=1)
    with cast.stage():
        of_all = cast.again(august).complaints()
    with cast.stage(), looking(cast.again(cast.taijiang_officer).scope):
        assert cast.again(august).complaints() == of_all
        assert cast.again(august).months_before[0].month == JULY
        july = db.session.scalars(select(MonthlyReport).where(MonthlyReport.month == JULY))
        assert july.all() == []


def test_what_was_begun_before_any_archive_goes_along(cast, change):
    draft = cast.report(cast.sunshine)
    cast.archive(cast.sunshine, State.DRAFT)
    change("moved", "2023-07-18", at="2023-07-18T10:00")
    with cast.stage():
        path = cast.region(SOUTH).path
        assert cast.again(draft).region_path == path
        assert open_revision(cast.sunshine.id).region_path == path
        assert cast.again(cast.sunshine).path_in(JUNE) == path


def test_two_moves_in_one_month_leave_no_month_between(cast, change):
    cast.archive(cast.sunshine)
    change("moved", "2023-08-10", at="2023-08-10T09:00")
    change("moved", "2023-08-20", at="2023-08-20T09:00", to="350102002002")
    with cast.stage():
        moved = cast.again(cast.sunshine)
        assert moved.path_in(AUGUST) == cast.sunshine.region_path
        assert moved.path_in(SEPTEMBER) == cast.region("350102002002").path
        assert len(moved.stays) == 2


def test_who_had_it_for_no_month_keeps_nothing_of_it(cast, change, signed_in):
    """It came and went within a month: its archive goes along whole, to be read there."""
    first = cast.archive(cast.sunshine)
    change("moved", "2023-08-10", at="2023-08-10T09:00")
    with cast.stage("2023-08-10T10:00"):
        south = cast.detached(in_force(cast.sunshine.id))
    change("moved", "2023-08-20", at="2023-08-20T09:00", to="350102002002")
    with cast.stage():
        paths = [v.region_path for v in versions_of(cast.sunshine.id)]
        assert paths == [cast.region("350102002002").path, first.region_path]
        assert in_force(cast.sunshine.id).id == south.id
    for person, one, status, place in (
        (cast.taijiang_officer, south, 404, None),
        (cast.guxi_clerk, south, 200, "鼓西街道"),
        (cast.gudong_clerk, first, 200, "鼓东街道"),
    ):
        with clock.at("2023-08-21T09:00"):
            answer = signed_in(person).get(f"/archives/{one.id}")
        assert answer.status_code == status
        assert place is None or place in answer.soup.h1.parent.parent.text


def test_a_pause_takes_whole_months_out(cast, change):
    cast.archive(cast.sunshine)
    change("suspended", "2023-07-10", at="2023-07-10T09:00", until=date(2023, 9, 30))
    for month, due in ((JUNE, 1), (JULY, 1), (AUGUST, 0), (SEPTEMBER, 0), (date(2023, 10, 1), 1)):
        assert len(due_for(cast, cast.gudong_clerk, month)) == due, month
    with cast.stage("2023-11-02T09:00"):
        paused = cast.again(cast.sunshine)
        assert [m.period.month.month for m in months_of(paused)] == [10, 7, 6]
        with pytest.raises(NotAcceptable, match="暂停服务"):
            open_month(paused, "2023-08")


def pause_again(cast, change, day):
    """Until 10 August, and from this day on to 10 September."""
    cast.archive(cast.sunshine)
    change("suspended", "2023-07-20", at="2023-07-10T09:00", until=date(2023, 8, 10))
    change("suspended", day, at="2023-08-10T09:00", until=date(2023, 9, 10))
    with cast.stage("2023-09-10T09:00"):
        assert len(bring_into_effect()) == 2


def test_a_pause_that_is_prolonged_takes_the_month_of_both_out(cast, change):
    pause_again(cast, change, "2023-08-11")
    with cast.stage("2023-09-10T09:00"), pytest.raises(NotAcceptable, match="暂停服务"):
        open_month(cast.again(cast.sunshine), "2023-08")
    for month, due in ((JULY, 1), (AUGUST, 0), (SEPTEMBER, 1)):
        assert len(due_for(cast, cast.gudong_clerk, month)) == due, month


def test_a_day_between_two_pauses_leaves_the_month_due(cast, change):
    pause_again(cast, change, "2023-08-12")
    assert due_for(cast, cast.gudong_clerk, AUGUST) == {"阳光托育园"}


def test_a_pause_without_an_end_is_ended_by_the_reopening(cast, change):
    cast.archive(cast.sunshine)
    change("suspended", "2023-08-01", at="2023-08-01T09:00")
    assert due_for(cast, cast.gudong_clerk, SEPTEMBER) == set()
    change("reopened", "2023-09-11", at="2023-09-11T09:00")
    assert due_for(cast, cast.gudong_clerk, AUGUST) == set()
    assert due_for(cast, cast.gudong_clerk, SEPTEMBER) == {"阳光托育园"}
    with cast.stage():
        paused = cast.again(cast.sunshine)
        assert pause_of(paused, date(2023, 9, 10)) and not pause_of(paused, date(2023, 9, 11))
        assert [change.label for change in changes_of(paused)] == ["恢复服务", "暂停服务"]


def test_a_reopening_told_for_later_does_not_end_a_newer_pause(cast, change):
    cast.archive(cast.sunshine)
    change("suspended", "2023-07-20", at="2023-07-20T09:00")
    change("reopened", "2023-09-01", at="2023-07-25T09:00")
    change("reopened", "2023-08-10", at="2023-08-10T09:00")
    change("suspended", "2023-08-20", at="2023-08-20T09:00")
    with cast.stage("2023-10-02T09:00"):
        assert [one.kind for one in bring_into_effect()] == ["reopened"]
        assert pause_of(cast.again(cast.sunshine), date(2023, 10, 2))
    assert due_for(cast, cast.gudong_clerk, SEPTEMBER) == set()


def test_a_second_pause_before_the_first_has_begun_is_refused(cast, change):
    change("suspended", "2023-08-01", at="2023-07-18T09:00")
    for day in ("2023-08-10", "2023-07-25"):
        assert "已处于暂停期" in refused(change, "suspended", day, at="2023-07-19T09:00")
    change("suspended", "2023-07-25", at="2023-07-19T09:00", until=date(2023, 7, 31))


def test_a_pause_told_after_a_month_was_closed_leaves_it_due(cast, change):
    cast.archive(cast.sunshine)
    change("suspended", "2023-07-01", at="2023-08-20T09:00")
    assert due_for(cast, cast.gudong_clerk, JULY) == {"阳光托育园"}
    assert due_for(cast, cast.gudong_clerk, AUGUST) == set()


def test_what_was_handed_in_counts_although_a_pause_is_told(cast, change):
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, JULY, State.CONFIRMED, "2023-08-02T09:00")
    change("suspended", "2023-07-01", at="2023-08-03T09:00")
    assert due_for(cast, cast.gudong_clerk, JULY) == {"阳光托育园"}


def test_a_pause_is_known_in_the_new_place(cast, change):
    cast.archive(cast.sunshine)
    change("suspended", "2023-07-01", at="2023-07-20T09:00")
    change("moved", "2023-08-01", at="2023-08-01T09:00")
    assert due_for(cast, cast.taijiang_officer, AUGUST) == set()
    assert due_for(cast, cast.province_officer, AUGUST) == set()


def test_the_archive_of_a_paused_institution_stays_as_it_is(cast, change):
    archive = cast.archive(cast.sunshine)
    change("suspended", "2023-07-01", at="2023-07-20T09:00")
    with cast.stage():
        assert in_force(cast.sunshine.id).id == archive.id
        assert cast.again(archive).is_active


def test_the_month_of_the_closing_is_the_last(cast, change):
    cast.archive(cast.sunshine)
    change("closed", "2023-08-15", at="2023-08-16T09:00")
    assert due_for(cast, cast.gudong_clerk, AUGUST) == {"阳光托育园"}
    assert due_for(cast, cast.gudong_clerk, SEPTEMBER) == set()


def test_a_closing_told_after_a_month_was_closed_leaves_it_due(cast, change):
    """What was counted and signed stays so; from the first month that is not closed on it ends."""
    cast.archive(cast.sunshine)
    change("closed", "2023-06-20", at="2023-09-01T09:00")
    for month, due in ((JUNE, 1), (JULY, 1), (AUGUST, 0), (SEPTEMBER, 0)):
        assert len(due_for(cast, cast.gudong_clerk, month)) == due, month


def test_a_closing_told_earlier_for_a_later_day_brings_no_month_back(cast, change):
    cast.archive(cast.sunshine)
    change("closed", "2023-10-31", at="2023-07-18T09:00")
    change("closed", "2023-08-15", at="2023-08-16T09:00")
    with cast.stage("2023-10-31T09:00"):
        bring_into_effect()
        assert cast.again(cast.sunshine).closed_on == date(2023, 8, 15)
    assert due_for(cast, cast.gudong_clerk, SEPTEMBER, at="2023-11-02T09:00") == set()


def test_what_lies_after_a_closing_that_was_told_is_refused(cast, change):
    change("closed", "2023-08-15", at="2023-07-18T09:00")
    for kind, day in (("closed", "2023-09-01"), ("suspended", "2023-08-20")):
        said = refused(change, kind, day, at="2023-07-19T09:00")
        assert "2023-08-15" in said
    change("suspended", "2023-08-01", at="2023-07-19T09:00", until=date(2023, 8, 10))


def refused(change, *args, **more):
    with pytest.raises(ChangeRefused) as refusal:
        change(*args, **more)
    return str(refusal.value)


def test_what_cannot_be(cast, change):
    assert "现在就在" in refused(change, "moved", "2023-08-01", to="350102001004")
    assert "社区" in refused(change, "moved", "2023-08-01", to="350103001000")
    assert "本月1日" in refused(change, "moved", "2023-06-30")
    assert "不在暂停期" in refused(change, "reopened", "2023-07-20")
    early = {"until": date(2023, 7, 1)}
    assert "早于" in refused(change, "suspended", "2023-07-20", **early)
    change("suspended", "2023-07-01")
    assert "已处于暂停期" in refused(change, "suspended", "2023-07-20")
    change("closed", "2023-07-20")
    assert "终止" in refused(change, "moved", "2023-08-01")
