import pytest
from sqlalchemy import select

from tests.accounts.post import post_office
from tuoyu.accounts.models import Role, User
from tuoyu.accounts.people import director, officer
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.regions.models import Region
from tuoyu.scope import EVERYWHERE, looking

PASSWORD = "Lan-Hua-2023-x"
VILLAGE = "350102001004"
TOWNSHIP = "350102001000"


@pytest.fixture
def database_of(app):
    """database_of(select(…)) reads all rows of a statement, as nobody in particular."""

    def rows(statement):
        with app.app_context(), looking(EVERYWHERE):
            return db.session.scalars(statement).unique().all()

    return rows


@pytest.fixture
def accounts(app):
    """A director (garden_1) and a clerk (clerk_1), who sign in with PASSWORD."""
    with app.app_context(), looking(EVERYWHERE):
        village, township = (
            db.session.scalars(select(Region).where(Region.code == code)).one()
            for code in (VILLAGE, TOWNSHIP)
        )
        garden = Institution(name="兰花托育园", unified_social_credit_code="91350100M000100Y43")
        garden.settle_in(village)
        contact = {"mobile": "13800000001", "email": "Garden@example.org"}
        director(garden, "Garden_1", "兰园长", PASSWORD, **contact)
        officer(Role.TOWNSHIP, township, "clerk_1", "鼓东经办", PASSWORD)
        db.session.commit()


@pytest.fixture
def change(app):
    """change("Garden_1", active=False) sets columns of one account."""

    def apply(name, **columns):
        with app.app_context(), looking(EVERYWHERE):
            user = db.session.scalars(select(User).where(User.username == name)).one()
            for name, value in columns.items():
                setattr(user, name, value)
            db.session.commit()

    return apply


@pytest.fixture
def limited(strict_app, monkeypatch):
    """limited(LOGINS_PER_ADDRESS="2 per minute") is a browser whose address is counted, from one."""

    def browser(**settings):
        strict_app.extensions["throttle"].storage.reset()
        for name, value in {"WTF_CSRF_ENABLED": False, **settings}.items():
            monkeypatch.setitem(strict_app.config, name, value)
        return strict_app.test_client()

    return browser


@pytest.fixture
def post(app, monkeypatch):
    """The post office to which the program hands its letters."""
    with post_office() as (office, server):
        monkeypatch.setitem(app.config, "MAIL_SERVER", server)
        monkeypatch.setitem(app.config, "MAIL_PAUSES", (0.05, 0.05))
        yield office


@pytest.fixture
def enter(app, accounts):
    """enter("garden_1") is a new browser in which somebody has signed in at the door."""

    def sign_in(name="garden_1", password=PASSWORD):
        client = app.test_client()
        answer = client.post("/login", data={"username": name, "password": password})
        client.is_in = answer.status_code == 302
        return client

    return sign_in


@pytest.fixture
def user_named(database_of):
    """user_named("Garden_1") is the row as it stands now."""
    return lambda name: database_of(select(User).where(User.username == name))[0]
