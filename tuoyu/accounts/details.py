"""What people change about their own account (Manual 5.1)."""

from tuoyu.accounts.events import Event, note
from tuoyu.accounts.names import masked


def rename(user, display_name):
    """A new name from now on; what was signed before keeps the old one."""
    if display_name != user.display_name:
        note(Event.NAME, user, f"{user.display_name} → {display_name}")
        user.display_name = display_name


def change_mobile(user, mobile):
    """A new mobile number, found free; None takes it away."""
    if mobile != user.mobile:
        note(Event.MOBILE, user, f"{masked(user.mobile)} → {masked(mobile)}")
        user.mobile = mobile
