"""the three declarations of a month

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

LAW = {
    "declaration": "declaration in ('no_change', 'zero', 'closed')",
    "no_change_was_verified": "declaration is distinct from 'no_change' or verified_at is not null "
    "and coalesce(in_care, 0) > 0 and extract(month from month) not in (1, 12)",
    "empty_has_a_reason": "coalesce(declaration, 'no_change') = 'no_change' "
    "or coalesce(in_care, -1) = 0 and declared_because <> ''",
    "closed_the_whole_month": "declaration is distinct from 'closed' or "
    "closed_from is not null and closed_from <= month and (closed_until is null "
    "or closed_until >= (month + interval '1 month' - interval '1 day')::date)",
    "only_what_is_declared": "(declaration is not null or declared_because = '' and "
    "verified_at is null) and (declaration is not distinct from 'closed' or "
    "closed_from is null and closed_until is null)",
}
COLUMNS = (
    ("declaration", sa.String(12), None),
    ("declared_because", sa.String(200), ""),
    ("verified_at", sa.DateTime(timezone=True), None),
    ("closed_from", sa.Date(), None),
    ("closed_until", sa.Date(), None),
    ("undeclared", sa.String(200), ""),
)


def upgrade():
    for name, kind, filled in COLUMNS:
        add("monthly_reports", name, kind, filled)
    for name, condition in LAW.items():
        op.create_check_constraint(op.f(f"ck_monthly_reports_{name}"), "monthly_reports", condition)
    op.create_index(op.f("ix_monthly_reports_declaration"), "monthly_reports", ["declaration"])
    add("steps", "figures", postgresql.JSONB(), "{}")


def add(table, name, kind, filled):
    """A new column; where it may not be empty, the rows there are get `filled`."""
    column = sa.Column(name, kind, nullable=filled is None, server_default=filled)
    op.add_column(table, column)
    if filled is not None:
        op.alter_column(table, name, server_default=None)


def downgrade():
    op.drop_column("steps", "figures")
    for name, *_ in reversed(COLUMNS):
        op.drop_column("monthly_reports", name)
