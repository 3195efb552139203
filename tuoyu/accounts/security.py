"""Hashes, sessions and their invalidation are Flask-Security's; the pages are ours."""

from flask_security import Security, SQLAlchemyUserDatastore

from tuoyu.accounts.models import User
from tuoyu.extensions import db

datastore = SQLAlchemyUserDatastore(db, User, None)
SETTINGS = {
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"username": {"mapper": lambda name: name}}],
    "SECURITY_TRACKABLE": False,
    "SECURITY_ANONYMOUS_USER_DISABLED": False,
}


def init_app(app):
    for key, value in SETTINGS.items():
        app.config.setdefault(key, value)
    Security(app, datastore, register_blueprint=False)
