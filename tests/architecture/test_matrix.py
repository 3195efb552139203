"""Every route × every role × own, parent, sibling and child region × every state."""

import io

import pytest
from flask import url_for

from tests.architecture.matrix import (
    ACTORS,
    ALL,
    ON_THE_DESK,
    PLACES,
    REGIONS,
    ROUTES,
    SEES,
    WHOSE,
)
from tests.architecture.stage import DOT, Stage
from tests.conftest import sign_in
from tuoyu import clock
from tuoyu.web import errors, printing

NOW = "2023-07-19T10:00"
PAPERS = {kind: (kind,) for kind in ("archive", "report", "receipt", "application")}
PAPERS["both"] = ("archive", "report")
DOORS = [(route, row) for route, row in ROUTES.items() if row.about in PAPERS]
PICTURE_ACTS = ("caption", "forward", "remove")
FEW = ("own", "sibling county")  # the scope of applications is that of every paper


@pytest.fixture(scope="module")
def stage(one_app, worker_database):
    worker_database.tidy()
    everybody = Stage(one_app)
    with worker_database.checkpoint():
        yield everybody


@pytest.fixture(scope="module")
def clients(one_app, stage):
    """A browser for each person."""
    known = {}

    def of(actor, state):
        if actor == "nobody":
            return one_app.test_client()
        person = stage.person(actor, state)
        if person.id not in known:
            known[person.id] = sign_in(one_app, person)
        return known[person.id]

    return of


def test_every_route_is_in_the_table(one_app):
    assert set(one_app.view_functions) == set(ROUTES)


def ask(app, client, route, row, **values):
    with app.test_request_context():
        address = url_for(route, **row.values, **values.pop("address", {}))
    data = row.data | values
    if route == "archives.upload":
        data["pictures"] = (io.BytesIO(DOT), "1.jpg")
    with clock.at(NOW):
        if row.method == "GET":
            return client.get(address).status_code
        return client.post(address, data=data).status_code


def strangers_get(row, actor):
    """What somebody gets to whom this door is closed, None when it is open."""
    if row.may is None:
        return row.ok if actor == "nobody" else row.inside or row.ok
    if actor == "nobody":
        return 302 if row.method == "GET" else 401
    return None if actor in row.may else 403


@pytest.mark.parametrize("actor", ACTORS)
@pytest.mark.parametrize("route", [r for r, row in ROUTES.items() if not row.about])
def test_a_route_about_nothing_in_particular(one_app, database, stage, route, actor):
    row, state = ROUTES[route], ALL[0]
    client = one_app.test_client()
    if actor != "nobody":
        client = sign_in(one_app, stage.person(actor, state))
    expected = strangers_get(row, actor)
    if expected is None:
        expected = row.ok if row.may[actor] else row.otherwise
    assert ask(one_app, client, route, row) == expected


@pytest.mark.parametrize("region", REGIONS)
@pytest.mark.parametrize("route", [r for r, row in ROUTES.items() if row.about == "region"])
def test_a_route_about_a_region(one_app, stage, clients, route, region):
    row = ROUTES[route]
    for actor in ACTORS:
        seen = 200 if actor in REGIONS[region] else 404
        expected = strangers_get(row, actor) or seen
        answer = ask(one_app, clients(actor, ALL[0]), route, row, address={"region_code": region})
        assert answer == expected, (actor, answer, expected)


@pytest.mark.parametrize("route", [r for r, row in ROUTES.items() if row.about in WHOSE])
def test_a_route_about_an_account(one_app, database, stage, clients, route):
    row, wrong = ROUTES[route], []
    for whose, keepers in WHOSE[row.about].items():
        for actor in ACTORS:
            expected = strangers_get(row, actor) or (row.ok if actor in keepers else 404)
            number = stage.account(row.about, whose).id
            client = clients(actor, ALL[0])
            answer = ask(one_app, client, route, row, address={"user_id": number})
            if answer != expected:
                wrong.append((whose, actor, answer, expected))
            if answer < 400 and row.method == "POST":
                database.tidy()
    assert wrong == []


def expected_of(row, actor, place, state):
    closed = strangers_get(row, actor)
    if closed is not None:
        return closed
    if place not in SEES[actor] or state in row.hidden.get(actor, ()):
        return 404
    return row.ok if state in row.may[actor] else row.otherwise


@pytest.mark.parametrize(
    ("route", "row"), [*DOORS, *ON_THE_DESK.items()], ids=lambda v: getattr(v, "about", v)
)
def test_a_route_about_a_paper(one_app, database, stage, clients, route, row, monkeypatch):
    # Who may see it, not how it looks
    monkeypatch.setattr(printing, "pdf_of", lambda *_: b"%PDF")
    monkeypatch.setattr(errors, "explain", errors.plainly)
    wrong = []
    for kind in PAPERS[row.about]:
        for place, state, actor in combinations(FEW if kind == "application" else PLACES):
            expected = expected_of(row, actor, place, state)
            ids = stage.ids[place, state]
            answer = ask(
                one_app,
                clients(actor, state),
                route,
                row,
                address=address_of(route, kind, ids),
                edition=stage.edition(kind, ids[kind]),
            )
            if answer != expected:
                wrong.append((kind, actor, place, state.value, answer, expected))
            if answer < 400 and row.method == "POST":
                database.tidy()
    assert wrong == []


def combinations(places):
    return [(p, s, a) for p in places for s in ALL for a in ACTORS]


def address_of(route, kind, ids):
    if route in ("archives.picture", "archives.thumbnail"):
        return {"picture_id": ids["picture"]}
    if kind == "receipt":
        return {"number": ids["receipt"]}
    if route.startswith("review."):
        return {"kind": f"{kind}s", "paper_id": ids[kind]}
    more = {"picture_id": ids["picture"]} if route.partition(".")[2] in PICTURE_ACTS else {}
    more |= {"file_id": 1} if route == "applications.evidence" else {}
    return {f"{kind}_id": ids[kind]} | more
