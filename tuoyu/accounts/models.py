from datetime import datetime
from enum import StrEnum

from flask_security import UserMixin
from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    String,
    and_,
    false,
    func,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.regions.models import Level, Path, Region, stands_in_region
from tuoyu.scope import Scope, Scoped, by_path


class Role(StrEnum):
    INSTITUTION = "institution"
    TOWNSHIP = "township"
    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    SYSADMIN = "sysadmin"

    @property
    def label(self):
        return ROLE_LABELS[self]


ROLE_LABELS = {
    Role.INSTITUTION: "托育机构",
    Role.TOWNSHIP: "乡镇审核员",
    Role.COUNTY: "县级复核员",
    Role.CITY: "市级管理员",
    Role.PROVINCE: "省级管理员",
    Role.SYSADMIN: "系统管理员",
}
LEVEL_OF = {
    Role.INSTITUTION: Level.VILLAGE,
    Role.TOWNSHIP: Level.TOWNSHIP,
    Role.COUNTY: Level.COUNTY,
    Role.CITY: Level.CITY,
    Role.PROVINCE: Level.PROVINCE,
}
MOST_OPERATORS = 3  # beside the main account
OFFICERS = (Role.TOWNSHIP, Role.COUNTY, Role.CITY, Role.PROVINCE)


def one_of(enum, length):
    """A column that holds one member of `enum` by its value."""
    return Enum(
        enum, native_enum=False, length=length, values_callable=lambda e: [m.value for m in e]
    )


class User(Scoped, UserMixin, db.Model):
    """A person with one role in one place. Officers stand at a region, directors at an
    institution; a sysadmin stands nowhere and sees no figures."""

    __tablename__ = "users"
    __table_args__ = (
        stands_in_region(),
        CheckConstraint(
            "(role = 'institution') = (institution_id is not null)", name="directors_have_one"
        ),
        CheckConstraint("(role = 'sysadmin') = (region_code is null)", name="officers_stand"),
        CheckConstraint("not is_main or institution_id is not null", name="directors_lead"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(32))
    display_name: Mapped[str] = mapped_column(String(50))
    mobile: Mapped[str | None] = mapped_column(String(11), unique=True)
    email: Mapped[str | None] = mapped_column(String(100))
    email_confirmed_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    password: Mapped[str] = mapped_column(String(255))
    must_change: Mapped[bool] = mapped_column(default=False, server_default=false())
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    role: Mapped[Role] = mapped_column(one_of(Role, 12))
    region_code: Mapped[str | None] = mapped_column(String(12), index=True)
    region_path: Mapped[str | None] = mapped_column(Path(), index=True)
    institution_id: Mapped[int | None] = mapped_column(ForeignKey(Institution.id), index=True)
    is_main: Mapped[bool] = mapped_column(default=False, server_default=false())
    privacy_consent_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    privacy_notice_version: Mapped[str | None] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=now)

    region: Mapped[Region | None] = relationship()
    institution: Mapped[Institution | None] = relationship()

    @classmethod
    def within(cls, scope):
        return by_path(cls.region_path, cls.institution_id, scope)

    @property
    def scope(self):
        """The corner of the map this person may see; a sysadmin's is empty."""
        if self.role == Role.INSTITUTION:
            return Scope(institution_id=self.institution_id)
        return Scope(region_path=self.region_path)

    @property
    def office(self):
        """Where the person works, as it is written on a step and in the page head."""
        if self.role == Role.INSTITUTION:
            return self.institution.name
        return self.region.office or self.region.name if self.region else "系统管理"

    @property
    def title(self):
        """What the person is, in words: 主账号, 操作员, or the role of an officer."""
        if self.role == Role.INSTITUTION:
            return "主账号" if self.is_main else "操作员"
        return self.role.label


Index("uq_users_username_any_case", func.lower(User.username), unique=True)
Index("uq_users_email_any_case", func.lower(User.email), unique=True)
Index(
    "uq_users_one_main",
    User.institution_id,
    unique=True,
    postgresql_where=and_(User.is_main, User.active),
)


class LoginAttempt(Scoped, db.Model):
    """One try to sign in that has not succeeded. The account is kept as a digest: people type
    their password into the wrong field, and it must not lie here to be read."""

    __tablename__ = "login_attempts"
    __table_args__ = (Index("ix_login_attempts_account_at", "account", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True), index=True)

    @classmethod
    def within(cls, scope):
        return false()  # the concern of the door alone
