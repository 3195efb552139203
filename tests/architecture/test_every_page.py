"""Every page that a link leads to, for every role: sound, light, from one origin, few statements.

The client itself checks the soundness of each page it gets (tests/soundness.py).
"""

import gzip
import re
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.crawl import NOW, ROLES, addresses_in, crawl, set_the_stage
from tuoyu import clock

KB = 1000
STATEMENTS = 12
PAGE, FRAGMENT, FIRST_VISIT, SCRIPTS = 30 * KB, 10 * KB, 100 * KB, 25 * KB
PLAIN_LETTERS = {
    "jpg",
    "png",
    "PDF",
    "Excel",
    "WPS",
    "KB",
    "MB",
    "GB",
    "xlsx",
    "DB11",
    "WGS",
    "GCJ",
    "BD",
    "gdjd",
}
CHECK_CODE = re.compile(r"[0-9A-F]{8}")


@pytest.fixture
def stage(cast):
    return set_the_stage(cast)


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


def visitor(client):
    """visit(address) for the crawl: ((answer, statements), where its links lead)."""

    def visit(address):
        with counting_statements() as statements:
            answer = client.get(address)
        if answer.status_code in (301, 302):
            return (answer, statements), [answer.location]
        is_page = answer.mimetype == "text/html"
        further = addresses_in(answer.soup) if is_page else []
        return (answer, statements), further

    return visit


@pytest.mark.parametrize("role", ROLES)
def test_every_page_that_a_link_leads_to(stage, signed_in, role):
    client, visited = signed_in(getattr(stage, role)), []
    with clock.at(NOW):
        for address, (answer, statements) in crawl(visitor(client)):
            visited.append(address)
            assert answer.status_code in (200, 302), (address, answer.status_code)
            assert len(statements) <= STATEMENTS, (address, len(statements), statements)
            if answer.mimetype == "text/html" and answer.status_code == 200:
                assert on_the_wire(answer) <= PAGE, (address, on_the_wire(answer))
                assert not foreign_origins(answer.soup), address
                assert not english_in(answer.soup), (address, english_in(answer.soup))
    assert len(visited) >= (1 if role == "sysadmin" else 5), visited


def foreign_origins(page):
    named = (
        e.get(a) or ""
        for a in ("src", "href", "action", "hx-get", "hx-post")
        for e in page.select(f"[{a}]")
    )
    return [address for address in named if re.match(r"(?:[a-z]+:)?//", address)]


def english_in(page):
    """Words of four letters and more that a reader would see; codes and formats are none."""
    text = " ".join(s for s in page.body.strings if s.parent.name not in ("code", "kbd"))
    words = re.findall(r"(?<![A-Za-z0-9_/.@-])[A-Za-z]{4,}(?![A-Za-z0-9_@/-])", text)
    return sorted(w for w in set(words) - PLAIN_LETTERS if not CHECK_CODE.fullmatch(w))


def test_a_first_visit_is_light(client):
    """The login page with everything it loads."""
    page = client.get("/login")
    loaded = page.soup.select("link[href], script[src]")
    sizes = {}
    for element in loaded:
        address = element.get("href") or element.get("src")
        sizes[address] = on_the_wire(client.get(address))
    assert on_the_wire(page) + sum(sizes.values()) <= FIRST_VISIT
    assert sum(size for address, size in sizes.items() if ".js" in address) <= SCRIPTS
