import io

import pytest
from PIL import Image

from tuoyu import clock

NOW = "2023-07-18T10:00"
WORDS = {"kind": "definition", "title": "临时托按人还是按人次填", "body": "本月有孩子来了三次。"}


@pytest.fixture
def as_(signed_in):
    """as_(person) is that person's browser, in July 2023."""
    browsers = {}

    def browser(person):
        return browsers.setdefault(person.id, signed_in(person))

    with clock.at(NOW):
        yield browser


def ask(client, **changes):
    answer = client.post("/feedback/", data=WORDS | changes, content_type="multipart/form-data")
    assert answer.status_code == 302, answer.soup.get_text()
    return answer.location


def heads(client, address):
    return [th.get_text(strip=True) for th in client.get(address).soup.select("tbody th")]


def test_a_question_goes_to_the_township_and_the_answer_comes_back(cast, as_):
    director, clerk = as_(cast.sunshine_director), as_(cast.gudong_clerk)
    place = ask(director)
    assert "等待乡镇审核员答复" in director.get(place).text
    assert heads(clerk, "/feedback/") == [WORDS["title"]]
    clerk.post(f"{place}/answer", data={"body": "按人填，每人只计一次。"})
    shown = director.get(place)
    assert "按人填，每人只计一次。" in shown.text and "已答复" in shown.text
    assert heads(clerk, "/feedback/") == []
    assert director.post(f"{place}/closing").status_code == 302
    assert "已关闭" in director.get(place).text
    assert clerk.post(f"{place}/answer", data={"body": "再补充一句"}).status_code == 409


def test_a_further_question_waits_again(cast, as_):
    director, clerk = as_(cast.sunshine_director), as_(cast.gudong_clerk)
    place = ask(director)
    clerk.post(f"{place}/answer", data={"body": "按人填。"})
    director.post(f"{place}/follow-up", data={"body": "跨月的呢？"})
    assert heads(clerk, "/feedback/") == [WORDS["title"]]
    assert "跨月的呢？" in clerk.get(place).text


def test_it_can_be_passed_up_to_the_province_and_no_further(cast, as_):
    place = ask(as_(cast.sunshine_director))
    road = [cast.gudong_clerk, cast.gulou_officer, cast.fuzhou_officer]
    for officer in road:
        assert heads(as_(officer), "/feedback/") == [WORDS["title"]]
        up = as_(officer).post(f"{place}/passing-up", data={"body": "请上级明确口径。"})
        assert up.status_code == 302
        again = as_(officer).post(f"{place}/answer", data={"body": "我来答"})
        assert again.status_code == 409
    province = as_(cast.province_officer)
    assert "转上级答复" not in province.get(place).text
    assert province.post(f"{place}/passing-up", data={"body": "？"}).status_code == 409
    assert province.post(f"{place}/answer", data={"body": "按人填。"}).status_code == 302


def test_where_no_township_officer_stands_the_county_answers(cast, as_):
    with cast.stage():
        cast.again(cast.gudong_clerk).active = False
    ask(as_(cast.sunshine_director))
    assert heads(as_(cast.gulou_officer), "/feedback/") == [WORDS["title"]]


def test_pingtan_asks_the_province(cast, as_):
    with cast.stage():
        officer = cast.officer("平潭专干", cast.gulou_officer.role, "ZONE-PT")
    ask(as_(officer))
    assert heads(as_(cast.province_officer), "/feedback/") == [WORDS["title"]]


def test_nobody_else_sees_it(cast, as_):
    place = ask(as_(cast.sunshine_director))
    for stranger in (cast.star_director, cast.guxi_clerk, cast.taijiang_officer):
        assert as_(stranger).get(place).status_code == 404
        assert as_(stranger).post(f"{place}/follow-up", data={"body": "？"}).status_code in (
            403,
            404,
        )
        assert WORDS["title"] not in as_(stranger).get("/feedback/").text


def test_an_office_that_is_not_asked_cannot_answer(cast, as_):
    place = ask(as_(cast.sunshine_director))
    county = as_(cast.gulou_officer)
    assert county.post(f"{place}/answer", data={"body": "按人填。"}).status_code == 409
    assert county.post(f"{place}/closing").status_code == 409


def test_bad_input_comes_back_as_filled(cast, as_):
    bad = WORDS | {"title": "长" * 61, "kind": ""}
    answer = as_(cast.sunshine_director).post("/feedback/", data=bad)
    assert answer.status_code == 422
    assert "最多 60 个字" in answer.text and "长" * 61 in answer.text
    assert WORDS["body"] in answer.text


BLANKS = ["　", " \n ", "\u3000\t\r\n", "\u200b\ufeff\u00ad", "\u3164 \u2800"]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("name", ["title", "body"])
def test_blanks_are_no_question(cast, as_, name, blank):
    answer = as_(cast.sunshine_director).post("/feedback/", data=WORDS | {name: blank})
    assert answer.status_code == 422
    assert "请填写" in answer.soup.find(id=f"{name}-error").get_text()
    assert heads(as_(cast.gudong_clerk), "/feedback/") == []


def test_what_joins_signs_stays_in_their_midst(cast, as_):
    ask(as_(cast.sunshine_director), title="\ufeff一家👨\u200d👩\u200d👧怎么填\u200b ")
    assert heads(as_(cast.gudong_clerk), "/feedback/") == ["一家👨\u200d👩\u200d👧怎么填"]


@pytest.mark.parametrize("blank", BLANKS)
@pytest.mark.parametrize("act", ["answer", "passing-up"])
def test_blanks_are_no_answer(cast, as_, act, blank):
    director, clerk = as_(cast.sunshine_director), as_(cast.gudong_clerk)
    place = ask(director)
    assert clerk.post(f"{place}/{act}", data={"body": blank}).status_code == 422
    assert director.post(f"{place}/follow-up", data={"body": blank}).status_code == 422
    assert "已答复" not in director.get(place).text
    assert heads(clerk, "/feedback/") == [WORDS["title"]]


def test_blanks_are_no_frequent_question(cast, as_):
    for name in ("question", "answer"):
        words = {"kind": "data", "question": "何时填报？", "answer": "每月1—5日。"} | {name: "　"}
        assert as_(cast.gulou_officer).post("/feedback/faq", data=words).status_code == 422


def test_a_picture_goes_along_and_is_drawn_anew(cast, as_):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "PNG")
    picture = (io.BytesIO(file.getvalue()), "屏幕.png")
    place = ask(as_(cast.sunshine_director), picture=picture)
    shown = as_(cast.gudong_clerk).get(f"{place}/picture.jpg")
    assert shown.mimetype == "image/jpeg"
    assert Image.open(io.BytesIO(shown.data)).size == (40, 30)
    assert as_(cast.guxi_clerk).get(f"{place}/picture.jpg").status_code == 404
    wrong = WORDS | {"picture": (io.BytesIO(b"<svg/>"), "a.png")}
    answer = as_(cast.sunshine_director).post("/feedback/", data=wrong)
    assert answer.status_code == 422 and "不是 JPG 或 PNG 图片" in answer.text


def test_a_picture_of_a_refused_question_must_be_chosen_again(cast, as_):
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(file, "PNG")
    director = as_(cast.sunshine_director)
    for chosen in ({"picture": (io.BytesIO(file.getvalue()), "屏幕.png")}, {}):
        answer = director.post("/feedback/", data=WORDS | {"title": ""} | chosen)
        assert answer.status_code == 422
        assert ("请在改好后重新选择" in answer.text) == bool(chosen)


@pytest.mark.parametrize(
    ("about", "kept"),
    [
        ("/reports/7/edit", "/reports/7/edit"),
        ("/review/reports/?state=all&month=2023-06", "/review/reports/?state=all&month=2023-06"),
        ("//evil.example/login", ""),
        ("/\t/evil.example", ""),
        ("/\n/evil.example", ""),
        ("/reports/7\\..", ""),
        ("/a\0b", "/ab"),
    ],
)
def test_a_question_leads_back_to_a_page_of_ours_alone(cast, as_, about, kept):
    director = as_(cast.sunshine_director)
    shown = director.get(ask(director, about=about)).soup
    links = [link["href"] for link in shown.select("main p.hint a")]
    assert links == ([kept] if kept else [])


def test_an_answer_becomes_a_frequent_question_of_the_county(cast, as_):
    place = ask(as_(cast.sunshine_director))
    clerk, county = as_(cast.gudong_clerk), as_(cast.gulou_officer)
    assert county.get(f"{place}/faq").status_code == 409  # nothing answered yet
    clerk.post(f"{place}/answer", data={"body": "按人填。"})
    form = county.get(f"{place}/faq").soup
    known = {field["name"]: field.get("value") for field in form.select("form.form input[name]")}
    words = {"kind": "definition", "question": "临时托怎么填？", "answer": "按人填。"}
    county.post("/feedback/faq", data=known | words)
    for reader in (cast.sunshine_director, cast.star_director, cast.gudong_clerk):
        assert "临时托怎么填？" in as_(reader).get("/feedback/faq").text
    for stranger in (cast.moon_director, cast.taijiang_officer):
        assert "临时托怎么填？" not in as_(stranger).get("/feedback/faq").text
    assert "临时托怎么填？" not in as_(cast.star_director).get("/feedback/faq?q=学历").text
    assert "临时托怎么填？" in as_(cast.star_director).get("/feedback/faq?q=按人").text


def test_only_the_office_that_published_takes_it_off(cast, as_):
    words = {"kind": "data", "question": "何时填报？", "answer": "每月1—5日。"}
    as_(cast.fuzhou_officer).post("/feedback/faq", data=words)
    found = as_(cast.gulou_officer).get("/feedback/faq")
    assert "何时填报？" in found.text and "withdrawal" not in found.text
    mine = as_(cast.fuzhou_officer).get("/feedback/faq")
    address = mine.soup.find("form", action=lambda a: "withdrawal" in a)["action"]
    assert as_(cast.gulou_officer).post(address).status_code == 409
    as_(cast.fuzhou_officer).post(address)
    assert "何时填报？" not in as_(cast.gulou_officer).get("/feedback/faq").text
