"""A database for each worker: migrated and filled with reference data once for the session (the
first worker makes the model, the others copy it) and brought back to that state after each test.

Triggers write down which tables a test has touched, so that only these are put back.
"""

import os
from contextlib import contextmanager, suppress

import psycopg
from flask_migrate import upgrade
from psycopg import sql
from sqlalchemy.engine import make_url

from config import TestConfig, home
from tuoyu import create_app
from tuoyu.embedded import database_url, for_sqlalchemy

REFERENCE_DATA = ("import-regions", "load-dictionaries")

WATCH = """
create schema pristine;
create schema tidy;
create table tidy.touched (name text not null);
create function tidy.touch() returns trigger language plpgsql as $$
begin
  insert into tidy.touched values (tg_table_name);
  return null;
end $$;

create function tidy.columns_of(wanted text) returns text language sql as $$
  select string_agg(quote_ident(column_name), ', ') from information_schema.columns
  where table_schema = 'public' and table_name = wanted and is_generated = 'NEVER'
$$;

create function tidy.up() returns void language plpgsql as $$
declare
  t text;
begin
  perform set_config('session_replication_role', 'replica', true);  -- no triggers, any order
  for t in select distinct name from tidy.touched loop
    execute format('delete from public.%I', t);
    if to_regclass(format('pristine.%I', t)) is not null then
      execute format('insert into public.%1$I (%2$s) overriding system value
                      select %2$s from pristine.%1$I', t, tidy.columns_of(t));
    end if;
  end loop;
  delete from tidy.touched;
end $$;

do $$
declare
  t text;
  filled boolean;
begin
  for t in select tablename from pg_tables
           where schemaname = 'public' and tablename <> 'alembic_version' loop
    execute format('create trigger touch after insert or update or delete or truncate
                    on public.%I for each statement execute function tidy.touch()', t);
    execute format('select exists (select from public.%I)', t) into filled;
    if filled then
      execute format('create table pristine.%1$I as table public.%1$I', t);
    end if;
  end loop;
end $$;
"""


class Database:
    """The database of this worker, and the connection that looks after it."""

    def __init__(self, url):
        self.url = url
        self.name = make_url(url).database
        self.keeper = connect(url)
        self.keeper.execute("set lock_timeout = '10s'")  # a test that left a transaction open

    def tidy(self):
        """Bring every table that was touched back to where the session began."""
        self.keeper.execute("select tidy.up()")

    @contextmanager
    def checkpoint(self):
        """For the length of the block, tidying goes back to how things stand now."""
        touched = [
            name for (name,) in self.keeper.execute("select distinct name from tidy.touched")
        ]
        for name in touched:
            execute(self.keeper, "create table pristine.{0} as table public.{0}", name)
        self.keeper.execute("delete from tidy.touched")
        try:
            yield
        finally:
            for name in touched:
                execute(self.keeper, "drop table pristine.{}", name)
                self.keeper.execute("insert into tidy.touched values (%s)", [name])
            self.tidy()


@contextmanager
def database_of(worker):
    """The Database of `worker` for the length of the block; raises when a migration fails."""
    server = server_url()
    session = os.getpid() if worker == "master" else os.getppid()  # one pytest, many workers
    model, mine = f"tuoyu_{session}", f"tuoyu_{session}_{worker}"
    with connect(server) as keeper:
        keeper.execute("select pg_advisory_lock(%s)", [session])
        drop_leftovers(keeper)
        if not exists(keeper, model):
            make_model(keeper, server, model)
        execute(keeper, "create database {} template {}", mine, model)
        keeper.execute("select pg_advisory_unlock(%s)", [session])
    database = Database(named(server, mine))
    try:
        yield database
    finally:
        database.keeper.close()
        with connect(server) as keeper:
            execute(keeper, "drop database {} with (force)", mine)


def server_url():
    """TEST_DATABASE_URL (a superuser's), or the embedded server, told not to wait for the disk."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        return for_sqlalchemy(given)
    url = database_url(home())
    with connect(url) as keeper:
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            execute(keeper, "alter system set {} = off", setting)
        keeper.execute("select pg_reload_conf()")
    return url


def make_model(keeper, server, model):
    execute(keeper, "create database {} template template0", model)
    try:
        fill(named(server, model))
    except BaseException:
        execute(keeper, "drop database {} with (force)", model)
        raise


def fill(url):
    app = create_app(TestConfig(url))
    with app.app_context():
        upgrade()
    for command in REFERENCE_DATA:
        done = app.test_cli_runner().invoke(args=[command], catch_exceptions=False)
        assert done.exit_code == 0, done.output
    with app.app_context():
        app.extensions["sqlalchemy"].engine.dispose()
    with connect(url) as keeper:
        keeper.execute(WATCH)


def drop_leftovers(keeper):
    """What sessions that were killed left behind; a name tells the process."""
    names = keeper.execute("select datname from pg_database where datname ~ '^tuoyu_[0-9]+'")
    for (name,) in names.fetchall():
        if not is_running(int(name.split("_")[1])):
            execute(keeper, "drop database if exists {} with (force)", name)


def is_running(pid):
    with suppress(ProcessLookupError, PermissionError):
        os.kill(pid, 0)
        return True
    return False


def exists(keeper, name):
    return keeper.execute("select 1 from pg_database where datname = %s", [name]).fetchone()


def execute(keeper, statement, *names):
    keeper.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


def named(url, database):
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def connect(url):
    return psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True)
