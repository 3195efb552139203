"""A password follows another; the last five are refused (GB/T 22239-2019 8.1.4.1 a)."""

import secrets
from datetime import datetime
from uuid import uuid4

from flask_security import verify_password
from sqlalchemy import DateTime, ForeignKey, String, false, select
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.accounts import links
from tuoyu.accounts.attempts import forget
from tuoyu.accounts.models import User
from tuoyu.accounts.passwords import complaints, hashed, normal
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.scope import EVERYWHERE, Scoped, looking

REMEMBERED = 5  # with the present one
USED_BEFORE = f"不能使用最近{REMEMBERED}次用过的密码，请换一个"


class FormerPassword(Scoped, db.Model):
    """The hash of a password that an account had."""

    __tablename__ = "former_passwords"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    password: Mapped[str] = mapped_column(String(255))
    until: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)

    @classmethod
    def within(cls, scope):
        return false()  # compared with, never shown


def objections(user, password):
    """Why the account may not take this password, sentences; empty when it may."""
    if faults := complaints(password, user=user):
        return faults
    return [USED_BEFORE] if was_used(user, normal(password)) else []


def was_used(user, password):
    newest = FormerPassword.until.desc(), FormerPassword.id.desc()
    former = select(FormerPassword.password).where(FormerPassword.user_id == user.id)
    with looking(EVERYWHERE):
        before = db.session.scalars(former.order_by(*newest).limit(REMEMBERED - 1)).all()
    return any(verify_password(password, one) for one in (user.password, *before))


def alone_with(user):
    """Wait for whoever changes this account just now, and read it anew; held until the request is
    committed or refused. To be called before anything is written that names the account: whoever
    has written such a row and then waits makes the other wait for ever."""
    db.session.refresh(user, ["active", "email", "password"], with_for_update=True)


def change_password(user, password, must_change=False):
    """Give the account this password, which has been found good. Its sessions end, its lock is
    taken off, and its links are void."""
    alone_with(user)
    db.session.add(FormerPassword(user_id=user.id, password=user.password))
    user.password = hashed(password)
    user.must_change = must_change
    end_sessions(user)
    forget(user)


def take_password_away(user):
    """From now on nobody knows the account's password: only a link leads to another one. Sessions
    end, and links that are about are void."""
    change_password(user, secrets.token_urlsafe(32), must_change=True)


def end_sessions(user):
    """Whoever is signed in to this account must sign in again: the key of every session of
    Flask-Security is `fs_uniquifier`. Links that were asked for meanwhile are void, the one to
    another mailbox too: it would lead whoever had got in back to the password."""
    user.fs_uniquifier = uuid4().hex
    for purpose in links.Purpose:
        links.tear_up(user, purpose)
