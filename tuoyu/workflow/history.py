from datetime import datetime

from flask import has_request_context, request
from sqlalchemy import CheckConstraint, DateTime, Enum, ForeignKey, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.accounts.models import ROLE_LABELS, Role, User
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.institutions.models import OfInstitution
from tuoyu.workflow.states import LABELS, MOVES, State

PAPERS = ("archive_revision_id", "monthly_report_id", "application_id")


def states():
    """A column type for a state, as a word; law_for_papers says which words a paper knows."""
    return Enum(
        State,
        native_enum=False,
        length=12,
        name="state",
        values_callable=lambda states: [s.value for s in states],
    )


class Step(OfInstitution, db.Model):
    """One move of one paper: who, when, from where to where, and what they said. A step is a
    signature: it keeps name, role and office as text, and is never changed."""

    __tablename__ = "steps"
    __table_args__ = (
        CheckConstraint(f"num_nonnulls({', '.join(PAPERS)}) = 1", name="one_paper"),
        CheckConstraint("target <> 'returned' or reason <> ''", name="returns_say_why"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    archive_revision_id: Mapped[int | None] = mapped_column(
        ForeignKey("archive_revisions.id"), index=True
    )
    monthly_report_id: Mapped[int | None] = mapped_column(
        ForeignKey("monthly_reports.id"), index=True
    )
    application_id: Mapped[int | None] = mapped_column(ForeignKey("applications.id"), index=True)
    paper_version: Mapped[int]
    move: Mapped[str] = mapped_column(String(24), index=True)
    source: Mapped[str] = mapped_column(String(12))
    target: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(1000), default="")
    marked: Mapped[dict] = mapped_column(JSONB, default=dict)  # {field name: what is wrong}
    figures: Mapped[dict] = mapped_column(JSONB, default=dict)  # of a return: what was returned
    by_id: Mapped[int | None] = mapped_column(ForeignKey(User.id), index=True)
    by_name: Mapped[str] = mapped_column(String(50))
    by_role: Mapped[str] = mapped_column(String(12))
    by_office: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now, index=True)
    ip: Mapped[str] = mapped_column(String(45), default="")

    @classmethod
    def taken(cls, paper, move, by, reason, marked):
        """The signature under `move`, by the user `by`."""
        return cls(
            **{paper.step_key: paper.id},
            institution_id=paper.institution_id,
            region_path=paper.region_path,
            paper_version=paper.version,
            move=move.name,
            source=move.source.value,
            target=move.target.value,
            reason=reason,
            marked=marked,
            figures=paper.words() | paper.besides() if move.target == State.RETURNED else {},
            by_id=by.id,
            by_name=by.display_name,
            by_role=by.role.value,
            by_office=by.office,
            ip=(request.remote_addr or "") if has_request_context() else "",
        )

    @property
    def label(self):
        made = (self.move, self.source)
        return next(move.label for move in MOVES if (move.name, move.source) == made)

    @property
    def target_label(self):
        return LABELS[State(self.target)]

    @property
    def role_label(self):
        return ROLE_LABELS[Role(self.by_role)]
