"""moves, pauses and closings of institutions

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "stays",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("region_path", sa.String(length=80, collation="C"), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("since < until", name=op.f("ck_stays_in_order")),
        sa.CheckConstraint(
            "extract(day from since) = 1 and extract(day from coalesce(until, since)) = 1",
            name=op.f("ck_stays_whole_months"),
        ),
        sa.CheckConstraint(
            "(until is null) = (left_at is null)", name=op.f("ck_stays_left_when_it_ended")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_stays_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stays")),
        sa.UniqueConstraint("institution_id", "since", name=op.f("uq_stays_institution_id_since")),
    )
    op.create_index(op.f("ix_stays_institution_id"), "stays", ["institution_id"])
    op.create_index(op.f("ix_stays_region_path"), "stays", ["region_path"])
    op.create_index(
        "uq_stays_now",
        "stays",
        ["institution_id"],
        unique=True,
        postgresql_where=sa.text("until is null"),
    )
    op.execute(
        "insert into stays (institution_id, region_path, since) "
        "select id, region_path, date '2000-01-01' from institutions"
    )
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("from_region", sa.String(length=200), nullable=False),
        sa.Column("to_region_code", sa.String(length=12), nullable=True),
        sa.Column("to_path", sa.String(length=80, collation="C"), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("recorded_by", sa.String(length=50), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("in_effect_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("region_path", sa.String(length=80, collation="C"), nullable=False),
        sa.CheckConstraint(
            "kind in ('moved', 'suspended', 'reopened', 'closed')", name=op.f("ck_changes_kind")
        ),
        sa.CheckConstraint(
            "(kind = 'moved') = (to_path is not null)",
            name=op.f("ck_changes_moves_lead_somewhere"),
        ),
        sa.CheckConstraint(
            "until is null or (kind = 'suspended' and until >= effective_on)",
            name=op.f("ck_changes_pauses_end"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_changes_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["to_region_code"], ["regions.code"], name=op.f("fk_changes_to_region_code")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["users.id"], name=op.f("fk_changes_recorded_by_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    for column in (
        "institution_id",
        "region_path",
        "effective_on",
        "to_region_code",
        "to_path",
        "recorded_by_id",
        "in_effect_at",
    ):
        op.create_index(op.f(f"ix_changes_{column}"), "changes", [column])
    # what follows from a change of the regions was done by nobody
    op.alter_column("steps", "by_id", nullable=True)


def downgrade():
    op.execute("delete from steps where by_id is null")
    op.alter_column("steps", "by_id", nullable=False)
    op.drop_table("changes")
    op.drop_table("stays")
