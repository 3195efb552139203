"""Months and deadlines (闽卫人口函〔2023〕1310号 三, 四)."""

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from tuoyu import clock
from tuoyu.clock import BEIJING
from tuoyu.dictionaries.models import Parameter
from tuoyu.extensions import db
from tuoyu.reports.calendar import (
    NOT_PUBLISHED,
    Holiday,
    Period,
    add_periods,
    current_period,
    end_of,
    first_of,
    load_calendar,
    next_month,
    nth_day_at_work,
    opened_periods,
    period_for,
    period_of,
)
from tuoyu.scope import EVERYWHERE, looking

PUBLISHED = set(chinese_calendar.constants.holidays)

# The month of work, and the days until which institutions, townships and counties have time.
WORKED_OUT = [
    (date(2023, 8, 1), 5, 8, 10),
    (date(2024, 3, 1), 5, 8, 10),
    (date(2025, 1, 1), 6, 9, 11),
    (date(2025, 2, 1), 9, 12, 14),
    (date(2025, 4, 1), 8, 11, 13),
    (date(2025, 5, 1), 10, 13, 15),
    (date(2025, 10, 1), 13, 16, 18),
    (date(2026, 1, 1), 8, 11, 13),
    (date(2026, 2, 1), 5, 8, 10),
    (date(2026, 4, 1), 8, 11, 13),
    (date(2026, 5, 1), 10, 13, 15),
    (date(2026, 10, 1), 12, 15, 17),
]

months = st.dates(date(2023, 7, 1), date(2099, 11, 30)).map(lambda day: day.replace(day=1))
holidays_of_a_month = st.sets(st.integers(0, 20), max_size=12)


@pytest.fixture
def map_of_time(app):
    with app.app_context(), looking(EVERYWHERE):
        yield


def days(period):
    return [
        moment.astimezone(BEIJING).date()
        for moment in (period.opens_at, period.fill_due, period.township_due, period.county_due)
    ]


@pytest.mark.parametrize(("work", "fill", "township", "county"), WORKED_OUT)
def test_deadlines_that_meet_public_holidays_move(work, fill, township, county):
    found = days(period_for(first_of(work, -1), PUBLISHED))
    assert found == [work, *(work.replace(day=day) for day in (fill, township, county))]


@pytest.mark.parametrize(("work", "fill", "township", "county"), WORKED_OUT)
def test_the_loaded_calendar_says_the_same(map_of_time, work, fill, township, county):
    found = days(period_of(first_of(work, -1)))
    assert found == [work, *(work.replace(day=day) for day in (fill, township, county))]


def test_the_first_window_has_days_of_its_own(map_of_time):
    first = period_of(date(2023, 6, 1))
    july = [date(2023, 7, day) for day in (15, 20, 23, 23)]
    assert days(first) == july
    assert days(period_of(date(2023, 7, 1)))[:2] == [date(2023, 8, 1), date(2023, 8, 5)]
    assert period_of(date(2023, 5, 1)) is None


@pytest.mark.parametrize(
    ("moment", "late"),
    [
        ("2023-08-05T23:59:59", False),
        ("2023-08-05T23:59:59.999999", False),
        ("2023-08-06T00:00:00", True),
        ("2023-08-05T15:59:59+00:00", False),
        ("2023-08-05T16:00:00+00:00", True),
    ],
)
def test_a_deadline_lasts_until_midnight_in_beijing(moment, late):
    with clock.at(moment):
        assert period_for(date(2023, 7, 1), set()).is_late is late


@pytest.mark.parametrize(
    ("moment", "is_open"), [("2023-07-31T23:59:59", False), ("2023-08-01T00:00:00", True)]
)
def test_a_month_opens_at_midnight(moment, is_open):
    with clock.at(moment):
        assert period_for(date(2023, 7, 1), set()).is_open is is_open


@pytest.mark.parametrize(("moment", "left"), [
    ("2023-08-01T00:00:00", 4), ("2023-08-05T00:00:00", 0), ("2023-08-05T23:59:59", 0),
    ("2023-08-06T00:00:00", -1),
])  # fmt: skip
def test_days_are_counted_by_the_calendar(moment, left):
    with clock.at(moment):
        assert period_for(date(2023, 7, 1), set()).days_left == left


def test_the_current_month_is_the_latest_that_has_opened(map_of_time):
    with clock.at("2023-07-14T23:59:59"):
        assert current_period() is None
    with clock.at("2023-07-15T00:00:00"):
        assert current_period().month == date(2023, 6, 1)
    with clock.at("2024-02-29T23:59:59"):
        assert [p.month for p in opened_periods(date(2023, 12, 1))] == [
            date(2024, 1, 1),
            date(2023, 12, 1),
        ]
    with clock.at("2024-03-01T00:00:00"):
        assert current_period().month == date(2024, 2, 1)


def test_december_doubles_as_the_annual_report():
    assert period_for(date(2023, 12, 1), set()).title == "2023年12月月报（兼2023年年报）"
    assert period_for(date(2024, 1, 1), set()).title == "2024年1月月报"


def test_loading_twice_adds_nothing_and_keeps_what_the_province_moved(map_of_time):
    period_of(date(2023, 7, 1)).fill_due = end_of(date(2023, 8, 7))
    db.session.flush()
    assert load_calendar() == (0, 0)
    assert days(period_of(date(2023, 7, 1)))[1] == date(2023, 8, 7)


def test_there_is_a_period_for_every_month_to_the_year_after_the_last_published(map_of_time):
    last_known = max(PUBLISHED).year
    found = list(db.session.scalars(select(Period.month).order_by(Period.month)))
    assert found[0] == date(2023, 6, 1)
    assert found[-1] == date(last_known + 1, 11, 1)
    assert all(next_month(a) == b for a, b in zip(found, found[1:], strict=False))
    assert db.session.scalar(select(func.count()).select_from(Holiday)) == len(
        {day for day in PUBLISHED if day.year > 2022}
    )


def test_a_year_without_published_holidays_has_the_plain_days_until_it_has_them(map_of_time):
    january = next_month(date(max(PUBLISHED).year, 12, 1))
    period = period_of(january)
    assert [day.day for day in days(period)[1:]] == [5, 8, 10]
    assert period.note == NOT_PUBLISHED
    moved = period_of(next_month(january))
    moved.note = "春节顺延"
    february = next_month(january)
    add_periods(january.year, PUBLISHED | {february, next_month(february)})
    assert days(period)[1] == february.replace(day=6)
    assert period.note == ""
    assert days(moved)[1].day == 5


def test_the_province_may_switch_the_shift_off(map_of_time):
    db.session.query(Period).filter(Period.month > date(2024, 11, 1)).delete()
    db.session.execute(
        update(Parameter).where(Parameter.key == "holiday_shift").values(value="off")
    )
    load_calendar()
    db.session.flush()
    assert days(period_of(date(2025, 1, 1)))[1:] == [date(2025, 2, n) for n in (5, 8, 10)]


@given(months, st.integers(1, 15), holidays_of_a_month)
def test_the_nth_day_at_work_is_no_holiday_and_has_n_minus_1_before_it(month, count, offs):
    holidays = {month + timedelta(days=n) for n in offs}
    found = nth_day_at_work(month, count, holidays)
    passed = [month + timedelta(days=n) for n in range((found - month).days)]
    assert found not in holidays
    assert len([day for day in passed if day not in holidays]) == count - 1


@given(months, holidays_of_a_month)
def test_the_levels_follow_one_another(month, offs):
    work = next_month(month)
    period = period_for(month, {work + timedelta(days=n) for n in offs})
    assert (
        period.opens_at
        < period.fill_due
        < period.township_due
        < period.county_due
        < period.closes_at
    )
    assert period.opens_at == datetime(work.year, work.month, 1, tzinfo=BEIJING)


@given(months, st.integers(-30, 30))
def test_months_are_counted_over_the_ends_of_years(month, later):
    moved = first_of(month, later)
    assert moved.day == 1
    assert first_of(moved, -later) == month
    assert (moved.year - month.year) * 12 + moved.month - month.month == later
