import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg
import pytest

from config import ROOT
from tuoyu.embedded import database_url, for_sqlalchemy

USER = """
import sys
from tuoyu.embedded import database_url
print(database_url(sys.argv[1]), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def home():
    folder = tempfile.mkdtemp(prefix="tuoyu-home-")
    yield Path(folder)
    shutil.rmtree(folder)


class Process:
    """Another process that uses the server in `home` until it is told to leave."""

    def __init__(self, home):
        self.process = subprocess.Popen(
            [sys.executable, "-c", USER, str(home)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def address(self):
        return self.process.stdout.readline().strip()

    def leave(self):
        self.process.communicate(timeout=30)
        assert self.process.returncode == 0


def answers(address):
    try:
        with psycopg.connect(address.replace("+psycopg", "")) as connection:
            return connection.execute("select 1").fetchone() == (1,)
    except psycopg.OperationalError:
        return False


def test_the_server_stays_until_the_last_one_leaves(home):
    first, second = Process(home), Process(home)  # both at once, on an empty folder
    address = first.address()
    assert second.address() == address
    assert answers(address)
    first.leave()
    assert answers(address)
    second.leave()
    assert not answers(address)
    assert not (home / "pg" / "postmaster.pid").exists()


def test_a_crash_does_not_keep_the_server_from_starting(home):
    crashed = Process(home)
    address = crashed.address()
    note = home / "pg" / "postmaster.pid"
    lines = note.read_text().splitlines()
    crashed.process.kill()
    crashed.process.communicate()
    subprocess.run([sys.executable, "-m", "tuoyu.embedded", home], cwd=ROOT, check=True)
    assert not answers(address)
    # the number of the dead server now belongs to a process that has nothing to do with it
    note.write_text("\n".join(["1", *lines[1:]]) + "\n")
    again = Process(home)
    assert answers(again.address())
    again.leave()


@pytest.mark.parametrize(
    "given",
    [
        "postgres://me:pw@db.example/tuoyu",
        "postgresql://me:pw@db.example/tuoyu",
        "postgresql+psycopg2://me:pw@db.example/tuoyu",
    ],
)
def test_every_spelling_of_an_address_gets_the_driver_we_have(given):
    assert for_sqlalchemy(given) == "postgresql+psycopg://me:pw@db.example/tuoyu"


@pytest.mark.parametrize("given", ["sqlite:///data.db", "mysql://db/tuoyu", "data.db"])
def test_other_databases_are_refused(given):
    with pytest.raises(ValueError, match="PostgreSQL"):
        for_sqlalchemy(given)


def test_a_folder_that_postgresql_would_misread_is_refused(home):
    with pytest.raises(ValueError, match="without spaces"):
        database_url(home / "two words")
