"""`bin/serve` says in one sentence why it will not start, or it serves."""

import os
import secrets
import socket
import subprocess
import time
import urllib.request

import psycopg
import pytest

from config import ROOT
from tests.database import execute, named
from tuoyu.dictionaries.models import Parameter
from tuoyu.extensions import db

KEY = secrets.token_hex(32)
NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"


def serve(*arguments, **variables):
    """Start bin/serve with nothing but these variables in its environment."""
    return subprocess.Popen(
        [ROOT / "bin" / "serve", *arguments],
        env={"PATH": os.environ["PATH"], "WEB_CONCURRENCY": "1"} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def refusal_of(*arguments, **variables):
    process = serve(*arguments, **variables)
    shown, refusal = process.communicate(timeout=60)
    assert process.returncode == 1, shown
    assert len(refusal.strip().splitlines()) == 1, refusal
    return refusal


@pytest.fixture
def empty_database(worker_database):
    name = f"{worker_database.name}_empty"
    execute(worker_database.keeper, "create database {} template template0", name)
    yield named(worker_database.url, name)
    execute(worker_database.keeper, "drop database {} with (force)", name)


@pytest.mark.parametrize(
    ("variables", "reason"),
    [
        ({"SECRET_KEY": KEY}, "DATABASE_URL is not set"),
        ({"SECRET_KEY": KEY, "DATABASE_URL": "sqlite:///x.db"}, "must be a PostgreSQL address"),
        ({"DATABASE_URL": NOWHERE}, "SECRET_KEY is not set"),
        ({"DATABASE_URL": NOWHERE, "SECRET_KEY": "change-me"}, "too short or too simple"),
        ({"DATABASE_URL": NOWHERE, "SECRET_KEY": "secret" * 10}, "too short or too simple"),
        ({"DATABASE_URL": NOWHERE, "SECRET_KEY": KEY, "TUOYU_DEMO": "1"}, "TUOYU_DEMO is set"),
        ({"DATABASE_URL": NOWHERE, "SECRET_KEY": KEY, "TUOYU_NOW": "2024-02-04"}, "TUOYU_NOW is"),
        ({"DATABASE_URL": NOWHERE, "SECRET_KEY": KEY}, "does not answer"),
    ],
)
def test_it_refuses_in_one_sentence(variables, reason):
    assert reason in refusal_of(**variables)


def test_an_argument_it_does_not_know_is_refused():
    assert "--migrate" in refusal_of("--migrat", DATABASE_URL=NOWHERE, SECRET_KEY=KEY)


@pytest.mark.database
def test_it_refuses_a_database_that_was_not_migrated(empty_database):
    reason = refusal_of(DATABASE_URL=empty_database, SECRET_KEY=KEY)
    assert "bin/serve --migrate" in reason


@pytest.mark.database
def test_it_refuses_demo_data(app, worker_database):
    with app.app_context():
        db.session.add(Parameter(key="demo.seeded", value="1"))
        db.session.commit()
    assert "demo data" in refusal_of(DATABASE_URL=worker_database.url, SECRET_KEY=KEY)


@pytest.mark.database
def test_told_to_migrate_it_makes_the_tables_and_serves(empty_database):
    place = f"127.0.0.1:{free_port()}"
    process = serve("--migrate", DATABASE_URL=empty_database, SECRET_KEY=KEY, BIND=place)
    try:
        answer = wait_for(f"http://{place}/healthz", process)
        assert answer.status == 200
        assert tables_of(empty_database) > 5
        wait_for(f"http://{place}/login?k=a-key", process)
    finally:
        process.terminate()
        log, _ = process.communicate(timeout=30)
    assert '"GET /login" ' in log
    assert "a-key" not in log
    assert process.returncode == 0


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address, process):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(120):
        assert process.poll() is None, process.stderr.read()
        try:
            return opener.open(address, timeout=10)
        except OSError:
            time.sleep(0.25)
    raise AssertionError("it never answered")


def tables_of(url):
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        counted = connection.execute("select count(*) from pg_tables where schemaname = 'public'")
        return counted.fetchone()[0]
