"""each office may begin a correction of its own

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

OPEN = "not (state in ('confirmed', 'dropped'))"


def unique(name, columns, where):
    op.create_index(
        name,
        "applications",
        columns,
        unique=True,
        postgresql_where=sa.text(where),
        postgresql_nulls_not_distinct=True,
    )


def upgrade():
    op.drop_index("uq_applications_open", "applications")
    same = ["institution_id", "kind", "month"]
    unique("uq_applications_open", same, f"{OPEN} and state <> 'draft'")
    unique("uq_applications_begun", [*same, "asked_by"], OPEN)


def downgrade():
    """Refused by the database while two offices have begun the same: one of them comes first."""
    op.drop_index("uq_applications_begun", "applications")
    op.drop_index("uq_applications_open", "applications")
    unique("uq_applications_open", ["institution_id", "kind", "month"], OPEN)
