"""What is done once a day, before the first request of the day is answered.

A process remembers the day on which it has done it; what is done must bear to be done twice, as
every process does it.
"""

from flask import current_app, request
from sqlalchemy.exc import OperationalError

from tuoyu.clock import today
from tuoyu.extensions import db

ERRANDS = []


def once_a_day(errand):
    """Mark a function without arguments, which runs in a transaction of its own."""
    ERRANDS.append(errand)
    return errand


def init_app(app):
    app.extensions["daily"] = {"done": None}
    app.before_request(run_errands)


def run_errands():
    """Run them unless this process has today; without a database the request fails by itself."""
    daily = current_app.extensions["daily"]
    if daily["done"] == today() or request.endpoint in (None, "static"):
        return
    try:
        with db.session.begin():
            for errand in ERRANDS:
                errand()
    except OperationalError:
        return
    daily["done"] = today()
