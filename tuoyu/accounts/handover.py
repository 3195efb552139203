"""The main account of an institution passes from one person to another."""

from datetime import date, datetime

from sqlalchemy import DateTime, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.accounts.models import User
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.institutions.models import OfInstitution


class Handover(OfInstitution, db.Model):
    """Who handed over to whom, when and why; the names as they were that day."""

    __tablename__ = "handovers"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    to_id: Mapped[int] = mapped_column(ForeignKey(User.id), index=True)
    from_name: Mapped[str] = mapped_column(String(50))
    to_name: Mapped[str] = mapped_column(String(50))
    handed_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)
