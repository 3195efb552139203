"""What an application consists of, and what the database holds true of it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, DateTime, Enum, ForeignKey, Index, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from tuoyu.accounts.models import Role
from tuoyu.applications.kinds import Kind
from tuoyu.clock import now
from tuoyu.regions.models import Path
from tuoyu.workflow.constraints import OPEN, law_for_papers
from tuoyu.workflow.states import State

KNOWN = tuple(state for state in State if state != State.SUPERSEDED)
DONE = "state in ('confirmed', 'dropped')"
SAME = ("institution_id", "kind", "month")
COMPLETE = f"""{OPEN} or state = 'dropped' or case kind
    when 'move' then target_code is not null and reason <> ''
    when 'correct' then monthly_report_id is not null and figures <> '{{}}' and reason <> ''
    when 'close' then starts_on is not null and settlement <> '' and reason <> ''
    when 'pictures' then true
    else starts_on is not null and reason <> '' end"""


def one_only(name, *columns, where):
    return Index(
        f"uq_applications_{name}",
        *columns,
        unique=True,
        postgresql_where=where,
        postgresql_nulls_not_distinct=True,
    )


def words_of(enum, name):
    return Enum(
        enum,
        native_enum=False,
        length=12,
        name=name,
        values_callable=lambda members: [member.value for member in members],
    )


class Asked:
    """The columns. Each kind fills in its own; the rest stays empty."""

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(words_of(Kind, "kind"))
    asked_by: Mapped[Role] = mapped_column(words_of(Role, "asker"), default=Role.INSTITUTION)
    begun_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)

    name: Mapped[str] = mapped_column(String(100))
    initials: Mapped[str] = mapped_column(String(200), default="")
    unified_social_credit_code: Mapped[str] = mapped_column(String(18))
    address: Mapped[str] = mapped_column(String(200), default="")
    places: Mapped[int | None]

    reason: Mapped[str] = mapped_column(String(500), default="")
    target_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), index=True)
    target_path: Mapped[str | None] = mapped_column(Path(), index=True)
    new_address: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    settlement: Mapped[str] = mapped_column(String(500), default="")
    month: Mapped[date | None] = mapped_column(ForeignKey("report_periods.month"), index=True)
    monthly_report_id: Mapped[int | None] = mapped_column(
        ForeignKey("monthly_reports.id"), index=True
    )
    figures: Mapped[dict] = mapped_column(JSONB, default=dict)  # {figure: [as it is, as it should]}
    replaced: Mapped[list] = mapped_column(JSONB, default=list)  # [[picture, caption], …] before

    @declared_attr.directive
    def __table_args__(cls):
        return (
            one_only("open", *SAME, where=f"not ({DONE}) and state <> 'draft'"),
            one_only("begun", *SAME, "asked_by", where=f"not ({DONE})"),
            CheckConstraint(COMPLETE, name="complete"),
            CheckConstraint("(kind = 'correct') = (month is not null)", name="corrects_a_month"),
            CheckConstraint(
                "(target_code is null) = (target_path is null)", name="leads_somewhere"
            ),
            CheckConstraint(
                f"{OPEN} or state = 'dropped' or ends_on >= starts_on", name="in_order"
            ),
            CheckConstraint(
                "asked_by = 'institution' or (kind = 'correct' and asked_by in "
                "('township', 'county'))",
                name="officers_ask_for_corrections",
            ),
            *law_for_papers(KNOWN),
        )
