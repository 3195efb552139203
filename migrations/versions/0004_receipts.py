"""receipts

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "receipts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("institution_name", sa.String(length=100), nullable=False),
        sa.Column("unified_social_credit_code", sa.String(length=18), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("days_late", sa.Integer(), nullable=True),
        sa.Column("township_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("county_due", sa.DateTime(timezone=True), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("region_path", sa.String(length=80, collation="C"), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_receipts_institution_id")
        ),
        sa.ForeignKeyConstraint(["step_id"], ["steps.id"], name=op.f("fk_receipts_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_receipts")),
        sa.UniqueConstraint("number", name=op.f("uq_receipts_number")),
        sa.UniqueConstraint("step_id", name=op.f("uq_receipts_step_id")),
    )
    with op.batch_alter_table("receipts", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_receipts_institution_id"), ["institution_id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_receipts_region_path"), ["region_path"], unique=False)
    op.execute(  # a program that runs already does not load its parameters anew
        "insert into parameters (key, value, label, source) "
        "values ('sheet.base_number', '', '托基1表 表号', '') on conflict do nothing"
    )


def downgrade():
    op.execute("delete from parameters where key = 'sheet.base_number'")
    op.drop_table("receipts")
