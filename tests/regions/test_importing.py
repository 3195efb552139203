import csv

import pytest
from sqlalchemy import func, select

from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.regions.importing import REGIONS, ZONES, import_regions
from tuoyu.regions.models import Kind, Region, ReviewMode
from tuoyu.scope import EVERYWHERE, looking

pytestmark = pytest.mark.database

GUDONG = "350102001000"
ZHONGSHAN = "350102001001"
QINGCHENG = "350102001002"


@pytest.fixture
def everywhere(app):
    with app.app_context(), looking(EVERYWHERE):
        yield
        db.session.rollback()


@pytest.fixture
def edition(tmp_path):
    """edition(change) is the path of a new edition: `change` gets each row, None drops it."""

    def write(change):
        with open(REGIONS, encoding="utf-8", newline="") as lines:
            rows = [change(row) for row in csv.DictReader(lines)]
        path = tmp_path / "edition.csv"
        with open(path, "w", encoding="utf-8", newline="") as lines:
            writer = csv.DictWriter(lines, ("code", "name", "level", "parent_code"))
            writer.writeheader()
            writer.writerows(row for row in rows if row)
        return path

    return write


def region(code):
    return db.session.scalars(select(Region).where(Region.code == code)).one()


def count(*criteria):
    return db.session.scalar(select(func.count()).select_from(Region).where(*criteria))


def next_edition(row):
    """鼓东街道 is renamed and goes to 台江区, 庆城社区 is dissolved."""
    if row["code"] == QINGCHENG:
        return None
    if row["code"] == GUDONG:
        return row | {"name": "鼓山东街道", "parent_code": "350103000000"}
    return row


def test_the_whole_province_is_there(everywhere):
    with open(ZONES, encoding="utf-8") as lines:
        zones = len(lines.readlines()) - 1
    assert count(Region.kind == Kind.ADMINISTRATIVE) == 18_760
    assert count(Region.kind == Kind.FUNCTIONAL) == zones == 11


def test_importing_again_changes_nothing(app):
    told = app.test_cli_runner().invoke(args=["import-regions"])
    assert told.exit_code == 0
    assert told.output == "区划导入完成：0 个区域有变化。\n"


def test_pingtan_hangs_under_the_province(everywhere):
    assert region("ZONE-PT").path == "350000000000/ZONE-PT/"
    assert region("ZONE-PT").office == "平潭综合实验区社会事业局"
    assert region("350128001000").path == "350000000000/ZONE-PT/350128001000/"
    assert count(Region.parent_code == "ZONE-PT") == 7
    assert not region("350128000000").can_report


@pytest.mark.parametrize(
    ("township", "zone"),
    [
        ("350521200000", "福建省/泉州市/泉州台商投资区/百崎回族乡"),
        ("350604101000", "福建省/漳州市/漳州台商投资区/角美镇"),
        ("350305108000", "福建省/莆田市/湄洲岛国家旅游度假区/湄洲镇"),
        ("350305109000", "福建省/莆田市/湄洲湾北岸经济开发区/山亭镇"),
        ("350623114000", "福建省/漳州市/古雷港经济开发区/沙西镇"),
        ("350622500000", "福建省/漳州市/常山华侨经济开发区/常山华侨经济开发区"),
        ("350604501000", "福建省/漳州市/漳州招商局经济技术开发区/招商局漳州开发区"),
        ("350902500000", "福建省/宁德市/东侨经济技术开发区/东侨开发区"),
        ("350502400000", "福建省/泉州市/泉州经济技术开发区/清濛经济开发区"),
        ("350121106000", "福建省/福州市/福州高新技术产业开发区/南通镇"),
    ],
)
def test_zones_manage_their_townships(everywhere, township, zone):
    assert region(township).full_name == zone
    assert region(township).can_report
    assert count(Region.parent_code == township, Region.can_report) > 0


def test_who_does_not_report(everywhere):
    silent = ("350527000000", "350122400000", "350122400498", "350521401000", "350128000000")
    assert count(Region.code.in_(silent), ~Region.can_report) == len(silent)
    assert count(Region.name.contains("虚拟"), Region.can_report) == 1  # 清濛: all it has
    assert count(Region.level == 4, ~Region.can_report) == 59


def test_every_path_is_the_parents_with_its_own_code(everywhere):
    rows = db.session.execute(select(Region.code, Region.path, Region.parent_code)).all()
    paths = {row.code: row.path for row in rows}
    assert all(row.path == paths.get(row.parent_code, "") + row.code + "/" for row in rows)


def test_a_new_edition_renames_moves_and_retires(everywhere, edition):
    with clock.at("2024-01-01T08:00"):
        changes = import_regions(edition(next_edition))
    assert changes.renamed == ["鼓东街道 → 鼓山东街道"]
    assert changes.moved == ["福建省/福州市/台江区/鼓山东街道"]
    assert changes.retired == ["福建省/福州市/鼓楼区/鼓东街道/庆城社区"]
    assert changes.added == []
    assert changes.touched == 6  # 鼓东街道 and its five communities, one of them retired

    taken_along = region(ZHONGSHAN)
    assert taken_along.path == f"350000000000/350100000000/350103000000/{GUDONG}/{ZHONGSHAN}/"
    assert taken_along.full_name == "福建省/福州市/台江区/鼓山东街道/中山社区"
    assert region(GUDONG).initials == "gsdjd"
    assert region(GUDONG).office == "鼓山东街道办事处"

    dissolved = region(QINGCHENG)
    assert str(dissolved.valid_to) == "2024-01-01"
    assert not dissolved.can_report
    assert dissolved.path.startswith(region(GUDONG).path)


def test_what_comes_back_is_valid_again(everywhere, edition):
    new = edition(next_edition)
    with clock.at("2024-01-01T08:00"):
        import_regions(new)
    with clock.at("2024-02-01T08:00"):
        assert import_regions(new).touched == 0
    import_regions()
    assert region(QINGCHENG).valid_to is None
    assert region(QINGCHENG).can_report
    assert region(ZHONGSHAN).full_name == "福建省/福州市/鼓楼区/鼓东街道/中山社区"


def test_a_community_that_is_added_later_is_valid_from_that_day(everywhere, edition):
    new = edition(lambda row: row)
    with open(new, "a", encoding="utf-8") as lines:
        lines.write(f"350102001099,新城社区,5,{GUDONG}\r\n")
    with clock.at("2024-03-01T08:00"):
        changes = import_regions(new)
    assert changes.added == ["福建省/福州市/鼓楼区/鼓东街道/新城社区"]
    assert str(region("350102001099").valid_from) == "2024-03-01"


def test_the_county_keeps_the_review_mode_it_chose(everywhere):
    region(GUDONG).review_mode = ReviewMode.COUNTY_ONLY
    db.session.flush()
    import_regions()
    assert region(GUDONG).review_mode == ReviewMode.COUNTY_ONLY
