"""problem feedback

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = "kind in ('operation', 'definition', 'data', 'suggestion')"


def signed():
    return (
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(50), nullable=False),
        sa.Column("by_office", sa.String(200), nullable=False),
        sa.Column("by_role", sa.String(12), nullable=False),
    )


def moment(name, nullable=False):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def path():
    return sa.Column("region_path", sa.String(80, collation="C"), nullable=False)


def refers(table, column, other):
    name = op.f(f"fk_{table}_{column}_{other}")
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=name)


def indexed(table, *columns):
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def upgrade():
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("title", sa.String(60), nullable=False),
        sa.Column("body", sa.String(2000), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("picture", sa.LargeBinary(), nullable=True),
        sa.Column("has_picture", sa.Boolean(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        path(),
        sa.Column("held_by", sa.String(12), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        moment("asked_at"),
        moment("waiting_since"),
        moment("closed_at", nullable=True),
        *signed(),
        sa.CheckConstraint(KINDS, name=op.f("ck_questions_kind")),
        sa.CheckConstraint(
            "(status = 'closed') = (closed_at is not null)",
            name=op.f("ck_questions_closed_at_a_time"),
        ),
        refers("questions", "by_id", "users"),
        refers("questions", "institution_id", "institutions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_questions")),
    )
    indexed("questions", "by_id", "held_by", "institution_id", "region_path", "status")
    op.create_table(
        "question_remarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("question_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(12), nullable=False),
        sa.Column("body", sa.String(2000), nullable=False),
        moment("at"),
        *signed(),
        refers("question_remarks", "by_id", "users"),
        refers("question_remarks", "question_id", "questions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_question_remarks")),
    )
    indexed("question_remarks", "by_id", "question_id")
    op.create_table(
        "frequent_questions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("answer", sa.String(2000), nullable=False),
        path(),
        sa.Column("question_id", sa.Integer(), nullable=True),
        moment("published_at"),
        moment("withdrawn_at", nullable=True),
        *signed(),
        sa.CheckConstraint(KINDS, name=op.f("ck_frequent_questions_kind")),
        refers("frequent_questions", "by_id", "users"),
        refers("frequent_questions", "question_id", "questions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frequent_questions")),
    )
    indexed("frequent_questions", "by_id", "question_id", "region_path")


def downgrade():
    for table in ("frequent_questions", "question_remarks", "questions"):
        op.drop_table(table)
