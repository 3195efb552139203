import pytest

from tuoyu.regions.models import Kind, ReviewMode
from tuoyu.regions.tree import BrokenTree, grow, read_nodes

REGIONS = """code,name,level,parent_code
350000000000,福建省,1,
350500000000,泉州市,2,350000000000
350521000000,惠安县,3,350500000000
350521100000,螺城镇,4,350521000000
350521100001,城南社区,5,350521100000
350521100498,螺城虚拟社区,5,350521100000
350521104000,洛阳镇,4,350521000000
350521104001,洛阳村委会,5,350521104000
350521400000,城南工业区,4,350521000000
350521400001,工业区居委会,5,350521400000
350527000000,金门县,3,350500000000
350502000000,鲤城区,3,350500000000
350502400000,清濛经济开发区,4,350502000000
350502400498,开发区虚拟社区,5,350502400000
"""
ZONES = """code,name,parent_code,townships,office
ZONE-QZTS,泉州台商投资区,350500000000,350521104000洛阳镇,泉州台商投资区托育主管部门
ZONE-QZKF,泉州经济技术开发区,350500000000,350502400000清濛经济开发区,泉州经济技术开发区托育主管部门
"""


@pytest.fixture
def grown(tmp_path):
    """grown(regions, zones) are the nodes by code that grow out of the two texts."""

    def grow_from(regions=REGIONS, zones=ZONES):
        (tmp_path / "regions.csv").write_text(regions, encoding="utf-8")
        (tmp_path / "zones.csv").write_text(zones, encoding="utf-8")
        nodes = grow(read_nodes(tmp_path / "regions.csv", tmp_path / "zones.csv"))
        return {node.code: node for node in nodes}

    return grow_from


def test_a_zone_takes_its_townships_with_all_below(grown):
    village = grown()["350521104001"]
    assert village.path == "350000000000/350500000000/ZONE-QZTS/350521104000/350521104001/"
    assert village.full_name == "福建省/泉州市/泉州台商投资区/洛阳镇/洛阳村委会"


def test_a_zone_is_a_county_of_its_own_kind(grown):
    zone = grown()["ZONE-QZTS"]
    assert (zone.level, zone.kind) == (3, Kind.FUNCTIONAL)
    assert zone.path == "350000000000/350500000000/ZONE-QZTS/"


def test_parents_come_before_their_children(grown):
    seen = set()
    for code, node in grown().items():
        assert node.parent_code is None or node.parent_code in seen
        seen.add(code)


@pytest.mark.parametrize(
    ("code", "may"),
    [
        ("350521100001", True),
        ("350521100498", False),  # a virtual community
        ("350521400000", False),  # a statistics-only township outside a zone
        ("350521400001", False),  # and its village
        ("350527000000", False),  # 金门县
        ("350502400498", True),  # all that a zone has
        ("350502400000", True),
        ("350502000000", False),  # nothing is left below
        ("350521000000", True),
        ("350000000000", True),
    ],
)
def test_who_may_report(grown, code, may):
    assert grown()[code].can_report is may


def test_only_a_statistical_township_goes_without_township_review(grown):
    nodes = grown()
    assert nodes["350502400000"].review_mode == ReviewMode.COUNTY_ONLY
    assert nodes["350521104000"].review_mode == ReviewMode.TWO_LEVEL


@pytest.mark.parametrize(
    ("code", "office"),
    [
        ("350000000000", "福建省卫生健康委员会"),
        ("350500000000", "泉州市卫生健康委员会"),
        ("350521000000", "惠安县卫生健康局"),
        ("350502000000", "泉州市鲤城区卫生健康局"),
        ("ZONE-QZTS", "泉州台商投资区托育主管部门"),
        ("350521100000", "螺城镇人民政府"),
        ("350502400000", "清濛经济开发区"),
        ("350521100001", ""),
    ],
)
def test_the_office_that_answers_for_a_place(grown, code, office):
    assert grown()[code].office == office


@pytest.mark.parametrize(
    ("regions", "zones", "complaint"),
    [
        (REGIONS + "350521100001,又一个,5,350521100000\n", ZONES, "重复"),
        (REGIONS + "359900000000,孤城,2,359999999999\n", ZONES, "只有一个省级区域"),
        (REGIONS + "1,甲,4,2\n2,乙,4,1\n", ZONES, "互为上级"),
        (REGIONS, ZONES.replace("洛阳镇", "洛河镇"), "不符"),
        (REGIONS, ZONES.replace("350521104000", "350521999000"), "不符"),
    ],
)
def test_files_that_contradict_themselves_are_refused(grown, regions, zones, complaint):
    with pytest.raises(BrokenTree, match=complaint):
        grown(regions, zones)
