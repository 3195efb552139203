"""Wrong passwords lock an account for a while (GB/T 22239-2019 8.1.4.1 b).

A try is written down before the password is looked at, and in a transaction of its own: guesses
sent all at once are counted too, and the refusal of the request does not take its record away.
A name that no account has is counted like one that has, so that a lock betrays nothing.
"""

from datetime import timedelta
from hashlib import sha256

from flask import current_app, request
from sqlalchemy import delete, func, insert, select

from tuoyu.accounts.models import LoginAttempt, User
from tuoyu.accounts.names import goes_by
from tuoyu.clock import beijing, now
from tuoyu.extensions import db
from tuoyu.refusal import NotAcceptable


class Locked(NotAcceptable):
    """Too many wrong passwords; not even the right one opens for now."""

    def __init__(self, until):
        super().__init__(f"登录失败次数过多，账号已临时锁定，请在{beijing(until):%H:%M}以后再试。")


def count(name):
    """Write down one more try at the account that goes by `name`, or at nobody's; raises Locked
    instead when it is locked."""
    moment = now()
    with db.engine.begin() as connection:
        owner = connection.scalar(select(User.username).where(goes_by(name)))
        account = digest(owner or name)
        connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(account))))
        until = locked_until(connection, account)
        if until is None or until <= moment:
            forgotten = LoginAttempt.at < moment - 2 * span()
            connection.execute(delete(LoginAttempt).where(forgotten))
            connection.execute(insert(LoginAttempt).values(account=account, at=moment))
            return
    current_app.logger.warning("account locked: %.12s from %s", account, request.remote_addr)
    raise Locked(until)


def locked_until(connection, account):
    """The end of the lock: some time after the last of so many tries within that time, or None."""
    most = current_app.config["LOGIN_ATTEMPTS"]
    tries = select(LoginAttempt.at).where(LoginAttempt.account == account)
    last = connection.scalars(tries.order_by(LoginAttempt.at.desc()).limit(most)).all()
    if len(last) < most or last[0] - last[-1] > span():
        return None
    return last[0] + span()


def forget(user):
    """The password was right: the tries before it do not count any more, whatever else is refused
    in this request."""
    with db.engine.begin() as connection:
        tries = LoginAttempt.account == digest(user.username)
        connection.execute(delete(LoginAttempt).where(tries))


def span():
    return timedelta(minutes=current_app.config["LOGIN_LOCK_MINUTES"])


def digest(name):
    return sha256(name.lower().encode()).hexdigest()
