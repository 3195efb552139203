"""applications

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

OPEN = "state in ('draft', 'returned')"
COMPLETE = f"""{OPEN} or state = 'dropped' or case kind
    when 'move' then target_code is not null and reason <> ''
    when 'correct' then monthly_report_id is not null and figures <> '{{}}' and reason <> ''
    when 'close' then starts_on is not null and settlement <> '' and reason <> ''
    when 'pictures' then true
    else starts_on is not null and reason <> '' end"""
STATES = (
    "state in ('draft', 'at_township', 'at_county', 'at_receiving', 'at_province', 'returned', "
    "'confirmed', 'dropped')"
)
ASKERS = "asked_by = 'institution' or (kind = 'correct' and asked_by in ('township', 'county'))"
PAPERS = "archive_revision_id, monthly_report_id"


def upgrade():
    op.create_table(
        "applications",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("asked_by", sa.String(length=12), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("initials", sa.String(length=200), nullable=False),
        sa.Column("unified_social_credit_code", sa.String(length=18), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("places", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("target_code", sa.String(length=12), nullable=True),
        sa.Column("target_path", sa.String(length=80, collation="C"), nullable=True),
        sa.Column("new_address", sa.String(length=200), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("settlement", sa.String(length=500), nullable=False),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("monthly_report_id", sa.Integer(), nullable=True),
        sa.Column("figures", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("replaced", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("first_submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("region_path", sa.String(length=80, collation="C"), nullable=False),
        sa.CheckConstraint(STATES, name=op.f("ck_applications_state")),
        sa.CheckConstraint(COMPLETE, name=op.f("ck_applications_complete")),
        sa.CheckConstraint(
            "(kind = 'correct') = (month is not null)",
            name=op.f("ck_applications_corrects_a_month"),
        ),
        sa.CheckConstraint(
            "(target_code is null) = (target_path is null)",
            name=op.f("ck_applications_leads_somewhere"),
        ),
        sa.CheckConstraint(
            f"{OPEN} or state = 'dropped' or ends_on >= starts_on",
            name=op.f("ck_applications_in_order"),
        ),
        sa.CheckConstraint(ASKERS, name=op.f("ck_applications_officers_ask_for_corrections")),
        sa.CheckConstraint(
            f"{OPEN} or submitted_at is not null",
            name=op.f("ck_applications_what_left_the_institution_was_submitted"),
        ),
        sa.CheckConstraint(
            "state not in ('confirmed', 'superseded') or confirmed_at is not null",
            name=op.f("ck_applications_what_is_in_force_was_confirmed"),
        ),
        sa.CheckConstraint("version >= 1", name=op.f("ck_applications_version")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("fk_applications_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["month"], ["report_periods.month"], name=op.f("fk_applications_month")
        ),
        sa.ForeignKeyConstraint(
            ["monthly_report_id"],
            ["monthly_reports.id"],
            name=op.f("fk_applications_monthly_report_id"),
        ),
        sa.ForeignKeyConstraint(
            ["target_code"], ["regions.code"], name=op.f("fk_applications_target_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_applications")),
    )
    for column in (
        "institution_id",
        "region_path",
        "state",
        "month",
        "monthly_report_id",
        "target_code",
        "target_path",
    ):
        op.create_index(op.f(f"ix_applications_{column}"), "applications", [column])
    op.create_index(
        "uq_applications_open",
        "applications",
        ["institution_id", "kind", "month"],
        unique=True,
        postgresql_where=sa.text("not (state in ('confirmed', 'dropped'))"),
        postgresql_nulls_not_distinct=True,
    )
    op.create_table(
        "application_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=104), nullable=False),
        sa.Column("mimetype", sa.String(length=20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("region_path", sa.String(length=80, collation="C"), nullable=False),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_application_evidence_application_id"),
            ondelete="cascade",
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"],
            ["institutions.id"],
            name=op.f("fk_application_evidence_institution_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_application_evidence")),
    )
    for column in ("application_id", "institution_id", "region_path"):
        op.create_index(op.f(f"ix_application_evidence_{column}"), "application_evidence", [column])
    op.create_table(
        "application_pictures",
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("picture_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("caption", sa.String(length=50), nullable=False),
        sa.CheckConstraint(
            "position between 1 and 9", name=op.f("ck_application_pictures_nine_places")
        ),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["applications.id"],
            name=op.f("fk_application_pictures_application_id"),
            ondelete="cascade",
        ),
        sa.ForeignKeyConstraint(
            ["picture_id"], ["pictures.id"], name=op.f("fk_application_pictures_picture_id")
        ),
        sa.PrimaryKeyConstraint(
            "application_id", "picture_id", name=op.f("pk_application_pictures")
        ),
        sa.UniqueConstraint(
            "application_id",
            "position",
            name=op.f("uq_application_pictures_application_id_position"),
            deferrable=True,
            initially="DEFERRED",
        ),
    )
    op.create_index(
        op.f("ix_application_pictures_picture_id"), "application_pictures", ["picture_id"]
    )
    op.add_column("steps", sa.Column("application_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_steps_application_id"), "steps", "applications", ["application_id"], ["id"]
    )
    op.create_index(op.f("ix_steps_application_id"), "steps", ["application_id"])
    op.drop_constraint(op.f("ck_steps_one_paper"), "steps", type_="check")
    op.create_check_constraint(
        op.f("ck_steps_one_paper"), "steps", f"num_nonnulls({PAPERS}, application_id) = 1"
    )
    op.add_column("archive_revisions", sa.Column("handed_in_with", postgresql.JSONB()))


def downgrade():
    op.drop_column("archive_revisions", "handed_in_with")
    op.execute("delete from steps where application_id is not null")
    op.drop_constraint(op.f("ck_steps_one_paper"), "steps", type_="check")
    op.drop_index(op.f("ix_steps_application_id"), "steps")
    op.drop_constraint(op.f("fk_steps_application_id"), "steps", type_="foreignkey")
    op.drop_column("steps", "application_id")
    op.create_check_constraint(op.f("ck_steps_one_paper"), "steps", f"num_nonnulls({PAPERS}) = 1")
    op.drop_table("application_pictures")
    op.drop_table("application_evidence")
    op.drop_table("applications")
