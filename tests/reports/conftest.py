from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.cast import FIRST_WINDOW
from tuoyu import clock
from tuoyu.scope import EVERYWHERE, looking


@pytest.fixture
def first_window():
    """The clock stands in the first window: June 2023 is being reported."""
    with clock.at(FIRST_WINDOW):
        yield


@pytest.fixture
def director(cast, signed_in):
    """阳光园长, whose archive is in force."""
    cast.archive(cast.sunshine)
    return signed_in(cast.sunshine_director)


@pytest.fixture
def draft(cast, director):
    """A finished draft of 阳光托育园 whose children do not fit its archive (S01)."""
    return cast.report(cast.sunshine, in_care=47, left_in_year=13)


@pytest.fixture
def kept(cast, draft):
    """kept() is the draft as it stands in the database."""

    def read():
        with cast.stage():
            return cast.detached(cast.again(draft))

    return read


@pytest.fixture
def save(director, draft):
    """save(edition, enrolled=("60", "61")) is what a page sends that saves itself: texts as they
    were and as they are now; what is no pair is sent as it is."""

    def send(edition=1, where="", client=director, **changes):
        data = {"edition": str(edition)}
        for name, change in changes.items():
            pair = isinstance(change, tuple)
            data |= {f"was.{name}": change[0], name: change[1]} if pair else {name: change}
        return client.post(f"/reports/{draft.id}{where}/autosave", data=data)

    return send


@pytest.fixture
def on_stage(app):
    """Rules may be asked: there is a database to read parameters from."""
    with app.app_context(), looking(EVERYWHERE):
        yield


@pytest.fixture
def statements():
    """statements() as a context gives the list of SQL statements made within it."""

    @contextmanager
    def counting():
        made = []

        def note(connection, cursor, statement, *_):
            made.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        yield made
        event.remove(Engine, "before_cursor_execute", note)

    return counting
