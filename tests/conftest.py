import os
import time
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy

# The tests must not depend on, nor touch, what the person who runs them has set.
for variable in ("DATABASE_URL", "SECRET_KEY", "TUOYU_SMTP", "TUOYU_ADDRESS"):
    os.environ.pop(variable, None)
for variable in ("NOW", "DEMO", "HTTPS", "HOSTS", "PROXIES"):
    os.environ.pop(f"TUOYU_{variable}", None)
os.environ.setdefault("TUOYU_HOME", str(Path(__file__).parents[1] / "var" / "test"))

from config import StrictTestConfig, TestConfig  # noqa: E402
from tests.cast import FIRST_WINDOW, Cast  # noqa: E402
from tests.components.browser import chromium, serve  # noqa: E402
from tests.database import database_of  # noqa: E402
from tests.soundness import Page, Visitor  # noqa: E402
from tuoyu import create_app  # noqa: E402
from tuoyu.accounts.models import User  # noqa: E402
from tuoyu.extensions import db  # noqa: E402
from tuoyu.scope import EVERYWHERE, looking  # noqa: E402

LONG = (
    "test_random_walks.py",
    "test_every_screen.py",
    "test_the_main_road.py",
    "test_four_ways.py",
)


def pytest_collection_modifyitems(items):
    """The longest tests first, so that no worker is alone with one when the others are done."""
    items.sort(key=lambda item: item.path.name not in LONG)


def make_app(config):
    app = create_app(config)
    app.test_client_class = Visitor
    app.response_class = Page
    return app


@pytest.fixture(scope="session")
def worker_database(request):
    worker = getattr(request.config, "workerinput", {}).get("workerid", "master")
    with database_of(worker) as database:
        yield database


@pytest.fixture(scope="session")
def one_app(worker_database):
    return make_app(TestConfig(worker_database.url))


@pytest.fixture(scope="session")
def one_strict_app(worker_database):
    return make_app(StrictTestConfig(worker_database.url))


@pytest.fixture
def database(worker_database):
    """The worker's database; whatever the test does to it is undone afterwards."""
    yield worker_database
    worker_database.tidy()


@pytest.fixture
def app(one_app, database):
    """The program on reference data alone, without CSRF tokens and rate limits.

    Never hold an app context around a call of a client: Flask would reuse it, and with it `g`,
    the signed-in person and the session of the database.
    """
    return on_the_first_day(one_app)


@pytest.fixture
def strict_app(one_strict_app, database):
    """The program as it is served, CSRF tokens and rate limits included."""
    return on_the_first_day(one_strict_app)


def on_the_first_day(app):
    """What is done once a day was done on the day of the cast, whatever the test before has seen."""
    app.extensions["daily"]["done"] = date.fromisoformat(FIRST_WINDOW[:10])
    return app


@pytest.fixture
def client(app):
    """A browser in which nobody is signed in."""
    return app.test_client()


@pytest.fixture
def signed_in(app):
    """signed_in(user) is a new browser in which `user`, a saved User, is signed in."""
    return lambda user: sign_in(app, user)


@pytest.fixture
def cast(app):
    """The named people, on an otherwise empty stage."""
    return Cast(app)


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, for what only a real browser shows."""
    with chromium() as browser:
        yield browser


@pytest.fixture
def address(app):
    """The address at which `app` is served, in a thread of this process, to that browser."""
    with serve(app) as address:
        yield address


@pytest.fixture
def htmx():
    """htmx("paper_row") are the headers htmx sends when the element of that id is to change."""
    return lambda target: {"HX-Request": "true", "HX-Target": target}


def sign_in(app, user):
    """A new client of `app` that carries the session a login of `user` would have made."""
    [number] = sqlalchemy.inspect(user).identity
    with app.app_context(), looking(EVERYWHERE):
        key = db.session.scalar(sqlalchemy.select(User.fs_uniquifier).where(User.id == number))
    client = app.test_client()
    with app.test_request_context(environ_base=client.environ_base):
        browser = app.login_manager._session_identifier_generator()
    with client.session_transaction() as session:
        session.update(_user_id=key, _fresh=True, _id=browser, fs_cc="set", fs_paa=time.time())
    return client
