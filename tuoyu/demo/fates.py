"""How far every paper of the demo has come, and when it was handed in."""

from datetime import date, datetime, time, timedelta

from tuoyu import clock
from tuoyu.demo.places import GULOU
from tuoyu.workflow.states import State

MORNING = time(9)
NEW_ARCHIVES = {  # the last institutions of 鼓楼区 have only just registered
    56: State.AT_COUNTY,
    57: State.DRAFT,
    58: State.RETURNED,
    59: State.AT_TOWNSHIP,
}
THIS_MONTH = (
    None,
    State.DRAFT,
    State.AT_TOWNSHIP,
    State.AT_TOWNSHIP,
    State.RETURNED,
    State.AT_COUNTY,
    State.AT_COUNTY,
    State.CONFIRMED,
    State.CONFIRMED,
    State.CONFIRMED,
)
FORGOTTEN = {(GULOU, 11, date(2023, 11, 1))}
STUCK_AT_COUNTY = {("350203000000", date(2023, 12, 1))}
LATE = {(GULOU, 3, date(2023, 9, 1)), (GULOU, 20, date(2023, 10, 1))}


def archive_fate(county, number):
    """The state of the archive."""
    return NEW_ARCHIVES.get(number, State.CONFIRMED) if county == GULOU else State.CONFIRMED


def began_at(county, number):
    """When it registered."""
    is_new = county == GULOU and number in NEW_ARCHIVES
    return datetime.combine(
        date(2024, 1, 30) if is_new else date(2023, 7, 15 + number % 3), MORNING, clock.BEIJING
    )


def month_fate(county, number, period):
    """The state of the month; None for a report that nobody has begun."""
    if period.fill_due > clock.now():
        return THIS_MONTH[(number + number // 10) % len(THIS_MONTH)]
    if (county, number, period.month) in FORGOTTEN:
        return None
    stuck = (county, period.month) in STUCK_AT_COUNTY
    return State.AT_COUNTY if stuck else State.CONFIRMED


def times_of(county, number, period, moves):
    """(when the month was handed in, how long each of its moves took). What was handed in only
    just goes from hand to hand within the day."""
    late = (county, number, period.month) in LATE
    early = timedelta(days=-1 if late else number % 3, hours=12, minutes=37 * number % 180)
    filed = period.fill_due - early
    filed = min(filed, clock.now() - timedelta(hours=20))
    if filed + timedelta(days=1) > clock.now():
        return filed, timedelta(minutes=95)
    return filed, timedelta(days=max(1, (period.county_due - filed).days // max(3, moves)))
