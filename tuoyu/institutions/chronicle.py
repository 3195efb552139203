"""What has become of an institution, change by change: moves, pauses, closings."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Enum,
    ForeignKey,
    String,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution, OfInstitution
from tuoyu.institutions.stays import Stay
from tuoyu.regions.models import Path, Region
from tuoyu.scope import EVERYWHERE, by_path, looking


class Kind(StrEnum):
    MOVED = "moved"
    SUSPENDED = "suspended"
    REOPENED = "reopened"
    CLOSED = "closed"


LABELS = {
    Kind.MOVED: "迁入新区域",
    Kind.SUSPENDED: "暂停服务",
    Kind.REOPENED: "恢复服务",
    Kind.CLOSED: "终止服务",
}


class Change(OfInstitution, db.Model):
    """One change of one institution. `region_path` and `from_region` tell where it lay then."""

    __tablename__ = "changes"
    __table_args__ = (
        CheckConstraint("(kind = 'moved') = (to_path is not null)", name="moves_lead_somewhere"),
        CheckConstraint(
            "until is null or (kind = 'suspended' and until >= effective_on)", name="pauses_end"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(
        Enum(
            Kind,
            native_enum=False,
            length=12,
            create_constraint=True,
            name="kind",
            values_callable=lambda kinds: [kind.value for kind in kinds],
        )
    )
    effective_on: Mapped[date] = mapped_column(index=True)
    until: Mapped[date | None]  # the last day of a pause; None while nobody knows
    from_region: Mapped[str] = mapped_column(String(200))
    to_region_code: Mapped[str | None] = mapped_column(ForeignKey(Region.code), index=True)
    to_path: Mapped[str | None] = mapped_column(Path(), index=True)
    reason: Mapped[str] = mapped_column(String(1000), default="")
    recorded_by: Mapped[str] = mapped_column(String(50))
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    recorded_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
    in_effect_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), index=True)

    to_region: Mapped[Region | None] = relationship()

    @classmethod
    def within(cls, scope):
        """Every office where the institution lay sees what became of it, and so does the one to
        which it is about to move: whoever judges a month judges alike."""
        lay_there = select(Stay.institution_id).where(Stay.within(scope))
        coming = by_path(cls.to_path, cls.institution_id, scope)
        return or_(cls.institution_id.in_(lay_there), coming)

    @classmethod
    def days_paused(cls):
        """The days of the pauses in effect as one multirange; a select that may be narrowed."""
        days = func.daterange(cls.effective_on, cls.until, "[]")
        told = (cls.kind == Kind.SUSPENDED, cls.in_effect_at.is_not(None))
        return select(func.range_agg(days)).where(*told)

    @property
    def label(self):
        return LABELS[self.kind]

    @property
    def first_month(self):
        """The first month that lies wholly after the change."""
        return first_whole_month(self.effective_on)


def first_whole_month(day):
    """The first month that begins on `day` or later."""
    first = day.replace(day=1)
    if day == first:
        return first
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def pause_of(institution, day):
    """The pause (a Change) in which `day` lies, or None."""
    return pause_between(institution, day, day)


def pause_ended_by(reopening):
    """The pause that was told by then and in which its day lies; None where there is none, or a
    later day of the same pause was told since: it was put off."""
    institution, day = reopening.institution, reopening.effective_on
    pause = pause_between(institution, day, day, told_by=reopening.recorded_at)
    later = select(Change.id).where(
        Change.institution_id == institution.id,
        Change.kind == Kind.REOPENED,
        Change.id > reopening.id,
        Change.effective_on > day,
        Change.effective_on <= (pause and pause.until or date.max),
    )
    with looking(EVERYWHERE):
        return None if db.session.scalar(later.limit(1)) else pause


def pause_between(institution, first, last, told_by=None):
    """A pause that shares a day with these, in effect or told for a later day; `last` is None
    where nobody knows. The latest one, or None."""
    pauses = select(Change).where(
        Change.institution_id == institution.id,
        Change.kind == Kind.SUSPENDED,
        Change.effective_on <= (last or date.max),
        or_(Change.until.is_(None), Change.until >= first),
        true() if told_by is None else Change.recorded_at <= told_by,
    )
    with looking(EVERYWHERE):
        return db.session.scalar(pauses.order_by(Change.effective_on.desc()).limit(1))


def closing_before(institution, day):
    """The day of a closing, in effect or told for later, that is not after `day`; or None."""
    if institution.closed_on:
        return institution.closed_on
    told = select(Change.effective_on).where(
        Change.institution_id == institution.id,
        Change.kind == Kind.CLOSED,
        Change.effective_on <= day,
    )
    with looking(EVERYWHERE):
        return db.session.scalar(told.order_by(Change.effective_on).limit(1))


def closing_told_after(moment):
    """Criterion on Institution: its closing, in effect or not, was told after `moment`."""
    told = select(Change.id).where(
        Change.institution_id == Institution.id,
        Change.kind == Kind.CLOSED,
        Change.recorded_at > moment,
    )
    return told.correlate_except(Change).exists()


def changes_of(institution):
    """All changes of an institution, the latest first."""
    own = select(Change).where(Change.institution_id == institution.id)
    return db.session.scalars(own.order_by(Change.effective_on.desc(), Change.id.desc())).all()
