import pytest

from tuoyu.refusal import NotAcceptable
from tuoyu.regions.picker import NOT_A_VILLAGE, UNKNOWN, leaf_or_refusal
from tuoyu.scope import EVERYWHERE, looking

CHOOSE = "/regions/choose"
FUZHOU, GULOU, GUDONG, ZHONGSHAN = "350100000000", "350102000000", "350102001000", "350102001001"


def lists(answer):
    return {
        label.get_text(): [
            option.get_text() for option in answer.soup.select(f"#{label['for']} option")
        ]
        for label in answer.soup.select("label")
        if answer.soup.select(f"select#{label['for']}")
    }


def taken(answer):
    return [option["value"] for option in answer.soup.select("option[selected]")]


def links(answer):
    return [link["href"] for link in answer.soup.select("#region_results a")]


def test_the_first_list_has_the_cities_and_pingtan(client):
    answer = client.get(CHOOSE)
    assert list(lists(answer)) == ["设区市"]
    assert len(lists(answer)["设区市"]) == 11
    assert lists(answer)["设区市"][-1] == "平潭综合实验区"


def test_step_by_step_without_javascript(client):
    answer = client.get(CHOOSE, query_string={"next": "/register", "parent": FUZHOU})
    assert list(lists(answer)) == ["设区市", "县（市、区）"]
    assert "平潭县" not in lists(answer)["县（市、区）"]
    assert "福州高新技术产业开发区" in lists(answer)["县（市、区）"]

    way = {"next": "/register", "parent": [FUZHOU, GULOU, GUDONG]}
    answer = client.get(CHOOSE, query_string=way)
    assert taken(answer) == [FUZHOU, GULOU, GUDONG]
    assert "中山社区" in lists(answer)["社区（村）"]
    assert answer.soup.select_one("form#region_steps input[name=next]")["value"] == "/register"

    way["parent"].append(ZHONGSHAN)
    answer = client.get(CHOOSE, query_string=way)
    assert (answer.status_code, answer.location) == (302, f"/register?region_code={ZHONGSHAN}")


def test_pingtan_has_one_list_less(client):
    answer = client.get(CHOOSE, query_string={"parent": "ZONE-PT"})
    assert list(lists(answer)) == ["设区市", "乡镇（街道）"]


def test_another_city_forgets_the_county(client):
    way = {"parent": ["350200000000", GULOU, GUDONG]}
    answer = client.get(CHOOSE, query_string=way)
    assert taken(answer) == ["350200000000"]


def test_taking_back_a_step_keeps_those_above(client):
    answer = client.get(CHOOSE, query_string={"parent": [FUZHOU, "", GUDONG]})
    assert taken(answer) == [FUZHOU]


def test_a_search_result_leads_on(client):
    answer = client.get(CHOOSE, query_string={"next": "/register", "q": "gdjd"})
    [way] = links(answer)
    answer = client.get(way)
    assert taken(answer) == [FUZHOU, GULOU, GUDONG]
    answer = client.get(CHOOSE, query_string={"next": "/register", "q": "鼓楼 中山"})
    answer = client.get(links(answer)[0])
    assert answer.location == f"/register?region_code={ZHONGSHAN}"


def test_a_search_without_result_says_so(client):
    assert "没有找到“查无此地”" in client.get(CHOOSE, query_string={"q": "查无此地"}).text


def test_in_a_form_only_the_results_are_drawn(client, htmx):
    answer = client.get(f"{CHOOSE}?name=region_code&q=gdjd", headers=htmx("region_results"))
    assert answer.soup.find(id="region_results")
    assert not answer.soup.find(id="region_picker")
    assert len(links(answer)) == 1


def test_in_a_form_the_next_list_is_drawn_and_the_old_choice_kept(client, htmx):
    way = {"name": "region_code", "parent": [FUZHOU, GULOU], "chosen": ZHONGSHAN}
    answer = client.get(CHOOSE, query_string=way, headers=htmx("region_picker"))
    assert not answer.soup.find("form")
    assert list(lists(answer))[-1] == "乡镇（街道）"
    assert answer.soup.select_one("input[name=region_code]")["value"] == ZHONGSHAN
    assert "福建省/福州市/鼓楼区/鼓东街道/中山社区" in answer.text


def test_in_a_form_a_village_closes_the_picker(client, htmx):
    way = {"name": "region_code", "next": "/register", "parent": ZHONGSHAN}
    answer = client.get(CHOOSE, query_string=way, headers=htmx("region_picker"))
    assert answer.status_code == 200
    assert answer.soup.select_one("input[name=region_code]")["value"] == ZHONGSHAN
    assert answer.soup.output.get_text() == "福建省/福州市/鼓楼区/鼓东街道/中山社区"
    assert not answer.soup.find("select")


def test_on_the_page_htmx_shows_the_choice_and_the_way_on(client, htmx):
    way = {"next": "/register", "parent": ZHONGSHAN}
    answer = client.get(CHOOSE, query_string=way, headers=htmx("region_picker"))
    assert answer.soup.find("a", string="下一步")["href"] == f"/register?region_code={ZHONGSHAN}"
    assert not answer.soup.select("input[name=region_code]")


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/register?step=2&region_code=1#top", f"/register?step=2&region_code={ZHONGSHAN}"),
        ("https://example.org/", f"/?region_code={ZHONGSHAN}"),
        ("//example.org", f"/?region_code={ZHONGSHAN}"),
        ("/\\example.org", f"/?region_code={ZHONGSHAN}"),
        ("/\t/example.org", f"/?region_code={ZHONGSHAN}"),
        ("javascript:alert(1)", f"/?region_code={ZHONGSHAN}"),
    ],
)
def test_it_leads_back_to_our_own_pages_only(client, asked, answered):
    answer = client.get(CHOOSE, query_string={"next": asked, "parent": ZHONGSHAN})
    assert answer.location == answered


@pytest.mark.parametrize("code", ["", "x", "\x00", "350527000000", "9" * 500, "350102001498"])
def test_an_unknown_parent_begins_at_the_top(client, code):
    answer = client.get(CHOOSE, query_string={"parent": code, "chosen": code, "q": code})
    assert answer.status_code == 200
    assert list(lists(answer)) == ["设区市"]


def test_fragments_stay_small(client, htmx):
    way = {"name": "region_code", "parent": ["ZONE-PT", "350128001000"]}  # the longest lists
    assert len(client.get(CHOOSE, query_string=way, headers=htmx("region_picker")).data) < 10_000


def test_only_a_village_is_taken(app):
    with app.app_context(), looking(EVERYWHERE):
        assert leaf_or_refusal(ZHONGSHAN).name == "中山社区"
        for code in (GUDONG, GULOU, "ZONE-PT", "350000000000"):
            with pytest.raises(NotAcceptable, match=NOT_A_VILLAGE):
                leaf_or_refusal(code)
        for code in ("", None, "\x00", "350102001999", "350122400498", "350527000000"):
            with pytest.raises(NotAcceptable, match=UNKNOWN):
                leaf_or_refusal(code)
