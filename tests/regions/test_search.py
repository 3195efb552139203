import pytest
from sqlalchemy import select

from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.regions.models import Level, Region
from tuoyu.regions.search import find
from tuoyu.scope import EVERYWHERE, looking

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def everywhere(app):
    with app.app_context(), looking(EVERYWHERE):
        yield
        db.session.rollback()


@pytest.mark.parametrize(
    ("query", "best"),
    [
        ("gdjd", "鼓东街道"),
        ("GDJD", "鼓东街道"),
        ("ｇｄｊｄ", "鼓东街道"),
        ("gu'dong", None),
        ("鼓东", "鼓东街道"),
        ("350102001", "鼓东街道"),
        ("350102001001", "中山社区"),
        ("350102", "鼓楼区"),
        ("xm", "厦门市"),
        ("xms", "厦门市"),
        ("cl", "长乐区"),
        ("鼓楼", "鼓楼区"),
        ("平潭", "平潭综合实验区"),
        ("ptzhsyq", "平潭综合实验区"),
        ("查无此地", None),
    ],
)
def test_the_best_answer(query, best):
    assert [region.name for region in find(query)[:1]] == ([best] if best else [])


@pytest.mark.parametrize("query", ["dpz", "dbz"])
def test_either_reading_of_an_ambiguous_name_finds_it(query):
    assert "达埔镇" in [region.name for region in find(query)]


@pytest.mark.parametrize(
    ("query", "corner"),
    [
        ("鼓楼 中山", "/鼓楼区/"),
        ("鼓楼/中山", "/鼓楼区/"),
        ("福州 鼓东 中山社区", "/鼓楼区/鼓东街道/"),
        ("350102 zs", "/鼓楼区/"),
        ("350000 fz 鼓东 zs", "/鼓楼区/鼓东街道/"),
        ("glq zs", "/鼓楼区/"),
    ],
)
def test_words_before_the_last_narrow_by_the_regions_above(query, corner):
    found = [region.full_name for region in find(query)]
    assert "福建省/福州市/鼓楼区/鼓东街道/中山社区" in found
    assert all(corner in name for name in found)


def test_a_pasted_address_finds_the_place_and_then_what_lies_there():
    found = find("福州市鼓楼区鼓东街道")
    assert found[0].name == "鼓东街道"
    assert {region.parent_code for region in found[1:]} == {"350102001000"}
    assert [region.code for region in find("福建省福州市鼓楼区鼓东街道中山社区")] == [
        "350102001001"
    ]


def test_a_level_and_a_corner_of_the_map():
    gulou = db.session.scalars(select(Region).where(Region.code == "350102000000")).one()
    found = find("zs", level=Level.VILLAGE, below=gulou.path)
    assert [region.name for region in found] == ["中山社区"]
    assert len(find("社区", limit=7)) == 7


@pytest.mark.parametrize(
    "query", ["金门县", "马祖乡", "平潭县", "虚拟生活区", "350527", "惠南工业区"]
)
def test_regions_that_do_not_report_are_not_found(query):
    assert find(query) == []


def test_regions_that_are_no_longer_valid_are_not_found():
    region = find("350102001001")[0]
    region.valid_to = clock.today()
    db.session.flush()
    assert find("350102001001") == []


@pytest.mark.parametrize("query", ["", "  ", None, "%", "_", "100%", "\x00", "/", "'", "\\", "²"])
def test_nothing_typed_or_nonsense_finds_nothing(query):
    assert find(query) == []
