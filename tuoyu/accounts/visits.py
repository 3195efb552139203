"""A visit: from signing in to signing out, or to a pause that is too long."""

from datetime import timedelta
from uuid import uuid4

from flask import current_app, session
from flask_login import current_user
from flask_security import login_user, logout_user

from tuoyu.accounts.attempts import count, forget
from tuoyu.accounts.models import Role
from tuoyu.accounts.names import account_named
from tuoyu.accounts.passwords import LONGEST, hashed, normal
from tuoyu.clock import now
from tuoyu.refusal import NotAcceptable
from tuoyu.web import tokens

WRONG = "账号或密码不正确。"
CLOSED = "该账号已停用，请联系上级管理部门。"
SEEN, REFRESH = "seen", timedelta(minutes=1)


def who_knows(name, password):
    """The User who goes by `name` (username, mobile or e-mail) and knows the password.

    Raises NotAcceptable, in the same words and after the same time for an unknown name and for a
    wrong password, and Locked after too many tries.
    """
    count(name)
    user = account_named(name)
    if not is_right(password, user):
        raise NotAcceptable(WRONG)
    if not user.active:
        raise NotAcceptable(CLOSED)
    forget(user)
    return user


def insist_knows(user, password):
    """Raise NotAcceptable unless `password` is that of `user`, who is signed in: an account that
    was left open must not be taken over. Counted like a try at the door; raises Locked too."""
    count(user.username)
    if not is_right(password, user):
        raise NotAcceptable("密码不正确，请重新输入。")
    forget(user)


def is_right(password, user):
    password = normal(password)[: LONGEST + 1]
    if user is None:
        hashed(password)  # takes as long as a comparison
        return False
    return user.verify_and_update_password(password)


def begin(user):
    """Sign `user` in, in a new session. Only a session of the same person, grown too old, leaves
    its form token to the new one: what was typed before the pause can still be sent."""
    token = session.get("csrf_token") if session.get("_user_id") == user.fs_uniquifier else None
    session.clear()
    login_user(user, authn_via=["password"])
    session[SEEN] = stamp()
    if token:
        session["csrf_token"] = token
    else:
        tokens.begin_for(user)


def end():
    """Sign out, here and wherever else this account is signed in: a copied cookie opens nothing."""
    if current_user.is_authenticated:
        current_user.fs_uniquifier = uuid4().hex
        logout_user()
    session.clear()


def goes_on(user):
    """Whether the pause since the last page was short enough; notes that the person is here."""
    if SEEN not in session:  # a session that did not begin at our door
        return True
    pause = timedelta(seconds=stamp() - session[SEEN])
    if pause > longest_pause(user):
        return False
    if pause > REFRESH:
        session[SEEN] = stamp()
    return True


def longest_pause(user):
    kind = "INSTITUTION" if user.role == Role.INSTITUTION else "OFFICER"
    return timedelta(minutes=current_app.config[f"IDLE_MINUTES_{kind}"])


def stamp():
    return int(now().timestamp())
