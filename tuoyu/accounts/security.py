"""Hashes, sessions and their invalidation are Flask-Security's; the pages are ours."""

from flask_security import Security, SQLAlchemyUserDatastore
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from tuoyu.accounts import resettling, throttle, visits  # noqa: F401
from tuoyu.accounts.models import User
from tuoyu.accounts.passwords import PasswordPolicy
from tuoyu.extensions import db
from tuoyu.scope import EVERYWHERE, looking

datastore = SQLAlchemyUserDatastore(db, User, None)
SETTINGS = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_NORMALIZE_FORM": "NFKC",
    "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"username": {"mapper": lambda name: name}}],
    "SECURITY_TRACKABLE": False,
    "SECURITY_ANONYMOUS_USER_DISABLED": False,
    "SECURITY_CLI_USERS_NAME": None,  # `flask create-officer` knows our rules, theirs do not
    "SECURITY_CLI_ROLES_NAME": None,
    "LOGIN_ATTEMPTS": 5,  # wrong passwords within the time below lock the account for as long
    "LOGIN_LOCK_MINUTES": 15,
    "LOGINS_PER_ADDRESS": "30 per minute; 600 per hour",
    "REGISTRATIONS_PER_ADDRESS": "20 per minute; 200 per hour",
    "RECOVERIES_PER_ADDRESS": "10 per minute; 60 per hour",
    "IDLE_MINUTES_INSTITUTION": 30,
    "IDLE_MINUTES_OFFICER": 15,
}


def init_app(app):
    """Sign-in for the program; every setting above may be set in the configuration."""
    for key, value in SETTINGS.items():
        app.config.setdefault(key, value)
    security = Security(app, datastore, register_blueprint=False, password_util_cls=PasswordPolicy)
    security.principal.skip_static = True  # a picture or a stylesheet needs to know nobody
    security.login_manager.user_loader(who_is)
    security.login_manager.request_loader(lambda request: None)  # sessions only, no tokens
    throttle.init_app(app)


def who_is(key):
    """The User whose session this is, unless it was signed out, suspended or idle for too long.

    Office and region come along, so that the page head can be drawn whatever scope is set.
    """
    head = joinedload(User.region), joinedload(User.institution)
    with looking(EVERYWHERE):
        user = db.session.scalar(select(User).where(User.fs_uniquifier == key).options(*head))
    return user if user and user.active and visits.goes_on(user) else None
