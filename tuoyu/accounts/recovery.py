"""A forgotten password: a link to the reserved mailbox (Manual 5.2), or from the office above."""

from datetime import timedelta

from sqlalchemy import and_, or_, select

from tuoyu import mail
from tuoyu.accounts import letters, links
from tuoyu.accounts.events import Event, how_often, note
from tuoyu.accounts.history import alone_with, change_password, take_password_away
from tuoyu.accounts.models import OFFICERS, Role, User
from tuoyu.accounts.names import account_named
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.refusal import Refusal
from tuoyu.regions.models import Region
from tuoyu.scope import EVERYWHERE, looking

IS_CLOSED = "该账号已停用，不能重置密码。机构操作员由本机构主账号恢复。"


def ask(name, contact):
    """Send a link to the mailbox of the institution's account that goes by `name` and has `contact`
    (mobile or e-mail) reserved. Whether there is one shows nowhere: the same is written either way.
    """
    user = whose(name, contact)
    if user and had_enough(user):
        note(Event.RECOVERY_REFUSED, user)
        return
    note(Event.RECOVERY, user)
    if user:
        token = links.make(user, links.Purpose.PASSWORD, address=user.email)
        mail.send(letters.recovery(user, token))


def had_enough(user):
    """Whether this hour's letters were sent; asks that got none do not count, or whoever asked on
    and on would keep the owner out. Nobody else asks for `user` until this request is over."""
    alone_with(user)
    since = now() - timedelta(hours=1)
    return how_often(Event.RECOVERY, user, since) >= letters.LETTERS_AN_HOUR


def whose(name, contact):
    """The User who may be sent a link, or None; officers are helped by the office above."""
    user = account_named(name)
    if user is None or user.role != Role.INSTITUTION or not (user.active and user.email):
        return None
    reserved = [user.email.lower(), user.mobile]
    return user if contact.lower() in reserved else None


def choose(link, password):
    """The holder of the link takes this password, found good; raises links.DeadLink when another
    was faster. A link that came by mail proves the mailbox, too."""
    user = link.user
    alone_with(user)
    links.use_up(link)
    if link.address and link.address == user.email:
        user.email_confirmed_at = user.email_confirmed_at or now()
    note(Event.LINK_USED, user)
    change_password(user, password)


def kept_by(person):
    """Criterion: the accounts that this officer sets right. A county has its institutions and its
    townships, every other office the offices directly below, a sysadmin all officers and
    institutions as last resort."""
    if person.role == Role.SYSADMIN:
        return User.role != Role.SYSADMIN
    below = and_(User.role.in_(OFFICERS), User.region.has(Region.parent_code == person.region_code))
    if person.role == Role.COUNTY:
        return or_(below, User.role == Role.INSTITUTION)
    return below


def view_of(person):
    """The scope in which an officer looks at accounts; a sysadmin's own is empty."""
    return EVERYWHERE if person.role == Role.SYSADMIN else person.scope


def reset(user, reason, by):
    """A link to a new password for `user`, whom `by` has called back (`reason` tells how). Sessions
    end, and the old password, which somebody else may have got to know, opens nothing any more.
    Answers the token; raises Refusal when the account is closed."""
    alone_with(user)
    if not user.active:
        raise Refusal(IS_CLOSED)
    take_password_away(user)
    note(Event.RESET, user, reason, by=by)
    return links.make(user, links.Purpose.PASSWORD)


def kept_user(person, user_id):
    """The select of one account that `person` sets right."""
    return select(User).where(User.id == user_id, kept_by(person))


def account_for(person, user_id):
    """That User, with office; 404 for anybody else's."""
    with looking(view_of(person)):
        return db.one_or_404(kept_user(person, user_id))
