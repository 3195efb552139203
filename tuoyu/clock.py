"""The one clock of the program. Every deadline is read from it.

`TUOYU_NOW` (ISO 8601, Beijing time when no offset is given) moves it: the clock starts at that
instant when the process starts, and goes on from there. Tests set it with `at()`.
"""

import time
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")

_started = time.monotonic()
_origin = None
_frozen = None


def init_app(app):
    """Read TUOYU_NOW from the configuration; raises ValueError when it is no date and time."""
    global _origin, _started
    moved = app.config.get("TUOYU_NOW")
    _origin = beijing(datetime.fromisoformat(moved)) if moved else None
    _started = time.monotonic()


def now():
    """This instant, aware, in Asia/Shanghai."""
    if _frozen is not None:
        return _frozen
    if _origin is not None:
        return _origin + timedelta(seconds=time.monotonic() - _started)
    return datetime.now(BEIJING)


def today():
    """The date in Asia/Shanghai."""
    return now().date()


def beijing(moment):
    """The same instant in Beijing time; a naive one is taken to be Beijing time already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=BEIJING)
    return moment.astimezone(BEIJING)


@contextmanager
def at(moment):
    """Hold the clock still at `moment` (datetime or ISO text) for the length of the block."""
    global _frozen
    before = _frozen
    _frozen = beijing(datetime.fromisoformat(moment) if isinstance(moment, str) else moment)
    try:
        yield _frozen
    finally:
        _frozen = before
