"""The home page of cities and the province: how far the month is, area by area. No ranking: what
is overdue stands first, the rest in the order of the codes."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from tuoyu.extensions import db
from tuoyu.regions.models import Region
from tuoyu.reports.apart import declared_by_area
from tuoyu.reports.due import UNREPORTED, progress
from tuoyu.review.rows import days_past
from tuoyu.workflow.states import State


@dataclass(frozen=True)
class Area:
    """One line: a region and how many of its institutions are where."""

    name: str
    code: str
    states: Counter
    declared: Counter  # {Declaration: how many}, among those reported
    days_overdue: int = 0  # since the counties should have confirmed
    hangs_here: bool = True  # else it has left since, and its sheet is not to be read here

    @property
    def due(self):
        return self.states.total()

    @property
    def unreported(self):
        return sum(self.states[state] for state in UNREPORTED)

    @property
    def reported(self):
        return self.due - self.unreported

    @property
    def unconfirmed(self):
        return self.due - self.confirmed

    @property
    def at_township(self):
        return self.states[State.AT_TOWNSHIP]

    @property
    def at_county(self):
        return self.states[State.AT_COUNTY]

    @property
    def returned(self):
        return self.states[State.RETURNED]

    @property
    def confirmed(self):
        return self.states[State.CONFIRMED]

    @property
    def is_overdue(self):
        return self.days_overdue > 0 and self.unconfirmed > 0


def areas_below(region, period):
    """(total, areas) of the month: the children of `region`, overdue ones first."""
    counted = progress(period.month, region.depth + 1)
    declared = declared_by_area(period.month, region.depth + 1)
    days = days_past(period.county_due)
    areas = [
        Area(
            child.name,
            child.code,
            counted[child.code],
            declared[child.code],
            days,
            child.parent_code == region.code,
        )
        for child in children(region, list(counted))
    ]
    total = Area("合计", region.code, all_of("states", areas), all_of("declared", areas), days)
    return total, sorted(areas, key=lambda area: not area.is_overdue)


def all_of(name, areas):
    return sum((getattr(area, name) for area in areas), Counter())


def children(region, counted):
    """Those where institutions may lie, and those where some did in the month, though they may
    hang elsewhere by now."""
    below = and_(Region.parent_code == region.code, Region.offered())
    shown = select(Region).where(or_(below, Region.code.in_(counted)))
    return db.session.scalars(shown.order_by(Region.code)).all()
