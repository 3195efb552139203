"""Every page that a link leads to, for every role: sound, light, from one origin, few statements.

The client itself checks the soundness of each page it gets (tests/soundness.py).
"""

import gzip
import re
from contextlib import contextmanager

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.cast import JULY
from tuoyu import clock
from tuoyu.workflow.states import State

KB = 1000
STATEMENTS = 12
PAGE, FRAGMENT, FIRST_VISIT, SCRIPTS = 30 * KB, 10 * KB, 100 * KB, 25 * KB
NOW = "2023-08-04T10:00"
ROLES = (
    "sunshine_director",
    "star_director",
    "wave_director",
    "gudong_clerk",
    "gulou_officer",
    "fuzhou_officer",
    "province_officer",
    "sysadmin",
)
PLAIN_LETTERS = {"jpg", "png", "PDF", "Excel", "WPS", "KB", "MB", "GB", "DB11", "WGS", "GCJ", "BD"}


@pytest.fixture
def stage(cast):
    """June is over and July is under way: a paper in every state."""
    for institution in (cast.sunshine, cast.star, cast.wave):
        cast.archive(institution)
    cast.archive(cast.sunshine, State.RETURNED, "2023-07-25T10:00", managers=3)
    cast.archive(cast.star, State.AT_TOWNSHIP, "2023-07-25T10:00", managers=3)
    cast.archive(cast.moon, State.AT_COUNTY)
    july = {"month": JULY, "moment": "2023-08-03T10:00"}
    cast.report(cast.sunshine, state=State.CONFIRMED)
    cast.report(cast.star, state=State.CONFIRMED)
    cast.report(cast.wave, state=State.AT_COUNTY)
    cast.report(cast.sunshine, state=State.AT_TOWNSHIP, **july)
    cast.report(cast.star, state=State.RETURNED, **july)
    cast.report(cast.wave, state=State.DRAFT, **july)
    return cast


@contextmanager
def counting_statements():
    statements = []

    def note(connection, cursor, statement, *rest):
        statements.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    yield statements
    event.remove(Engine, "before_cursor_execute", note)


def on_the_wire(answer):
    data = gzip.decompress(answer.data) if answer.content_encoding == "gzip" else answer.data
    return len(gzip.compress(data, 6))


def addresses_in(html):
    """Where the links and the fragments of a page lead, on our own origin."""
    page = BeautifulSoup(html, "html.parser")
    for element in page.select("[href], [hx-get]"):
        address = element.get("href") or element.get("hx-get")
        if address.startswith(("/", "?")) and not address.startswith("/static/"):
            yield address.partition("#")[0], element.name == "a"


def crawl(client, start="/", most=120):
    """(address, answer, statements) of every page that links lead to; one of a kind of list
    position is enough, so addresses that differ only in the page number are taken once."""
    waiting, seen = [start], set()
    while waiting and len(seen) < most:
        address = waiting.pop(0)
        kind = re.sub(r"page=\d+", "page=", address)
        if kind in seen:
            continue
        seen.add(kind)
        with counting_statements() as statements:
            answer = client.get(address)
        yield address, answer, statements
        if answer.status_code in (301, 302):
            waiting.append(answer.location)
        elif answer.mimetype == "text/html":
            path = address.partition("?")[0]
            waiting += [path + a if a.startswith("?") else a for a, _ in addresses_in(answer.text)]


@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_link_leads_to(stage, signed_in, role):
    client, visited = signed_in(getattr(stage, role)), []
    with clock.at(NOW):
        for address, answer, statements in crawl(client):
            visited.append(address)
            assert answer.status_code in (200, 302), (address, answer.status_code)
            assert len(statements) <= STATEMENTS, (address, len(statements), statements)
            if answer.mimetype == "text/html":
                assert on_the_wire(answer) <= PAGE, (address, on_the_wire(answer))
                assert not foreign_origins(answer.text), address
                assert not english_in(answer.text), (address, english_in(answer.text))
    assert len(visited) >= (1 if role == "sysadmin" else 5), visited


def foreign_origins(html):
    page = BeautifulSoup(html, "html.parser")
    named = (
        e.get(a) or ""
        for a in ("src", "href", "action", "hx-get", "hx-post")
        for e in page.select(f"[{a}]")
    )
    return [address for address in named if re.match(r"(?:[a-z]+:)?//", address)]


def english_in(html):
    """Words of four letters and more that a reader would see; codes and formats are none."""
    page = BeautifulSoup(html, "html.parser")
    for hidden in page.select("script, style, head, code"):
        hidden.decompose()
    words = re.findall(r"(?<![A-Za-z0-9_/.@-])[A-Za-z]{4,}(?![A-Za-z0-9_@/-])", page.get_text(" "))
    return sorted(set(words) - PLAIN_LETTERS)


def test_a_first_visit_is_light(client):
    """The login page with everything it loads."""
    page = client.get("/login")
    loaded = BeautifulSoup(page.text, "html.parser").select("link[href], script[src]")
    sizes = {}
    for element in loaded:
        address = element.get("href") or element.get("src")
        sizes[address] = on_the_wire(client.get(address))
    assert on_the_wire(page) + sum(sizes.values()) <= FIRST_VISIT
    assert sum(size for address, size in sizes.items() if ".js" in address) <= SCRIPTS
