"""Links that open one door once: to a new password, or to a new e-mail address (Manual 5.2).

Only a digest is kept. An account has at most one link to each door; a new one takes its place.
"""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import DateTime, ForeignKey, String, UniqueConstraint, delete, false, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, joinedload, mapped_column, relationship

from tuoyu.accounts.models import User, one_of
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.refusal import Refusal
from tuoyu.scope import EVERYWHERE, Scoped, looking

HALF_AN_HOUR = timedelta(minutes=30)
A_DAY = timedelta(days=1)  # an operator who is not at the desk when the account is made


class Purpose(StrEnum):
    PASSWORD = "password"
    EMAIL = "email"


class DeadLink(Refusal):
    """A link that opens nothing: used, too old, replaced by a newer one, or never made."""

    status = 410
    message = "链接已失效：可能已经使用过、超过了有效时间，或者后来又申请了新的链接。请重新申请。"


class Link(Scoped, db.Model):
    """A door of one account that stands open for a while."""

    __tablename__ = "account_links"
    __table_args__ = (UniqueConstraint("user_id", "purpose"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    purpose: Mapped[Purpose] = mapped_column(one_of(Purpose, 12))
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    address: Mapped[str | None] = mapped_column(String(100))
    expires_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)

    user: Mapped[User] = relationship()

    @classmethod
    def within(cls, scope):
        return false()  # whoever holds the link may pass, nobody looks them up


def make(user, purpose, lasts=HALF_AN_HOUR, address=None):
    """A new link for `user`, in place of the one before. Answers its token, which is kept nowhere."""
    token = secrets.token_urlsafe(32)
    kept = {"digest": digest(token), "address": address, "expires_at": now() + lasts}
    row = insert(Link).values(user_id=user.id, purpose=purpose, **kept)
    db.session.execute(row.on_conflict_do_update(index_elements=["user_id", "purpose"], set_=kept))
    return token


def look_up(token, purpose):
    """The Link of this token, still unused; raises DeadLink."""
    wanted = select(Link).options(joinedload(Link.user)).where(opens(token, purpose))
    with looking(EVERYWHERE):
        link = db.session.scalar(wanted)
    if link is None or not link.user.active:
        raise DeadLink
    return link


def use_up(link):
    """Take the link away, so that nobody passes a second time; of two who do so at once one
    waits for the other, and is told DeadLink."""
    with looking(EVERYWHERE):
        taken = db.session.execute(
            delete(Link).where(Link.id == link.id, Link.digest == link.digest)
        )
    if not taken.rowcount:
        raise DeadLink


def tear_up(user, purpose):
    """Whatever link the account has to this door is void."""
    wanted = Link.user_id == user.id, Link.purpose == purpose
    with looking(EVERYWHERE):
        db.session.execute(delete(Link).where(*wanted))


def opens(token, purpose):
    return (Link.digest == digest(token)) & (Link.purpose == purpose) & (Link.expires_at > now())


def digest(token):
    return sha256(token.encode()).hexdigest()
