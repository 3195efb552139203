from datetime import date, datetime

from sqlalchemy import DateTime, ForeignKey, String, select
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.institutions.stays import BEGINNING, Stay
from tuoyu.regions.models import Path, Region, stands_in_region
from tuoyu.scope import EVERYWHERE, Scoped, by_path, looking


class Institution(Scoped, db.Model):
    """Who reports: the identity, not the paperwork. Name and place follow the archive in force.

    An officer sees the institutions that lie in the officer's corner of the map, and those that
    once did, because lists of those months still need them. A list that is of no month asks for
    `Institution.lies_here`.
    """

    __tablename__ = "institutions"
    __table_args__ = (stands_in_region(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(100), index=True)
    initials: Mapped[str] = mapped_column(String(200), default="")
    unified_social_credit_code: Mapped[str] = mapped_column(String(18), index=True)
    region_code: Mapped[str] = mapped_column(String(12), index=True)
    region_path: Mapped[str] = mapped_column(Path(), index=True)
    first_due_month: Mapped[date | None] = mapped_column(index=True)
    closed_on: Mapped[date | None] = mapped_column(index=True)
    registered_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)

    region: Mapped[Region] = relationship()
    stays: Mapped[list[Stay]] = relationship(order_by=Stay.since, cascade="all, delete-orphan")

    @classmethod
    def within(cls, scope):
        if scope.institution_id:
            return cls.id == scope.institution_id
        return cls.id.in_(select(Stay.institution_id).where(Stay.within(scope)))

    @classmethod
    def lies_here(cls):
        """Criterion: it lies today in the corner of the map of whoever asks."""
        return cls.stays.any(Stay.until.is_(None))

    def settle_in(self, region, since=BEGINNING):
        """Register in `region` (a village or community), which counts from the month `since`."""
        self.region = region
        self.region_path = region.path
        while self.stays and self.stays[-1].since >= since:
            self.stays.pop()  # no month is left for it
            db.session.flush()
        if self.stays:
            self.stays[-1].end(since)
        self.stays.append(Stay(region_path=region.path, since=since))

    def path_in(self, month):
        """The path of the village where it lay in `month` (闽卫人口函〔2023〕1310号 三:
        a month belongs to the place where the institution lay on its first day)."""
        of_month = select(Stay.region_path).where(Stay.institution_id == self.id)
        with looking(EVERYWHERE):
            return db.session.scalar(of_month.where(Stay.in_month(month)))


class OfInstitution(Scoped):
    """A row that belongs to an institution, and lies where the institution lay at its time."""

    @declared_attr
    def institution_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey(Institution.id), index=True)

    @declared_attr
    def region_path(cls) -> Mapped[str]:
        return mapped_column(Path(), index=True)

    @declared_attr
    def institution(cls) -> Mapped[Institution]:
        return relationship(Institution)

    @classmethod
    def within(cls, scope):
        return by_path(cls.region_path, cls.institution_id, scope)
