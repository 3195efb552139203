"""The main account of an institution passes from one person to another."""

from datetime import date, datetime

from sqlalchemy import DateTime, ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.accounts.events import Event, note
from tuoyu.accounts.history import end_sessions
from tuoyu.accounts.models import User
from tuoyu.accounts.operators import lead
from tuoyu.clock import now, today
from tuoyu.extensions import db
from tuoyu.institutions.models import OfInstitution
from tuoyu.refusal import Refusal


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


def handovers_of(institution):
    """select(Handover): all of an institution, the latest first."""
    own = select(Handover).where(Handover.institution_id == institution.id)
    return own.order_by(Handover.id.desc())


def hand_over(main, operator, reason, leaves=False):
    """`operator` becomes the main account of the institution, `main` an operator, or, when the
    person `leaves`, disabled. Answers the Handover; raises NotLeading, or Refusal when the operator
    is disabled or has not chosen a password yet."""
    lead(main, operator)
    if not operator.active or operator.must_change:
        raise Refusal(f"{operator.display_name}尚未设置密码或已停用，不能接任主账号。")
    main.is_main = False
    if leaves:
        main.active = False
    db.session.flush()  # at no time are there two
    operator.is_main = True
    written = record(main, operator, reason)
    note(Event.HANDED_OVER, main, f"交给 {operator.display_name}：{reason}", by=main)
    note(Event.HANDED_OVER, operator, f"由 {main.display_name} 交来：{reason}", by=main)
    if leaves:
        note(Event.DISABLED, main, "交接后停用", by=main)
        end_sessions(main)
    return written


def record(main, operator, reason):
    handover = Handover(
        institution_id=main.institution_id,
        region_path=main.institution.region_path,
        from_id=main.id,
        to_id=operator.id,
        from_name=main.display_name,
        to_name=operator.display_name,
        handed_on=today(),
        reason=reason,
    )
    db.session.add(handover)
    return handover
