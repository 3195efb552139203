"""The rules of the house, read off the code itself."""

import ast
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Blueprint
from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint

from config import TestConfig
from tuoyu import create_app
from tuoyu.archives.models import ArchiveRevision
from tuoyu.extensions import db
from tuoyu.scope import Scope, Scoped, ScopeNotSet, looking
from tuoyu.web.guard import UnguardedRoute, insist_every_route_is_guarded

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "tuoyu").rglob("*.py"))
SEEN_BY_ALL = {"Region", "DictItem", "Parameter", "Holiday", "Period"}
SQL = {"db", "sa", "sqlalchemy"}  # a `text` of anything else is no statement
AROUND_THE_SCOPE = {"text", "__table__", "get_or_404", "first_or_404", "populate_existing"}
MAY_ALIAS = {"regions/search.py"}  # an open model; the scope does not narrow a joined alias
MAY_COMMIT = {"web/transaction.py", "commands.py", "demo/commands.py"}
FILTERS = {"state", "month", "region_path", "first_due_month", "closed_on", "level", "can_report"}
KEYS = UniqueConstraint | PrimaryKeyConstraint
MAY_SET_STATE = {"workflow/reviewable.py"}


def name_of(source):
    return str(source.relative_to(ROOT / "tuoyu"))


def calls_in(source):
    return [node for node in ast.walk(ast.parse(source.read_text())) if isinstance(node, ast.Call)]


def methods_called(source):
    return {c.func.attr for c in calls_in(source) if isinstance(c.func, ast.Attribute)}


def test_a_route_that_does_not_say_who_may_enter_stops_the_program(one_app):
    app = create_app(TestConfig(one_app.config["SQLALCHEMY_DATABASE_URI"]))
    room = Blueprint("forgotten", __name__)
    room.add_url_rule("/forgotten", view_func=lambda: "")
    app.register_blueprint(room)
    with pytest.raises(UnguardedRoute):
        insist_every_route_is_guarded(app)


def test_every_table_is_scoped_or_deliberately_open(app):
    models = {mapper.class_ for mapper in db.Model.registry.mappers}
    assert {m.__name__ for m in models if not issubclass(m, Scoped)} == SEEN_BY_ALL


def test_a_query_on_nobodys_behalf_is_refused(app):
    with app.app_context(), pytest.raises(ScopeNotSet):
        db.session.scalars(db.select(ArchiveRevision)).all()


def test_a_scope_that_names_nothing_sees_nothing(cast):
    cast.archive(cast.sunshine)
    with cast.app.app_context(), looking(Scope()):
        assert db.session.scalars(db.select(ArchiveRevision)).all() == []


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_nobody_goes_around_the_scope(source):
    """Raw SQL, bare tables and the identity map are the only ways past it."""
    tree = ast.parse(source.read_text())
    attributes = [n for n in ast.walk(tree) if isinstance(n, ast.Attribute)]
    names = {n.attr for n in attributes if n.attr != "text" or ast.unparse(n.value) in SQL}
    names |= {a.name for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
    assert not names & AROUND_THE_SCOPE
    gets = [c for c in calls_in(source) if ast.unparse(c.func).endswith("db.session.get")]
    assert not gets
    assert "aliased" not in names or name_of(source) in MAY_ALIAS


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_only_the_hall_commits(source):
    commits = methods_called(source) & {"commit"}
    assert not commits or name_of(source) in MAY_COMMIT


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_nobody_assigns_a_state_but_the_law(source):
    targets = [
        target
        for node in ast.walk(ast.parse(source.read_text()))
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "state"
    ]
    assert not targets or name_of(source) in MAY_SET_STATE


@pytest.mark.parametrize("source", SOURCES, ids=name_of)
def test_there_is_one_clock(source):
    asked = {ast.unparse(c.func) for c in calls_in(source)} & {
        "datetime.now",
        "datetime.utcnow",
        "date.today",
        "datetime.today",
        "time.time",
    }
    assert not asked or name_of(source) == "clock.py"


def test_rooms_shelves_and_tests_have_the_same_names():
    rooms = {p.parent.name for p in (ROOT / "tuoyu").glob("*/__init__.py")}
    shelves = {p.name for p in (ROOT / "templates").iterdir() if p.is_dir()}
    assert shelves - {"layouts", "components"} <= rooms
    with_doors = {p.parent.name for p in (ROOT / "tuoyu").glob("*/views.py")}
    tested = {p.name for p in (ROOT / "tests").iterdir() if p.is_dir()}
    assert with_doors <= tested


def test_migrations_are_numbered_and_have_one_head():
    scripts = ScriptDirectory(str(ROOT / "migrations"))
    numbers = sorted(script.revision for script in scripts.walk_revisions())
    assert numbers == [f"{n:04d}" for n in range(1, len(numbers) + 1)]
    assert len(scripts.get_heads()) == 1


def test_the_migrations_make_the_tables_of_the_models(app):
    with app.app_context(), db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def test_every_foreign_key_and_filter_has_an_index(app):
    assert app  # every model is known once the program has started
    filtered = {c for table in db.metadata.sorted_tables for c in table.columns if is_filter(c)}
    assert [str(column) for column in filtered if not leads_an_index(column)] == []


def is_filter(column):
    """Foreign keys, and the columns by which lists are narrowed."""
    return bool(column.foreign_keys) or column.name in FILTERS


def leads_an_index(column):
    table = column.table
    keys = [key for key in table.constraints if isinstance(key, KEYS)]
    return any(list(index.columns)[:1] == [column] for index in [*table.indexes, *keys])
