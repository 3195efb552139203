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
