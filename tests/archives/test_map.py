"""Finding the place on the map: by clicks without JavaScript, by typing, or not at all."""

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from sqlalchemy import select

from tuoyu.archives.models import ArchiveRevision
from tuoyu.extensions import db
from tuoyu.regions.models import Region
from tuoyu.regions.outlines import county_around, outlines
from tuoyu.regions.sight import Sight
from tuoyu.scope import EVERYWHERE, looking
from tuoyu.workflow.states import State

GULOU = "350102001004"
INSIDE, NEXT_DOOR, FAR = (119.2796, 26.0987), (119.5187, 25.8988), (118.11, 24.46)


@pytest.fixture
def draft(cast):
    return cast.archive(cast.sunshine, State.DRAFT)


@pytest.fixture
def director(cast, draft, signed_in):
    return signed_in(cast.sunshine_director)


def kept(cast, draft):
    with cast.stage():
        archive = cast.again(draft)
        return archive.longitude, archive.latitude, archive.coord_system


def test_the_outline_of_every_county_that_reports_is_known(app):
    assert len(outlines()) == 84
    with app.app_context(), looking(EVERYWHERE):
        villages = select(Region.code).where(Region.level == 5, Region.can_report)
        assert not [code for code in db.session.scalars(villages) if county_around(code) is None]


def test_what_lies_in_a_county():
    gulou = county_around(GULOU)
    assert gulou.name == "鼓楼区"
    assert gulou.contains(*INSIDE)
    assert not gulou.contains(*NEXT_DOOR)
    assert not gulou.contains(*FAR)
    assert gulou.contains(gulou.bounds[0] - 0.01, INSIDE[1])  # outlines are blurred


@pytest.mark.parametrize("step", range(4))
def test_a_pixel_is_a_place_and_back(step):
    sight = Sight.of(county_around(GULOU)).around(*INSIDE, step)
    for pixel in ((0, 0), (280, 280), (559, 17)):
        x, y = sight.pixel_of(*sight.point_at(*pixel, 560), 560)
        assert (round(x), round(y)) == pixel
    metres, wide = sight.scale(560)
    assert 30 < wide < 190 and metres >= 10


def test_three_clicks_lead_to_a_place(cast, draft, director):
    main = director.get(f"/archives/{draft.id}/map").soup.main
    for click in ((300, 250), (280, 200), (281, 279)):
        form = main.select_one("form:has(input[type=image])")
        data = {i["name"]: i["value"] for i in form.select("input[type=hidden]")}
        data |= {"large.x": click[0], "large.y": click[1]}
        answer = director.get(form["action"], query_string=data)
        assert answer.status_code == 200
        main = answer.soup.main
    save = main.select_one("form[method=post]")
    point = {i["name"]: i["value"] for i in save.select("input[type=hidden]")}
    assert point["by"] == "picture"
    assert director.post(save["action"], data=point).location.endswith(f"/{draft.id}/basic")
    longitude, latitude, system = kept(cast, draft)
    assert (longitude, latitude) == (Decimal(point["longitude"]), Decimal(point["latitude"]))
    assert county_around(GULOU).contains(longitude, latitude)
    assert system == "WGS84"


def test_going_back_a_step_keeps_the_place(draft, director):
    click = {"small.x": 160, "small.y": 150}
    main = director.get(f"/archives/{draft.id}/map", query_string=click).soup.main
    point = main.select_one("input[name=longitude]")["value"]
    back = next(a["href"] for a in main.select("a") if a.get_text() == "缩小")
    main = director.get(back).soup.main
    assert float(main.select_one("input[name=longitude]")["value"]) == float(point)
    assert main.select_one("input[name=by]")["value"] == "picture"


def test_the_picture_is_drawn_here_and_small(draft, director):
    main = director.get(f"/archives/{draft.id}/map").soup.main
    for image in main.select("input[type=image]"):
        assert image["alt"].startswith("鼓楼区地图")
        answer = director.get(image["src"])
        assert answer.mimetype == "image/svg+xml"
        drawing = ElementTree.fromstring(answer.data)
        assert drawing.get("width") == image["width"]
        assert "鼓楼区" in answer.text
        assert not re.search(r"(href|src|url)\s*[=(]", answer.text)
        assert len(answer.data) < 30_000
    assert "天地图" in main.get_text()


def test_a_place_is_typed(cast, draft, director):
    asked = {"longitude": "119.２９６494", "latitude": "26.074508"}
    main = director.get(f"/archives/{draft.id}/map", query_string=asked).soup.main
    assert "不在" not in main.get_text()
    save = main.select_one("form[method=post]")
    point = {i["name"]: i["value"] for i in save.select("input[type=hidden]")}
    director.post(save["action"], data=point)
    assert kept(cast, draft) == (Decimal("119.296494"), Decimal("26.074508"), None)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"longitude": "东经", "latitude": "26"}, "经度应为度数"),
        ({"longitude": "119.3"}, "一起填写"),
        (
            {"longitude": "26.07", "latitude": "119.3"},
            "在 -85 至 85 之间，请核对是否把经度、纬度填反了",
        ),
        ({"longitude": "119.3", "latitude": "90"}, "在 -85 至 85 之间"),
        ({"large.x": "0", "large.y": "0"}, "没有点到地图上"),
        ({"large.x": "x"}, "没有点到地图上"),
    ],
)
def test_what_is_no_place_is_told(draft, director, asked, said):
    answer = director.get(f"/archives/{draft.id}/map", query_string=asked)
    assert answer.status_code == 422
    assert said in answer.soup.select_one(".error-summary").get_text()
    assert asked.get("longitude", "") in answer.text
    assert not answer.soup.select("form[method=post] input[name=longitude]")


def test_near_the_pole_the_picture_is_small_too(draft, director):
    asked = {"longitude": "119.3", "latitude": "89.9"}
    drawn = director.get(f"/archives/{draft.id}/map.svg", query_string=asked)
    assert drawn.status_code == 200
    assert len(drawn.data) < 30_000


@pytest.mark.parametrize("latitude", [89.9, -89.9, 90.1, 85])
def test_the_grid_has_few_lines_wherever_one_looks(latitude):
    for step in range(4):
        sight = Sight.of(county_around(GULOU)).around(119.3, latitude, step)
        assert sum(map(len, sight.lines(560))) < 60


@pytest.mark.parametrize("click", [("9" * 400, "5"), ("5", "-" + "9" * 400), ("561", "900")])
@pytest.mark.parametrize("page", ["map", "map.svg"])
def test_a_click_beside_the_picture_is_one_on_its_edge(draft, director, click, page):
    asked = {"large.x": click[0], "large.y": click[1]}
    answer = director.get(f"/archives/{draft.id}/{page}", query_string=asked)
    assert answer.status_code == 200


def test_a_place_at_the_pole_is_not_kept(cast, draft, director):
    before = kept(cast, draft)
    asked = {"longitude": "119.3", "latitude": "-85.1"}
    answer = director.post(f"/archives/{draft.id}/map", data=asked)
    assert answer.status_code == 422
    assert "纬度应为度数，在 -85 至 85 之间" in answer.text
    assert kept(cast, draft) == before


@pytest.mark.parametrize("asked", [{"at": "x"}, {"at": "1e99,5", "step": 2}, {"step": "-7"}])
def test_an_address_that_is_nonsense_shows_the_county(draft, director, asked):
    assert director.get(f"/archives/{draft.id}/map", query_string=asked).status_code == 200


def test_a_place_in_another_county_is_told_and_may_be_kept(cast, draft, director):
    asked = dict(zip(("longitude", "latitude"), map(str, NEXT_DOOR), strict=True))
    main = director.get(f"/archives/{draft.id}/map", query_string=asked).soup.main
    assert "不在鼓楼区范围内" in main.get_text()
    assert director.post(f"/archives/{draft.id}/map", data=asked).status_code == 302
    with cast.stage():
        said = [c.message for c in cast.again(draft).unexplained().values()]
    assert any("不在鼓楼区范围内" in sentence for sentence in said)


def test_the_way_to_the_map_keeps_what_was_typed(cast, draft, director):
    main = director.get(f"/archives/{draft.id}/basic").soup.main
    typed = {i["name"]: i.get("value", "") for i in main.select("form input[name]:not([type])")}
    edition = main.select_one("input[name=edition]")["value"]
    data = typed | {"edition": edition, "address": "鼓东路8号", "do": "map"}
    answer = director.post(f"/archives/{draft.id}/basic", data=data)
    assert answer.location.endswith(f"/archives/{draft.id}/map")
    with cast.stage():
        assert db.session.scalars(select(ArchiveRevision.address)).one() == "鼓东路8号"
    assert "不填位置，返回" in director.get(answer.location).text
