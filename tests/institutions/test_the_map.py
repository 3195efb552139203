"""A new edition of the regions hangs a township under another county."""

import csv
from datetime import date

import pytest
from sqlalchemy import select

from tests.applications.world import correct, stamp, the_application
from tests.cast import JULY
from tuoyu import clock
from tuoyu.applications.beginning import begin, correction_of, draft_of
from tuoyu.applications.kinds import Kind
from tuoyu.archives.models import in_force
from tuoyu.extensions import db
from tuoyu.feedback.frequent import FrequentQuestion, publish
from tuoyu.institutions.branches import BranchPermit
from tuoyu.institutions.changes import record
from tuoyu.institutions.chronicle import changes_of
from tuoyu.regions.importing import REGIONS, ZONES, import_regions
from tuoyu.regions.tree import BrokenTree
from tuoyu.reports.months import open_month
from tuoyu.scope import looking
from tuoyu.summaries.tables import sheet_of
from tuoyu.workflow.states import State

GUDONG, GULOU, TAIJIANG = "350102001000", "350102000000", "350103000000"
FUZHOU, XIAMEN = "350100000000", "350200000000"
AUGUST = date(2023, 8, 1)


@pytest.fixture
def edition(tmp_path):
    """鼓东街道 goes to 台江区."""
    return hung(tmp_path, GUDONG, TAIJIANG)


def hung(folder, code, parent):
    """An edition in which the region with this code hangs under `parent`."""
    path = folder / "edition.csv"
    with open(REGIONS, encoding="utf-8") as old, open(path, "w", encoding="utf-8") as new:
        writer = csv.DictWriter(new, ("code", "name", "level", "parent_code"))
        writer.writeheader()
        for row in csv.DictReader(old):
            writer.writerow(row | {"parent_code": parent} if row["code"] == code else row)
    return path


@pytest.mark.database
def test_a_move_under_way_leads_to_the_county_of_today(cast, edition, signed_in):
    cast.archive(cast.star)
    with cast.stage("2023-08-02T09:00"):
        application = draft_of(Kind.MOVE, cast.again(cast.star))
        application.target, application.reason = cast.region("350102001004"), "租约到期"
        application.target_path, application.new_address = application.target.path, "中山路5号"
        begin(application)
        application.submit(cast.again(cast.star_director))
        application.approve(cast.again(cast.guxi_clerk))
        address = f"/review/applications/{application.id}"
    with cast.stage("2023-08-03T09:00"):
        import_regions(edition)
    officer = signed_in(cast.gulou_officer)
    with clock.at("2023-08-03T10:00"):
        stamps = str(officer.get(address).soup.select_one("#stamps"))
        assert f"{address}/release" in stamps and f"{address}/confirmation" not in stamps
        assert signed_in(cast.taijiang_officer).get(address).status_code == 404


@pytest.mark.database
def test_what_an_office_holds_hangs_along_with_it(cast, edition, signed_in):
    asked = {"kind": "data", "title": "上月数对不上", "body": "请看一下"}
    with clock.at("2023-08-02T09:00"):
        answer = signed_in(cast.sunshine_director).post("/feedback/", data=asked)
        signed_in(cast.gudong_clerk).post(f"{answer.location}/answer", data={"body": "已核对"})
    with cast.stage("2023-08-02T10:00"):
        publish(cast.again(cast.gudong_clerk), None, kind="data", question="问", answer="答")
        permit = BranchPermit(
            unified_social_credit_code="91350100M000100Y43",
            region_path=cast.region(GUDONG).path,
            reason="分园",
            permitted_by=cast.gudong_clerk.display_name,
            permitted_by_id=cast.gudong_clerk.id,
        )
        db.session.add(permit)
    with cast.stage("2023-08-03T09:00"):
        import_regions(edition)
    for officer, status in ((cast.taijiang_officer, 200), (cast.gulou_officer, 404)):
        assert signed_in(officer).get(answer.location).status_code == status
    with cast.stage():
        there = cast.region(GUDONG).path
        for model in (FrequentQuestion, BranchPermit):
            assert db.session.scalar(select(model.region_path)) == there


@pytest.mark.database
def test_what_was_settled_under_the_old_map_can_still_be_read(cast, edition, signed_in):
    cast.archive(cast.sunshine)
    june = cast.report(cast.sunshine, state=State.CONFIRMED)
    with cast.stage("2023-07-18T09:00"):
        director = cast.again(cast.sunshine_director)
        settled = draft_of(Kind.CLOSE, director.institution)
        settled.starts_on, settled.settlement = date(2023, 8, 31), "已转至邻近机构"
        settled.reason = "租约到期"
        corrected = correction_of(june.id, director)
        corrected.figures, corrected.reason = {"in_care": ["48", "46"]}, "多算2人"
        begin(settled)
        begin(corrected)
        settled.submit(director)
        settled.send_back(cast.again(cast.gudong_clerk), "请核对日期")
        settled.drop(director)
        numbers = [settled.id, corrected.id]
    with cast.stage("2023-08-03T09:00"):
        import_regions(edition)
    with clock.at("2023-08-03T10:00"):
        client = signed_in(cast.sunshine_director)
        addresses = ["/applications/", *(f"/applications/{number}" for number in numbers)]
        assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
        for place in ("/review/applications/?state=all", f"/review/applications/{numbers[0]}"):
            assert signed_in(cast.gulou_officer).get(place).status_code == 200


@pytest.mark.database
def test_what_came_back_to_a_township_that_left_is_given_up_by_the_county(cast, edition, signed_in):
    cast.archive(cast.sunshine)
    june = cast.report(cast.sunshine, state=State.CONFIRMED)
    figures = {"in_care": "46", "left_in_year": "14"}
    correct(signed_in(cast.gudong_clerk), june, **figures)
    officer = signed_in(cast.gulou_officer)
    stamp(officer, the_application(cast), "send_back", reason="请附签到表")
    form = {"edition": the_application(cast).edition}
    address = f"/applications/{the_application(cast).id}"
    with clock.at("2023-07-17T11:00"):
        assert officer.post(f"{address}/abandonment", data=form).status_code == 409
    with cast.stage("2023-07-18T09:00"):
        import_regions(edition)
    with clock.at("2023-07-18T10:00"):
        way = officer.get(f"/applications/corrections/{june.id}").location
        assert way == f"{address}/edit"
        assert officer.get(way).status_code == 200
        assert "放弃申请" in officer.get(address).text
        assert officer.post(f"{address}/abandonment", data=form).status_code == 302
    director = signed_in(cast.sunshine_director)
    assert correct(director, june, moment="2023-07-18T11:00", **figures).status_code == 302


@pytest.mark.database
def test_months_stay_with_the_old_county_and_can_be_finished_there(cast, edition, signed_in):
    archive = cast.archive(cast.sunshine)
    report = cast.report(cast.sunshine, JULY, State.AT_TOWNSHIP, "2023-08-02T09:00")
    with cast.stage("2023-08-10T09:00"):
        before = sheet_of(cast.region(GULOU), JULY, True)
        import_regions(edition)
    with cast.stage("2023-08-10T10:00"):
        assert sheet_of(cast.region(GULOU), JULY, True).total == before.total
        assert sheet_of(cast.region(TAIJIANG), JULY, True).total.figures["institutions"] == 0
        told = cast.again(report)
        assert told.region_name == "福建省/福州市/鼓楼区/鼓东街道/观风亭社区"
        there = in_force(cast.sunshine.id)
        assert there.region_path == cast.again(cast.sunshine).region_path != archive.region_path
        moved_to = there.region_path
        assert [(s.by_name, s.by_id) for s in there.steps] == [("系统", None)]
        [change] = changes_of(cast.again(cast.sunshine))
        assert (change.reason, change.recorded_by) == ("区划调整", "系统")
    finish(cast, signed_in, report)
    with cast.stage("2023-09-03T09:00"):
        august = open_month(cast.again(cast.sunshine), "2023-08")
        assert august.region_path == moved_to
        with looking(cast.again(cast.taijiang_officer).scope):
            total = sheet_of(cast.region(TAIJIANG), AUGUST).total.figures
        assert (total["institutions"], total["places_total"]) == (1, 63)


def finish(cast, signed_in, report):
    """Nobody of the township sees it any more; the old county acts in its place."""
    page = f"/review/reports/{report.id}"
    with clock.at("2023-08-11T09:00"):
        assert signed_in(cast.gudong_clerk).get(page).status_code == 404
        officer = signed_in(cast.gulou_officer)
        assert "阳光托育园" in officer.get("/review/reports/?state=township").text
        for stamp in ("approval-for-township", "confirmation"):
            with cast.stage():
                edition = cast.again(report).edition
            assert officer.post(f"{page}/{stamp}", data={"edition": edition}).status_code == 302
        assert officer.get(f"/summaries/2023-07/{GULOU}").status_code == 200
        assert officer.get("/review/reports/?state=unreported&month=2023-07").status_code == 200
    with cast.stage():
        assert cast.again(report).state == State.CONFIRMED


@pytest.mark.database
def test_a_township_is_told_where_its_figures_of_before_stand(cast, edition, signed_in):
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, JULY, State.CONFIRMED, "2023-08-02T09:00")
    with cast.stage("2023-08-03T09:00"):
        import_regions(edition)
    with clock.at("2023-09-02T09:00"):
        for person in (cast.gudong_clerk, cast.taijiang_officer, cast.province_officer):
            for page in ("", "/sheet.pdf"):
                answer = signed_in(person).get(f"/summaries/2023-07/{GUDONG}{page}")
                assert answer.status_code == 404
                assert "2023年7月鼓东街道属鼓楼区，当月数据列在鼓楼区的汇总表中" in answer.text
        august = signed_in(cast.gudong_clerk).get("/summaries/2023-08/")
        assert "应报1家" in august.text
        assert "鼓东街道" in signed_in(cast.gulou_officer).get("/summaries/2023-07/").text


@pytest.mark.database
def test_a_change_of_the_map_that_is_taken_back_hides_no_sheet(cast, edition, signed_in):
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, JULY, State.CONFIRMED, "2023-08-02T09:00")
    for at, map_then in (("2023-08-03T09:00", edition), ("2023-08-03T15:00", REGIONS)):
        with cast.stage(at):
            import_regions(map_then)
    with clock.at("2023-09-02T09:00"):
        sheet = signed_in(cast.gudong_clerk).get(f"/summaries/2023-07/{GUDONG}")
    assert sheet.status_code == 200 and "应报1家、已确认1家" in sheet.text


@pytest.mark.database
def test_a_township_is_told_of_those_who_left_before_the_map_changed(cast, edition, signed_in):
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, JULY, State.CONFIRMED, "2023-08-01T08:00")
    with cast.stage("2023-08-01T09:00"):
        by, there = cast.again(cast.gulou_officer), cast.region("350102002002")
        record(cast.again(cast.sunshine), "moved", AUGUST, by, there)
    with cast.stage("2023-09-03T09:00"):
        import_regions(edition)
    with clock.at("2023-09-04T09:00"):
        for person in (cast.gudong_clerk, cast.taijiang_officer, cast.province_officer):
            answer = signed_in(person).get(f"/summaries/2023-07/{GUDONG}")
            assert answer.status_code == 404
            assert "2023年7月鼓东街道属鼓楼区" in answer.text


@pytest.mark.database
def test_a_county_with_institutions_is_not_hung_elsewhere(cast, app, tmp_path, monkeypatch):
    edition = hung(tmp_path, GULOU, XIAMEN)
    monkeypatch.setattr(import_regions, "__defaults__", (edition, ZONES))
    told = app.test_cli_runner().invoke(args=["import-regions"])
    assert told.exit_code == 1
    assert "福建省/福州市/鼓楼区（350102000000）不能改为福建省/厦门市/鼓楼区" in told.output
    assert "其下已有2家机构（阳光托育园等）" in told.output
    with cast.stage():
        assert cast.region(GULOU).parent_code == FUZHOU


@pytest.mark.database
def test_a_county_is_not_hung_elsewhere_while_a_month_waits_there(cast, signed_in, tmp_path):
    moon_moves_away(cast)
    edition = hung(tmp_path, TAIJIANG, XIAMEN)
    told = "月亮托育园2023年7月月报属该地，还没有确认"
    with cast.stage("2023-08-02T09:00"), pytest.raises(BrokenTree, match=told):
        import_regions(edition)
    july = cast.report(cast.moon, JULY, State.CONFIRMED, "2023-08-02T10:00")
    figures, at = {"in_care": "46", "left_in_year": "14"}, "2023-08-02T11:00"
    correct(signed_in(cast.moon_director), july, moment=at, **figures)
    told = "月亮托育园的2023年7月月报更正申请还没有办结"
    with cast.stage("2023-08-03T09:00"), pytest.raises(BrokenTree, match=told):
        import_regions(edition)
    correction, officer = the_application(cast), signed_in(cast.taijiang_officer)
    stamp(officer, correction, "send_back", moment=at, reason="与台账不符")
    form = {"edition": the_application(cast).edition}
    with clock.at(at):
        address = f"/applications/{correction.id}/abandonment"
        assert signed_in(cast.moon_director).post(address, data=form).status_code == 302
    with cast.stage("2023-08-03T10:00"):
        assert import_regions(edition).moved == ["福建省/厦门市/台江区"]


def moon_moves_away(cast, day=AUGUST):
    """From 台江区 to 鼓楼区."""
    cast.archive(cast.moon)
    cast.report(cast.moon, state=State.CONFIRMED)
    with cast.stage(f"{day}T09:00"):
        by, there = cast.again(cast.taijiang_officer), cast.region("350102002002")
        record(cast.again(cast.moon), "moved", day, by, there)


@pytest.mark.database
def test_nor_while_a_month_has_yet_to_open(cast, tmp_path):
    moon_moves_away(cast, date(2023, 8, 10))
    cast.report(cast.moon, JULY, State.CONFIRMED, "2023-08-10T10:00")
    with cast.stage("2023-08-20T09:00"), pytest.raises(BrokenTree, match="2023年8月月报"):
        import_regions(hung(tmp_path, TAIJIANG, XIAMEN))


@pytest.mark.database
def test_what_a_closed_institution_never_handed_in_holds_no_county(cast, tmp_path):
    moon_moves_away(cast)
    with cast.stage("2023-08-02T09:00"):
        record(cast.again(cast.moon), "closed", AUGUST, cast.again(cast.gulou_officer))
    edition = hung(tmp_path, TAIJIANG, XIAMEN)
    with cast.stage("2023-08-10T09:00"), pytest.raises(BrokenTree):
        import_regions(edition)
    with cast.stage("2023-08-20T09:00"):
        assert import_regions(edition).touched


@pytest.mark.database
def test_a_city_still_lists_a_county_that_left_it_since(cast, signed_in, tmp_path):
    moon_moves_away(cast)
    cast.report(cast.moon, JULY, State.CONFIRMED, "2023-08-01T10:00")
    with cast.stage("2023-08-01T11:00"):
        import_regions(hung(tmp_path, TAIJIANG, XIAMEN))
    with clock.at("2023-08-02T09:00"):
        home = signed_in(cast.fuzhou_officer).get("/").soup
    [line] = [row for row in home.select("main tr") if "台江区" in row.text]
    assert line.td.text.strip() == "1"
    assert line.a is None  # its sheet is another city's to read


@pytest.mark.database
def test_an_archive_of_before_says_on_paper_where_it_lay(cast, edition, signed_in):
    before = cast.archive(cast.sunshine)
    with cast.stage("2023-08-03T09:00"):
        import_regions(edition)
    with clock.at("2023-08-03T10:00"):
        paper = signed_in(cast.gulou_officer).get(f"/archives/{before.id}/record").text
    assert "所属区域：福建省/福州市/鼓楼区/鼓东街道/观风亭社区" in paper
