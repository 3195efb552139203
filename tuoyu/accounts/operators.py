"""Operators: who else may work for an institution beside its main account. At most three at once."""

import secrets

from sqlalchemy import func, select

from tuoyu.accounts import links
from tuoyu.accounts.events import Event, note
from tuoyu.accounts.history import end_sessions, take_password_away
from tuoyu.accounts.models import MOST_OPERATORS, User
from tuoyu.accounts.people import director
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.refusal import Refusal


class NotLeading(Refusal):
    status = 403
    message = "只有本机构的主账号可以管理操作员。"


class NoRoom(Refusal):
    message = f"一家机构最多同时有{MOST_OPERATORS}名操作员，请先停用一名。"


def operators_of(institution):
    """select(User): the accounts beside the main one, those in use first."""
    beside = User.institution_id == institution.id, User.is_main.is_(False)
    return select(User).where(*beside).order_by(User.active.desc(), User.id)


def one_at_a_time(institution):
    """Wait for whoever changes the accounts of this institution just now; held until the request
    is committed or refused."""
    locked = select(Institution.id).where(Institution.id == institution.id)
    db.session.execute(locked.with_for_update())


def lead(main, *others):
    """`main` is about to change the accounts of the institution, alone; `others` are those it
    changes, read anew. Raises NotLeading when it is not, or not any more, the main account."""
    one_at_a_time(main.institution)
    for user in (main, *others):
        db.session.refresh(user, ["is_main", "active", "must_change"])
    if not (main.is_main and main.active):
        raise NotLeading


def insist_room(institution):
    """Raise NoRoom when three operators are in use."""
    in_use = operators_of(institution).where(User.active).order_by(None).subquery()
    if db.session.scalar(select(func.count()).select_from(in_use)) >= MOST_OPERATORS:
        raise NoRoom


def invite(main, display_name, username, mobile):
    """A new operator, who chooses a password by the link. Answers (User, its token); raises
    NotLeading, NoRoom, or NotAcceptable when a name is taken."""
    lead(main)
    insist_room(main.institution)
    nobody_knows = secrets.token_urlsafe(32)
    user = director(main.institution, username, display_name, nobody_knows, mobile=mobile)
    user.must_change = True
    db.session.flush()
    note(Event.INVITED, user)
    return user, links.make(user, links.Purpose.PASSWORD, links.A_DAY)


def invite_again(main, operator):
    """Another link for an operator who lost the first or forgot the password. Answers the token."""
    lead(main, operator)
    if not operator.active:
        raise Refusal("该操作员已停用，请先恢复。")
    take_password_away(operator)
    note(Event.RESET, operator, "主账号重新发放链接")
    return links.make(operator, links.Purpose.PASSWORD, links.A_DAY)


def disable(main, operator):
    """The operator is out at the next click; what was done under the name stays."""
    lead(main, operator)
    if operator.active:
        operator.active = False
        end_sessions(operator)
        note(Event.DISABLED, operator)


def enable(main, operator):
    """The operator may come back; raises NoRoom like `invite`."""
    lead(main, operator)
    if not operator.active:
        insist_room(main.institution)
        operator.active = True
        note(Event.ENABLED, operator)
