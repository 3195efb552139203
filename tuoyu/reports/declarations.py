"""What an institution may declare of a month instead of typing it: 无变动, 零入托, 停业.

A declaration stands beside the state of the report and never replaces it: the month is filed,
reviewed and confirmed like any other, and is counted apart from months that are missing. It stands
only while it is true; the database repeats the law.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, DateTime, Enum, String, case, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column


class Declaration(StrEnum):
    NO_CHANGE = "no_change"
    ZERO = "zero"
    CLOSED = "closed"

    @property
    def label(self):
        return WORDS[self]


WORDS = {
    Declaration.NO_CHANGE: "无变动",
    Declaration.ZERO: "零入托",
    Declaration.CLOSED: "停业",
}
WHOLE_MONTH = (
    "closed_from is not null and closed_from <= month and "
    "(closed_until is null or closed_until >= (month + interval '1 month' - interval '1 day')::date)"
)
LAW = {
    "no_change_was_verified": "declaration is distinct from 'no_change' or verified_at is not null "
    "and coalesce(in_care, 0) > 0 and extract(month from month) not in (1, 12)",
    "empty_has_a_reason": "coalesce(declaration, 'no_change') = 'no_change' "
    "or coalesce(in_care, -1) = 0 and declared_because <> ''",
    "closed_the_whole_month": f"declaration is distinct from 'closed' or {WHOLE_MONTH}",
    "only_what_is_declared": "(declaration is not null or declared_because = '' and "
    "verified_at is null) and (declaration is not distinct from 'closed' or "
    "closed_from is null and closed_until is null)",
}
KIND = Enum(
    Declaration,
    native_enum=False,
    length=12,
    create_constraint=True,
    name="declaration",
    values_callable=lambda kinds: [kind.value for kind in kinds],
)
DECLARED = ("declaration", "declared_because", "verified_at", "closed_from", "closed_until")


class Declared:
    """The columns of a declaration. `undeclared` says why the last one no longer stands, until
    the next or the submission."""

    declaration: Mapped[Declaration | None] = mapped_column(KIND, index=True)
    declared_because: Mapped[str] = mapped_column(String(200), default="")
    verified_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    closed_from: Mapped[date | None]
    closed_until: Mapped[date | None]
    undeclared: Mapped[str] = mapped_column(String(200), default="")

    @hybrid_property
    def declared_as(self):
        """As what the month is counted: who types 0 children has none, declared or not."""
        return self.declaration or (Declaration.ZERO if self.in_care == 0 else None)

    @declared_as.inplace.expression
    @classmethod
    def _declared_as(cls):
        return func.coalesce(cls.declaration, case((cls.in_care == 0, Declaration.ZERO.value)))

    def declare(self, kind, because="", verified_at=None, closed_from=None, closed_until=None):
        """Let this be declared of the month; None takes the declaration back."""
        self.forget_explanation("S21", self.declared_because)
        given = (kind, because, verified_at, closed_from, closed_until)
        for name, value in zip(DECLARED, given, strict=True):
            setattr(self, name, value)
        self.undeclared = ""

    def explanation_of(self, key, complaint):
        """Why nobody was there has been said with the declaration (S21)."""
        said = super().explanation_of(key, complaint)
        return said or (self.declared_because if complaint.check_id == "S21" else "")

    def undeclare(self, why):
        """The declaration is true no longer; say why."""
        label = self.declaration.label
        self.declare(None)
        self.undeclared = f"本月“{label}”的申报已取消：{why}"


def law_for_declarations():
    """What the database repeats of the law."""
    return [CheckConstraint(condition, name=name) for name, condition in LAW.items()]
