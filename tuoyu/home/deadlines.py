"""Line 1 of every home page: which month, until when, how long there is."""

from typing import NamedTuple

from tuoyu.accounts.models import Role
from tuoyu.clock import beijing, today
from tuoyu.reports.calendar import Period
from tuoyu.web.filters import cn_time

SOON = 2  # days left from which on a deadline is near
DUES = {
    Role.INSTITUTION: ("fill_due", "填报截止"),
    Role.TOWNSHIP: ("township_due", "乡镇审核截止"),
    Role.COUNTY: ("county_due", "县级确认截止"),
}


class Deadline(NamedTuple):
    """The texts of components/deadline.html."""

    title: str
    pieces: list[str]
    left: str | None
    tone: str


def deadline_for(role, period: Period, is_done=False):
    """What this role must know of a month: the window, its own deadline, and the days left unless
    its part `is_done`."""
    pieces = [f"填报期 {window(period)}"]
    if role not in DUES:
        every = [f"{word} {cn_time(getattr(period, due))}" for due, word in DUES.values()]
        return Deadline(period.title, pieces + every[1:], None, "grey")
    due, word = DUES[role]
    pieces.append(f"{word} {cn_time(getattr(period, due))}")
    left, tone = (None, "grey") if is_done else time_left(getattr(period, due))
    return Deadline(period.title, pieces, left, tone)


def window(period):
    """8月1日–5日."""
    opens, due = beijing(period.opens_at), beijing(period.fill_due)
    month = "" if opens.month == due.month else f"{due.month}月"
    return f"{opens.month}月{opens.day}日–{month}{due.day}日"


def time_left(due):
    """(words, tone): 还剩3天, 今天截止, 已过截止日2天."""
    days = (beijing(due).date() - today()).days
    if days < 0:
        return f"已过截止日{-days}天", "red"
    if days == 0:
        return "今天24:00截止", "orange"
    return f"还剩{days}天", "orange" if days <= SOON else "blue"
