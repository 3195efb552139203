"""Months and deadlines.

Institutions report month M on days 1 to 5 of the next month, townships review by the 8th,
counties confirm by the 10th; the first window is a row of its own (闽卫人口函〔2023〕1310号 三, 四).
A due day is the 5th / 8th / 10th / 15th day that is not a public holiday, until 24:00 Beijing time.
"""

from datetime import date, datetime, time, timedelta

import chinese_calendar
from sqlalchemy import CheckConstraint, DateTime, String, func, select
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.clock import BEIJING, now
from tuoyu.dictionaries.lookup import parameter
from tuoyu.extensions import db

FIRST_MONTH = date(2023, 6, 1)
FIRST_WINDOW = {"opens": date(2023, 7, 15), "fill": date(2023, 7, 20), "confirm": date(2023, 7, 23)}
LAST_MOMENT = time(23, 59, 59)
NOT_PUBLISHED = "放假安排尚未公布，暂按5日、8日、10日"


class Holiday(db.Model):
    """A day off inside a block published by the State Council."""

    __tablename__ = "holidays"

    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    source: Mapped[str] = mapped_column(String(100), default="国务院办公厅放假通知")


class Period(db.Model):
    """A month to report, with the deadlines of every level. The province may move any of them
    with a reason (`note`)."""

    __tablename__ = "report_periods"
    __table_args__ = (
        CheckConstraint("extract(day from month) = 1", name="first_of_month"),
        CheckConstraint(
            "opens_at < fill_due and fill_due <= township_due and township_due <= county_due "
            "and county_due <= closes_at",
            name="in_order",
        ),
    )

    month: Mapped[date] = mapped_column(primary_key=True)
    opens_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    fill_due: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    township_due: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    county_due: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    closes_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    note: Mapped[str] = mapped_column(String(200), default="")

    @property
    def title(self):
        """2023年7月月报; December doubles as the annual report (manual 4.3)."""
        annual = f"（兼{self.month.year}年年报）" if self.month.month == 12 else ""
        return f"{self.month.year}年{self.month.month}月月报{annual}"

    @property
    def is_open(self):
        """Institutions may file: the month has opened (late filing stays possible)."""
        return now() >= self.opens_at

    @property
    def is_late(self):
        """The institutions' deadline has passed; its last second counts as in time."""
        return now().replace(microsecond=0) > self.fill_due

    @property
    def days_left(self):
        """Whole days until the institutions' deadline; 0 on the last day, negative after."""
        return (self.fill_due.astimezone(BEIJING).date() - now().date()).days


def first_of(month, later=0):
    """The first day of the month that lies so many months later (or, below 0, earlier)."""
    years, months = divmod(month.year * 12 + month.month - 1 + later, 12)
    return date(years, months + 1, 1)


def next_month(month):
    """The first day of the following month."""
    return first_of(month, 1)


def first_not_closed():
    """The first day of the month after the last one that is closed (关账)."""
    last = db.session.scalar(select(func.max(Period.month)).where(Period.closes_at < now()))
    return next_month(last) if last else FIRST_MONTH


def end_of(day):
    return datetime.combine(day, LAST_MOMENT, BEIJING)


def nth_day_at_work(month, count, holidays):
    """The count-th day of the month that is no public holiday; weekends count as days."""
    day = month - timedelta(days=1)
    while count:
        day += timedelta(days=1)
        count -= day not in holidays
    return day


def period_for(month, holidays):
    """The period of `month` by rule; `holidays` is the set of days that shift the deadlines."""
    work = next_month(month)
    opens, fill, township, county = work, *(nth_day_at_work(work, n, holidays) for n in (5, 8, 10))
    closes = nth_day_at_work(work, 15, holidays)
    if month == FIRST_MONTH:
        opens, fill = FIRST_WINDOW["opens"], FIRST_WINDOW["fill"]
        township = county = closes = FIRST_WINDOW["confirm"]
    return Period(
        month=month,
        opens_at=datetime.combine(opens, time(0), BEIJING),
        fill_due=end_of(fill),
        township_due=end_of(township),
        county_due=end_of(county),
        closes_at=end_of(closes),
    )


def load_calendar():
    """Add the published holidays and the periods that are missing, to the end of the year after
    the last published one: nobody waits for a notice to report. What the province moved stays.
    Answers (holidays added, periods added)."""
    known = set(db.session.scalars(select(Holiday.day)))
    published = chinese_calendar.constants.holidays
    added = [
        Holiday(day=d, name=n) for d, n in published.items() if d not in known and d.year > 2022
    ]
    db.session.add_all(added)
    return len(added), add_periods(max(published).year, set(published))


def add_periods(last_published, holidays):
    """Periods by rule. Where the holidays are not published yet the plain days are kept for the
    time being, and set anew once they are."""
    shifting = holidays if parameter("holiday_shift") == "on" else set()
    known = {period.month: period for period in db.session.scalars(select(Period))}
    month, count = FIRST_MONTH, 0
    while (work := next_month(month)).year <= last_published + 1:
        period = period_for(month, shifting)
        period.note = "" if work.year <= last_published else NOT_PUBLISHED
        if month not in known:
            db.session.add(period)
            count += 1
        elif known[month].note == NOT_PUBLISHED != period.note:
            set_anew(known[month], period)
        month = work
    return count


def set_anew(period, like):
    for key in ("opens_at", "fill_due", "township_due", "county_due", "closes_at", "note"):
        setattr(period, key, getattr(like, key))


def period_of(month):
    """The period of a month, or None."""
    return db.session.scalar(select(Period).where(Period.month == month))


def current_period():
    """The latest month that has opened; None before the first."""
    opened = select(Period).where(Period.opens_at <= now()).order_by(Period.month.desc())
    return db.session.scalar(opened.limit(1))


def opened_periods(since=FIRST_MONTH):
    """Every month from `since` that has opened, the newest first."""
    opened = select(Period).where(Period.opens_at <= now(), Period.month >= since)
    return db.session.scalars(opened.order_by(Period.month.desc())).all()
