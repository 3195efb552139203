"""what lies in a draft as it was typed

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

PAPERS = ("archive_revisions", "monthly_reports")


def upgrade():
    for paper in PAPERS:
        for name in ("loose", "touched"):
            column = sa.Column(name, postgresql.JSONB(), nullable=False, server_default="{}")
            op.add_column(paper, column)
            op.alter_column(paper, name, server_default=None)


def downgrade():
    for paper in PAPERS:
        op.drop_column(paper, "touched")
        op.drop_column(paper, "loose")
