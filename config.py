"""Configuration from the environment; README lists every variable."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from tuoyu.embedded import database_url, for_sqlalchemy
from tuoyu.mail import server_of

CHEAP_HASH = {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
ROOT = Path(__file__).resolve().parent
# What stands in the foot of every page, each when it is known.
SITE = (
    "SITE_SPONSOR",  # 主办单位
    "SITE_SUPPORT",  # 技术支持
    "SITE_PHONE",  # 联系电话
    "SITE_CODE",  # 政府网站标识码
    "SITE_ICP",  # ICP 备案号
    "SITE_POLICE",  # 公安备案号
)


def home():
    """The data folder: embedded database, secret key."""
    return Path(os.environ.get("TUOYU_HOME") or ROOT / "var").resolve()


def secret_key():
    """From the environment, or made once and kept in the data folder."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    kept = home() / "secret_key"
    if not kept.exists():
        keep(kept, secrets.token_hex(32))
    return kept.read_text()


def keep(path, secret):
    """Write the file whole or not at all; of several processes the first one wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secret)
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def where_the_data_is():
    """An address for SQLAlchemy: DATABASE_URL, or that of the embedded server, which it starts."""
    given = os.environ.get("DATABASE_URL")
    return for_sqlalchemy(given) if given else database_url(home())


class Config:
    """Read when the program starts, not when this file is imported."""

    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SAMESITE = "Lax"
    REMEMBER_COOKIE_HTTPONLY = True
    REMEMBER_COOKIE_SAMESITE = "Lax"
    WTF_CSRF_TIME_LIMIT = None  # as long as the session
    MAX_CONTENT_LENGTH = 50 * 1024 * 1024
    MAX_FORM_MEMORY_SIZE = 512 * 1024
    SQLALCHEMY_ENGINE_OPTIONS = {"pool_pre_ping": True}

    def __init__(self, database=None):
        self.SECRET_KEY = secret_key()
        self.SECURITY_PASSWORD_SALT = self.SECRET_KEY
        self.SQLALCHEMY_DATABASE_URI = database or where_the_data_is()
        self.TRUSTED_HOSTS = os.environ.get("TUOYU_HOSTS", "").split() or None
        self.TUOYU_NOW = os.environ.get("TUOYU_NOW")
        self.DEMO = os.environ.get("TUOYU_DEMO") == "1"
        self.SESSION_COOKIE_SECURE = os.environ.get("TUOYU_HTTPS") == "1"
        self.REMEMBER_COOKIE_SECURE = self.SESSION_COOKIE_SECURE
        self.TUOYU_ADDRESS = os.environ.get("TUOYU_ADDRESS", "").rstrip("/")
        self.MAIL_SERVER = server_of(os.environ)
        for name in SITE:
            setattr(self, name, os.environ.get(name, ""))


class TestConfig(Config):
    """Fast and quiet: no CSRF tokens in forms, no counting of requests, a cheap password hash."""

    __test__ = False  # no test by itself, whatever the name says
    TESTING = True
    WTF_CSRF_ENABLED = False
    RATELIMIT_ENABLED = False
    SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS = CHEAP_HASH


class StrictTestConfig(Config):
    """For the tests of what TestConfig leaves out."""

    TESTING = True
    SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS = CHEAP_HASH
