from contextlib import contextmanager

import pytest
from sqlalchemy import event, select
from sqlalchemy.engine import Engine

from tuoyu import clock
from tuoyu.archives.models import ArchiveRevision
from tuoyu.extensions import db


@pytest.fixture(autouse=True)
def in_july_2023():
    with clock.at("2023-07-16T10:00:00"):
        yield


@pytest.fixture
def director(cast, signed_in):
    """The browser of 阳光园长."""
    return signed_in(cast.sunshine_director)


@pytest.fixture
def draft(cast, director):
    """The id of a new archive of 阳光托育园, begun by its director."""
    return int(director.post("/archives/").location.split("/")[2])


@pytest.fixture
def kept(cast):
    """kept(id) is the version as it stands in the database."""

    def read(archive_id):
        with cast.stage("2023-07-16T10:00:00"):
            wanted = select(ArchiveRevision).where(ArchiveRevision.id == archive_id)
            return cast.detached(db.session.scalars(wanted).one())

    return read


@pytest.fixture
def edition(kept):
    return lambda archive_id: {"edition": kept(archive_id).edition}


@pytest.fixture
def statements():
    """statements() as a context gives the list of SQL statements made within it."""

    @contextmanager
    def counting():
        made = []

        def note(connection, cursor, statement, *rest):
            made.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        yield made
        event.remove(Engine, "before_cursor_execute", note)

    return counting
