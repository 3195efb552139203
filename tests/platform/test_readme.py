"""What README and docs/ say is there is there, and what an operator may set is said."""

import os
import re
from importlib.util import find_spec

import pytest

from config import ROOT, SITE
from tuoyu.demo.people import PASSWORD, SHOWN

README = (ROOT / "README.md").read_text()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
READERS = [
    ROOT / name
    for name in (
        "config.py",
        "wsgi.py",
        "tests/database.py",
        "tuoyu/mail.py",
        "tuoyu/production.py",
        "tests/journeys/people.py",
    )
]
SCRIPTS = sorted((ROOT / "bin").iterdir())
OF_THE_SYSTEM = {"HOME", "TMPDIR"}
IN_PYTHON = re.compile(r'environ(?:\.get)?[\[(]"([A-Z_]+)"')
IN_SHELL = re.compile(r"\$\{([A-Z_]+):?-")
HEAVIEST_PICTURE = 200_000


def page_name(page):
    return page.name


def section(title):
    return README.split(f"\n{title}\n")[1].split("\n#")[0]


def first_cells(table):
    """The words in backticks in the first column of the tables of a section."""
    rows = (line.split("|")[1] for line in table.splitlines() if line.startswith("| "))
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


def test_every_variable_is_told_and_every_told_variable_is_read():
    read = set(SITE)
    for file in READERS:
        read |= set(IN_PYTHON.findall(file.read_text()))
    for script in SCRIPTS:
        read |= set(IN_SHELL.findall(script.read_text()))
    told = first_cells(section("## Configuration"))
    assert len(told) == len(set(told))
    assert set(told) == read - OF_THE_SYSTEM


def test_the_accounts_told_are_those_of_the_demo():
    told = first_cells(section("## Try it").split("| account |")[1])
    assert sorted(told) == sorted(username for username, _ in SHOWN)
    assert PASSWORD not in README  # bin/demo prints it


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_script_can_be_run(page):
    named = set(re.findall(r"(?<!\.venv/)\bbin/([a-z]+)\b(?!/)", page.read_text()))
    for name in named:
        assert os.access(ROOT / "bin" / name, os.X_OK), name


def test_every_script_is_told():
    for script in SCRIPTS:
        assert f"bin/{script.name}" in README


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_flask_command_is_there(page, one_app):
    for words in re.findall(r"flask ((?:db )?[a-z][a-z-]+)", page.read_text()):
        group, command = one_app.cli, None
        for word in words.split():
            command = group.get_command(None, word)
            assert command, words
            group = command


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_module_is_there(page):
    for name in re.findall(r"python -m ([\w.]+)", page.read_text()):
        assert find_spec(name), name


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_every_path_leads_somewhere(page):
    text = page.read_text()
    links = re.findall(r"\]\(([^)#:]+)\)", text)
    for link in links:
        assert (page.parent / link).exists(), link
    folders = "bench|bin|data|docs|migrations|static|templates|tests|tuoyu"
    for path in re.findall(rf"`((?:{folders})/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path


def test_links_inside_the_page_find_their_heading():
    headings = {h.lower().replace(" ", "-") for h in re.findall(r"^#+ (.+)$", README, re.M)}
    anchors = re.findall(r"\]\(#([^)]+)\)", README)
    assert anchors
    assert set(anchors) <= headings


def test_decisions_are_numbered_without_a_gap():
    records = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    for number, record in enumerate(records, 1):
        assert record.name.startswith(f"{number:04d}-")
        assert record.read_text().startswith(f"# {number}. ")


def test_no_picture_is_heavy():
    pictures = sorted((ROOT / "docs" / "img").glob("*.png"))
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size < HEAVIEST_PICTURE, picture.name
