"""What happened to an account: who did what, when, from where. Rows are only ever added."""

from datetime import datetime
from enum import StrEnum

from flask import has_request_context, request
from flask_login import current_user
from sqlalchemy import DateTime, ForeignKey, String, false, func, select
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.accounts.models import User, one_of
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.scope import EVERYWHERE, Scoped, looking

SHOWN = 20
LONGEST_DETAIL = 300
SELF, STRANGER, SERVER = "本人", "未登录", "系统运维"


class Event(StrEnum):
    NAME = "name"
    MOBILE = "mobile"
    EMAIL_ASKED = "email_asked"
    EMAIL = "email"
    PASSWORD = "password"
    RECOVERY = "recovery"
    RECOVERY_REFUSED = "recovery_refused"
    LINK_USED = "link_used"
    RESET = "reset"
    INVITED = "invited"
    DISABLED = "disabled"
    ENABLED = "enabled"
    HANDED_OVER = "handed_over"

    @property
    def label(self):
        return LABELS[self]


LABELS = {
    Event.NAME: "修改显示名称",
    Event.MOBILE: "修改手机号",
    Event.EMAIL_ASKED: "申请更换邮箱",
    Event.EMAIL: "更换邮箱",
    Event.PASSWORD: "修改密码",
    Event.RECOVERY: "申请找回密码",
    Event.RECOVERY_REFUSED: "申请找回密码（次数过多，未寄信）",
    Event.LINK_USED: "用专属链接设置密码",
    Event.RESET: "重置密码",
    Event.INVITED: "开通账号",
    Event.DISABLED: "停用账号",
    Event.ENABLED: "恢复账号",
    Event.HANDED_OVER: "交接主账号",
}


class AccountEvent(Scoped, db.Model):
    """One line of the log. `detail` never holds a password or a link."""

    __tablename__ = "account_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True)
    by_name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[Event] = mapped_column(one_of(Event, 16))
    detail: Mapped[str] = mapped_column(String(LONGEST_DETAIL), default="")
    ip: Mapped[str | None] = mapped_column(String(45))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)

    @classmethod
    def within(cls, scope):
        return false()  # read through latest() alone, for an account one may see


def note(kind, user, detail="", by=None):
    """Write down what happened to `user` (None: to a name that nobody has). `by` is the person at
    the keyboard when it is not whoever is signed in; the server's keeper when there is no request.
    """
    signed_in = current_user if has_request_context() and current_user.is_authenticated else None
    by = by or signed_in
    event = AccountEvent(
        user_id=user and user.id,
        by_id=by and by.id,
        by_name=name_of(by, user),
        kind=kind,
        detail=detail[:LONGEST_DETAIL],
        ip=request.remote_addr if has_request_context() else None,
    )
    db.session.add(event)


def name_of(by, user):
    if by is None:
        return STRANGER if has_request_context() else SERVER
    return SELF if user and by.id == user.id else f"{by.office} {by.display_name}"


def latest(user, most=SHOWN):
    """The newest events of an account, newest first."""
    newest = AccountEvent.at.desc(), AccountEvent.id.desc()
    with looking(EVERYWHERE):
        return db.session.scalars(
            select(AccountEvent)
            .where(AccountEvent.user_id == user.id)
            .order_by(*newest)
            .limit(most)
        ).all()


def how_often(kind, user, since):
    """How many events of this kind the account has had since that moment."""
    wanted = AccountEvent.user_id == user.id, AccountEvent.kind == kind, AccountEvent.at > since
    with looking(EVERYWHERE):
        return db.session.scalar(select(func.count(AccountEvent.id)).where(*wanted))
