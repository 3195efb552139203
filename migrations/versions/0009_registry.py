"""branches that counties permit

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "branch_permits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unified_social_credit_code", sa.String(length=18), nullable=False),
        sa.Column("region_path", sa.String(length=80, collation="C"), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("permitted_by", sa.String(length=50), nullable=False),
        sa.Column("permitted_by_id", sa.Integer(), nullable=False),
        sa.Column("permitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["permitted_by_id"], ["users.id"], name=op.f("fk_branch_permits_permitted_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_branch_permits_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_branch_permits")),
        sa.UniqueConstraint("institution_id", name=op.f("uq_branch_permits_institution_id")),
    )
    for column in ("unified_social_credit_code", "region_path", "permitted_by_id"):
        op.create_index(op.f(f"ix_branch_permits_{column}"), "branch_permits", [column])


def downgrade():
    op.drop_table("branch_permits")
