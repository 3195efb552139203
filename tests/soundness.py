"""What must hold of every page, asked each time a test opens one."""

from collections import Counter
from functools import cached_property

from bs4 import BeautifulSoup
from flask import Response
from flask.testing import FlaskClient
from html5lib import HTMLParser, getTreeBuilder

UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
LABELS = ("aria-label", "aria-labelledby")


class Page(Response):
    """A response of the tests, which can also be read as HTML."""

    @cached_property
    def soup(self):
        return BeautifulSoup(self.text, "html.parser")


class Visitor(FlaskClient):
    """A browser that minds the shape of what it is shown."""

    def open(self, *args, **kwargs):
        response = super().open(*args, **kwargs)
        if is_a_page(response):
            faults = faults_of(response.text, response.soup)
            assert not faults, f"{response.request.path}: " + "; ".join(faults)
        return response


def is_a_page(response):
    asked = response.request
    return (
        asked.method == "GET"
        and response.mimetype == "text/html"
        and response.status_code not in range(300, 400)
        and ("HX-Request" not in asked.headers or "HX-Boosted" in asked.headers)
    )


def faults_of(text, soup=None):
    """Every fault of a whole page, each in a few words; `soup` is the same page, read already."""
    parser = HTMLParser(tree=getTreeBuilder("etree"), namespaceHTMLElements=False)
    parser.parse(text)
    soup = soup or BeautifulSoup(text, "html.parser")
    return [
        *(f"broken HTML at {where}: {code} {dict(what)}" for where, code, what in parser.errors),
        *faults_of_head(soup),
        *faults_of_ids(soup),
        *faults_of_forms(soup),
    ]


def faults_of_head(soup):
    if soup.html is None or soup.html.get("lang") != "zh-CN":
        yield "the page does not say that it is in Chinese"
    headings = soup.find_all("h1")
    if len(headings) != 1:
        yield f"{len(headings)} h1 instead of one"
    title = soup.title.get_text(strip=True) if soup.title else ""
    if headings and words(headings[0]) not in "".join(title.split()):
        yield f"the title “{title}” does not name the heading “{words(headings[0])}”"


def faults_of_ids(soup):
    ids = Counter(element["id"] for element in soup.find_all(id=True))
    yield from (f"id {name} is there {count} times" for name, count in ids.items() if count > 1)
    for element in soup.find_all(attrs={"for": True}):
        if element["for"] not in ids:
            yield f"a label for {element['for']}, which is not there"


def faults_of_forms(soup):
    for form in soup.find_all("form"):
        if not form.get("action") or form.get("method", "").lower() not in ("get", "post"):
            yield f"a form without action or method: {str(form)[:80]}"
    named = {label["for"] for label in soup.find_all("label", attrs={"for": True})}
    for field in soup.find_all(["input", "select", "textarea"]):
        if field.get("type") not in UNLABELLED and not is_labelled(field, named):
            yield f"a field without label: {str(field)[:80]}"


def is_labelled(field, named):
    return (
        field.get("id") in named
        or field.find_parent("label") is not None
        or any(field.get(label) for label in LABELS)
    )


def words(element):
    return "".join(element.get_text().split())
