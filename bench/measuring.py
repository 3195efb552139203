"""What every bench needs: a database of its own, the SQL that was sent, and the time."""

from contextlib import contextmanager
from time import perf_counter

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import make_url

from config import where_the_data_is
from tuoyu.extensions import db


@contextmanager
def own_database(name):
    """The address of a database of our own, dropped at the end."""
    server = make_url(where_the_data_is())
    address = server.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(address, autocommit=True) as keeper:
        keeper.execute(f"drop database if exists {name}")
        keeper.execute(f"create database {name}")
        try:
            yield server.set(database=name).render_as_string(hide_password=False)
        finally:
            keeper.execute(f"drop database {name} with (force)")


@contextmanager
def recorded():
    """Collects what is sent to the database: statement, parameters, whether there are many."""
    statements = []

    def listen(connection, cursor, statement, parameters, context, many):
        statements.append((statement, parameters, many))

    event.listen(db.engine, "before_cursor_execute", listen)
    try:
        yield statements
    finally:
        event.remove(db.engine, "before_cursor_execute", listen)


def run_bare(statements):
    cursor = db.session.connection().connection.cursor()
    for statement, parameters, many in statements:
        (cursor.executemany if many else cursor.execute)(statement, parameters)
        if cursor.description:
            cursor.fetchall()


def seconds(act):
    start = perf_counter()
    act()
    return perf_counter() - start


def tell(what, here, bare):
    wide = sum(ord(sign) > 0x2E7F for sign in what)  # Chinese signs take two columns
    print(f"{what:{42 - wide}}{here * 1000:7.1f} ms{bare * 1000:7.1f} ms")
