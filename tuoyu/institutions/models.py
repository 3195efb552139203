from datetime import date, datetime

from sqlalchemy import DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column, relationship

from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.regions.models import Path, Region, stands_in_region
from tuoyu.scope import Scoped, by_path


class Institution(Scoped, db.Model):
    """Who reports: the identity, not the paperwork. Name and place follow the archive in force."""

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

    @classmethod
    def within(cls, scope):
        return by_path(cls.region_path, cls.id, scope)

    def settle_in(self, region):
        """Register in `region` (a village or community)."""
        self.region = region
        self.region_path = region.path


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
