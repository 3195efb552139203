"""Where an institution lay in which months."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, ForeignKey, Index, UniqueConstraint, and_, or_
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.regions.models import Path
from tuoyu.scope import Scoped, by_path

BEGINNING = date(2000, 1, 1)  # before any month that is reported


class Stay(Scoped, db.Model):
    """The months an institution belonged to one place: from `since` on, and before `until`. The
    stays of an institution cover every month once. Unlike the institution, a stay keeps the path
    of its time, so that what was counted in a place stays counted there."""

    __tablename__ = "stays"
    __table_args__ = (
        UniqueConstraint("institution_id", "since"),
        Index("uq_stays_now", "institution_id", unique=True, postgresql_where="until is null"),
        CheckConstraint("since < until", name="in_order"),
        CheckConstraint(
            "extract(day from since) = 1 and extract(day from coalesce(until, since)) = 1",
            name="whole_months",
        ),
        CheckConstraint("(until is null) = (left_at is null)", name="left_when_it_ended"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    region_path: Mapped[str] = mapped_column(Path(), index=True)
    since: Mapped[date]
    until: Mapped[date | None]
    left_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))

    @classmethod
    def within(cls, scope):
        return by_path(cls.region_path, cls.institution_id, scope)

    @classmethod
    def in_month(cls, month):
        """Criterion: the stay to which `month` belongs."""
        return and_(cls.since <= month, or_(cls.until.is_(None), cls.until > month))

    def end(self, until):
        """The months from `until` on belong elsewhere."""
        self.until = until
        self.left_at = self.left_at or now()
