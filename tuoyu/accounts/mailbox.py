"""The reserved mailbox: where the link to a new password goes."""

from datetime import timedelta

from tuoyu import mail
from tuoyu.accounts import letters, links
from tuoyu.accounts.events import Event, how_often, note
from tuoyu.accounts.history import alone_with
from tuoyu.accounts.names import insist_free, masked
from tuoyu.clock import now
from tuoyu.refusal import NotAcceptable

ENOUGH = f"一小时内最多寄出{letters.LETTERS_AN_HOUR}封确认邮件，请稍后再试"


def insist_few(user):
    """Raise NotAcceptable when `user` has had all the letters of this hour: they go to mailboxes
    that may be anybody's."""
    since = now() - timedelta(hours=1)
    if how_often(Event.EMAIL_ASKED, user, since) >= letters.LETTERS_AN_HOUR:
        raise NotAcceptable(ENOUGH)


def wish_for(user, address):
    """`user` wants this mailbox: a letter goes there, and until its link is used the old one stays.
    Without a mail server it is taken at once, unproven. Answers whether a letter goes."""
    alone_with(user)
    if not mail.is_set_up():
        settle(user, address, is_proven=False)
        return False
    token = links.make(user, links.Purpose.EMAIL, address=address)
    mail.send(letters.confirmation(user, address, token))
    note(Event.EMAIL_ASKED, user, f"新邮箱 {masked(address)}，待确认")
    return True


def confirm(link):
    """The holder of the link reads the new mailbox; raises NotAcceptable when it is somebody
    else's by now, links.DeadLink when the link is used up."""
    insist_free(link.address, "邮箱", but=link.user)
    alone_with(link.user)
    links.use_up(link)
    settle(link.user, link.address, is_proven=True)


def settle(user, address, is_proven):
    """From now on this is the mailbox of `user`; a link that went to the old one is void."""
    before = user.email
    user.email = address
    user.email_confirmed_at = now() if is_proven else None
    note(Event.EMAIL, user, f"{masked(before)} → {masked(address)}")
    links.tear_up(user, links.Purpose.PASSWORD)
    if before and mail.is_set_up():
        mail.send(letters.mailbox_changed(user, before))
