"""Every screen of every role in a real browser: nothing that keeps somebody from using it (axe-core:
impact serious or critical), nothing wider than the window, nothing from another origin.

With TEST_PICTURES=1 a picture of each is left in var/screens, for whoever wants to look. A screen
of which every element stood alike on screens before, whatever is written on it, is not asked again.
"""

import re
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.cast import Cast
from tests.components.browser import serve
from tests.conftest import sign_in
from tests.crawl import NOW, ROLES, crawl, set_the_stage
from tests.journeys.people import DESK, PHONE, at_a_browser
from tuoyu import clock

PAPER_OR_PICTURE = re.compile(r"\.(pdf|jpg|svg|xlsx)$|/thumb$|/evidence/\d+$")
BY_NOBODY = ("/login", "/register?region_code=350102001004", "/privacy", "/regions/choose?q=gdjd")
BARRIERS = ("serious", "critical")
NOTHING_ELSE = {"resultTypes": ["violations"]}
looked_at = set()
BONES = """() => {
  const bones = new Set();
  const walk = (element, above) => {
    const names = [...element.attributes].map((attribute) => attribute.name).sort();
    const own = [element.tagName, element.className, element.getAttribute("role"), names,
      element.textContent.trim() === ""].join(" ");
    const bone = [...own].reduce((hash, sign) => (Math.imul(hash, 31) + sign.charCodeAt(0)) | 0, above);
    bones.add(bone);
    for (const child of element.children) walk(child, bone);
  };
  walk(document.documentElement, 1);
  return [...bones];
}"""


@pytest.fixture(scope="module")
def stage(one_app, worker_database):
    worker_database.tidy()
    cast = set_the_stage(Cast(one_app))
    with worker_database.checkpoint():
        yield cast


@pytest.fixture(scope="module")
def address(one_app):
    with serve(one_app) as address, clock.at(NOW):
        yield address


def look_at(person, address, sizes):
    """What is wrong with the screen at this address, in words."""
    answer = person.page.goto(address)
    name = re.sub(r"\W+", "_", answer.url[len(person.address) :]).strip("_") or "home"
    if answer.status != 200:
        yield f"{address}: {answer.status}"
    for size in sizes:
        person.page.set_viewport_size({"width": size[0], "height": size[1]})
        person.shoot(f"{name} {size[0]}")
        width = person.page.evaluate("document.documentElement.scrollWidth")
        if width > size[0]:
            yield f"{address}: {width} pixels wide in a window of {size[0]}"
    yield from (f"{address}: {barrier}" for barrier in barriers_on(person.page))


def barriers_on(page):
    """Only what is built in a way no screen before it was is asked."""
    bones = set(page.evaluate(BONES))
    if bones <= looked_at:
        return
    looked_at.update(bones)
    for found in Axe().run(page, options=NOTHING_ELSE).response["violations"]:
        if found["impact"] in BARRIERS:
            nodes = [node["html"][:120] for node in found["nodes"][:3]]
            yield f"{found['id']} ({found['impact']}): {found['help']}: {nodes}"


def links_on(person):
    """Addresses of our own pages to go on to."""
    links = person.page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
    for link in links:
        parts = urlsplit(link.partition("#")[0])
        if parts.netloc == urlsplit(person.address).netloc and not PAPER_OR_PICTURE.search(
            parts.path
        ):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.mark.parametrize("role", ROLES)
def test_every_screen_of(browser, one_app, stage, address, role):
    sizes = [DESK, PHONE] if role.endswith("director") else [DESK]
    cookie = sign_in(one_app, getattr(stage, role)).get_cookie("session")
    with at_a_browser(browser, address, album=role) as person:
        person.context.add_cookies([{"name": "session", "value": cookie.value, "url": address}])

        def visit(address):
            return list(look_at(person, address, sizes)), links_on(person)

        screens = dict(crawl(visit))
    assert [wrong for found in screens.values() for wrong in found] == []
    assert len(screens) >= (1 if role == "sysadmin" else 4), list(screens)


def test_every_screen_before_signing_in(browser, stage, address):
    with at_a_browser(browser, address, album="nobody") as person:
        wrong = [said for page in BY_NOBODY for said in look_at(person, page, [DESK, PHONE])]
    assert wrong == []
