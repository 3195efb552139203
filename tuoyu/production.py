"""What must hold before the public may come in; `bin/serve` asks before it starts.

The environment is asked first (`python -m tuoyu.production`), because the program itself would
start an embedded database where none is named; then the database (`flask check-production`).
"""

import os
import sys

import click
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from tuoyu.embedded import for_sqlalchemy
from tuoyu.mail import server_of

SHORTEST_KEY = 32
MAKE_A_KEY = "make one with: python3 -c 'import secrets; print(secrets.token_hex(32))'"


def fault_of_environment(environ):
    """The first thing wrong with these variables, in one sentence, or None."""
    if environ.get("TUOYU_DEMO"):
        return "TUOYU_DEMO is set: bin/demo is the demo, bin/serve is for real data."
    if environ.get("TUOYU_NOW"):
        return "TUOYU_NOW is set: real deadlines need the real clock."
    return (
        fault_of_address(environ.get("DATABASE_URL"))
        or fault_of_key(environ.get("SECRET_KEY"))
        or fault_of_mail(environ)
    )


def fault_of_address(address):
    if not address:
        return "DATABASE_URL is not set: name the PostgreSQL database that holds the data."
    try:
        for_sqlalchemy(address)
    except ValueError as error:
        return f"{error}."
    return None


def fault_of_key(key):
    if not key:
        return f"SECRET_KEY is not set: {MAKE_A_KEY}"
    if len(key) < SHORTEST_KEY or len(set(key)) < SHORTEST_KEY // 4:
        return f"SECRET_KEY is too short or too simple: {MAKE_A_KEY}"
    return None


def fault_of_mail(environ):
    """Links in letters must lead to us, whatever host name a visitor sends along."""
    address = environ.get("TUOYU_ADDRESS")
    if address and not address.startswith(("https://", "http://")):
        return "TUOYU_ADDRESS must begin with https://."
    try:
        server = server_of(environ)
    except ValueError as error:
        return f"{error}."
    if server and not address:
        return "TUOYU_SMTP is set: set TUOYU_ADDRESS as well, links in letters lead there."
    return None


def check_production():
    """Say in one sentence why the database is not fit for the public, if it is not; then fail."""
    try:
        fault = fault_of_database()
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[-1]
        fault = f"The database does not answer: {reason}"
    if fault:
        raise click.ClickException(fault)


def fault_of_database():
    from tuoyu.dictionaries.models import Parameter
    from tuoyu.extensions import db
    from tuoyu.scope import EVERYWHERE, looking

    if not is_up_to_date(db.session.connection()):
        return "The database has not been migrated to this version: run bin/serve --migrate."
    with looking(EVERYWHERE):
        if db.session.scalar(select(Parameter.key).where(Parameter.key == "demo.seeded")):
            return "The database holds demo data: give DATABASE_URL one that never did."
    return None


def is_up_to_date(connection):
    scripts = ScriptDirectory(current_app.extensions["migrate"].directory)
    return set(MigrationContext.configure(connection).get_current_heads()) == set(
        scripts.get_heads()
    )


if __name__ == "__main__":
    sys.exit(fault_of_environment(os.environ))
