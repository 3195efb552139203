import pytest
from flask import url_for

from tuoyu.manual.chapters import CHAPTERS, chapter_about, sections
from tuoyu.reports.sheet import monthly_report
from tuoyu.scope import EVERYWHERE, looking


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.name)
def test_every_chapter_opens_and_its_pictures_are_there(app, client, chapter):
    shown = client.get(f"/manual/{chapter.name}")
    assert shown.status_code == 200
    assert shown.soup.h1.get_text() == chapter.title
    assert len(shown.soup.select("section.manual-section")) >= 1
    for picture in shown.soup.select(".manual-text img"):
        assert picture["alt"]
        assert client.get(picture["src"]).status_code == 200, picture["src"]


def test_an_unknown_chapter_is_not_found(client):
    assert client.get("/manual/nothing").status_code == 404


def test_a_word_leads_to_the_place_that_explains_it(client):
    found = client.get("/manual/?q=粘贴").soup
    hits = [a["href"] for a in found.select(".manual-hits a")]
    assert "/manual/report#keys" in hits
    assert found.mark.get_text() == "粘贴"
    assert "找到 0 处" in client.get("/manual/?q=不存在的词").text


def test_what_is_searched_is_what_is_shown(app, client):
    with app.test_request_context(), looking(EVERYWHERE):
        known = [(section.chapter.name, section.anchor) for section in sections()]
    shown = [
        (chapter.name, part["id"])
        for chapter in CHAPTERS
        for part in client.get(f"/manual/{chapter.name}").soup.select("section.manual-section")
    ]
    assert known == shown


def test_every_figure_of_the_month_is_defined(client):
    text = client.get("/manual/indicators").soup.get_text()
    for figure in monthly_report():
        assert figure.full_name in text
    assert "23+24=25+26+27=28+…+31=32+33=17" in text


def test_every_page_of_an_institution_leads_to_its_chapter(cast, signed_in):
    """One click from the page to what explains it."""
    director = signed_in(cast.sunshine_director)
    with cast.app.test_request_context():
        chapter = url_for("manual.chapter", name="archive")
    assert chapter in {a["href"] for a in director.get("/archives/").soup.select(".site-head a")}


def test_the_pages_named_exist(app):
    named = {name for chapter in CHAPTERS for name in chapter.explains}
    rooms = {endpoint.partition(".")[0] for endpoint in app.view_functions}
    for name in named:
        room, _, view = name.partition(".")
        assert room in rooms if view == "*" else name in app.view_functions, name


def test_every_page_a_director_opens_has_a_chapter(app):
    director_pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in rule.methods
        and rule.endpoint.partition(".")[0] != "manual"
        and "institution" in {str(r) for r in app.view_functions[rule.endpoint].open_to or ()}
    }
    assert [name for name in sorted(director_pages) if chapter_about(name) is None] == []
