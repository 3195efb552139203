"""operators, links and hand-overs

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

FIRST_ACCOUNTS = """
update users set is_main = true
where id in (
    select distinct on (institution_id) id from users
    where institution_id is not null order by institution_id, active desc, id
)
"""


def moment(name, nullable=False):
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def of_user(name="user_id", nullable=False):
    return sa.Column(name, sa.Integer(), sa.ForeignKey("users.id"), nullable=nullable)


def upgrade():
    flag = {"server_default": sa.false(), "nullable": False}
    op.add_column("users", sa.Column("is_main", sa.Boolean(), **flag))
    op.add_column("users", sa.Column("must_change", sa.Boolean(), **flag))
    op.add_column("users", moment("email_confirmed_at", nullable=True))
    op.execute(FIRST_ACCOUNTS)
    op.create_check_constraint(
        op.f("ck_users_directors_lead"), "users", "not is_main or institution_id is not null"
    )
    op.create_index(
        "uq_users_one_main",
        "users",
        ["institution_id"],
        unique=True,
        postgresql_where=sa.text("is_main AND active"),
    )
    make_links()
    make_events()
    make_former_passwords()
    make_handovers()


def make_links():
    op.create_table(
        "account_links",
        sa.Column("id", sa.Integer(), primary_key=True),
        of_user(),
        sa.Column("purpose", sa.String(12), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False, unique=True),
        sa.Column("address", sa.String(100)),
        moment("expires_at"),
        sa.UniqueConstraint("user_id", "purpose"),
    )
    op.create_index("ix_account_links_expires_at", "account_links", ["expires_at"])


def make_events():
    op.create_table(
        "account_events",
        sa.Column("id", sa.Integer(), primary_key=True),
        of_user(nullable=True),
        of_user("by_id", nullable=True),
        sa.Column("by_name", sa.String(160), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("detail", sa.String(300), nullable=False),
        sa.Column("ip", sa.String(45)),
        moment("at"),
    )
    for column in ("user_id", "by_id"):
        op.create_index(f"ix_account_events_{column}", "account_events", [column])


def make_former_passwords():
    op.create_table(
        "former_passwords",
        sa.Column("id", sa.Integer(), primary_key=True),
        of_user(),
        sa.Column("password", sa.String(255), nullable=False),
        moment("until"),
    )
    op.create_index("ix_former_passwords_user_id", "former_passwords", ["user_id"])


def make_handovers():
    op.create_table(
        "handovers",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("institution_id", sa.Integer(), sa.ForeignKey("institutions.id"), nullable=False),
        sa.Column("region_path", sa.String(80, collation="C"), nullable=False),
        of_user("from_id"),
        of_user("to_id"),
        sa.Column("from_name", sa.String(50), nullable=False),
        sa.Column("to_name", sa.String(50), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        moment("at"),
    )
    for column in ("institution_id", "region_path", "from_id", "to_id"):
        op.create_index(f"ix_handovers_{column}", "handovers", [column])


def downgrade():
    for table in ("handovers", "former_passwords", "account_events", "account_links"):
        op.drop_table(table)
    op.drop_index("uq_users_one_main", "users")
    op.drop_constraint(op.f("ck_users_directors_lead"), "users", type_="check")
    for column in ("email_confirmed_at", "must_change", "is_main"):
        op.drop_column("users", column)
