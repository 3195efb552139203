from datetime import date
from enum import IntEnum, StrEnum

from sqlalchemy import (
    CheckConstraint,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    SmallInteger,
    String,
    UniqueConstraint,
    and_,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tuoyu.clock import today
from tuoyu.extensions import db


def Path():
    """A column for a chain of codes in the managing tree; "C" order makes prefixes ranges."""
    return String(80, collation="C")


def stands_in_region():
    """Two columns `region_code` and `region_path` that stay together: whoever stands in a region
    goes with it when the managing tree changes. (Papers keep the path of their time instead.)"""
    return ForeignKeyConstraint(
        ["region_code", "region_path"],
        ["regions.code", "regions.path"],
        onupdate="CASCADE",
    )


class Level(IntEnum):
    PROVINCE = 1
    CITY = 2
    COUNTY = 3
    TOWNSHIP = 4
    VILLAGE = 5


class Kind(StrEnum):
    ADMINISTRATIVE = "admin"
    FUNCTIONAL = "functional"  # a zone that acts as a county


class ReviewMode(StrEnum):
    TWO_LEVEL = "two_level"
    COUNTY_ONLY = "county_only"  # no township review: papers go straight to the county


class Region(db.Model):
    """A node of the managing tree: the code tree of the national statistics office, except that
    functional zones act as counties and Pingtan hangs directly under the province."""

    __tablename__ = "regions"
    __table_args__ = (
        UniqueConstraint("code", "path"),  # what stands in a region refers to both, and follows
        CheckConstraint("level between 1 and 5", name="level"),
        CheckConstraint("path like '%' || code || '/'", name="path_ends_here"),
        CheckConstraint(
            "(level = 1) = (parent_code is null)", name="only_the_province_has_no_parent"
        ),
    )

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(60), index=True)
    level: Mapped[int] = mapped_column(SmallInteger, index=True)
    kind: Mapped[Kind] = mapped_column(
        Enum(Kind, native_enum=False, length=12, values_callable=lambda e: [k.value for k in e]),
        default=Kind.ADMINISTRATIVE,
    )
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), index=True)
    path: Mapped[str] = mapped_column(Path(), unique=True)
    full_name: Mapped[str] = mapped_column(String(200))  # 福建省/福州市/鼓楼区/鼓东街道/中山社区
    office: Mapped[str] = mapped_column(String(100), default="")  # 福州市鼓楼区卫生健康局
    initials: Mapped[str] = mapped_column(String(200), default="")
    can_report: Mapped[bool] = mapped_column(default=True, index=True)
    review_mode: Mapped[ReviewMode] = mapped_column(
        Enum(
            ReviewMode, native_enum=False, length=12, values_callable=lambda e: [m.value for m in e]
        ),
        default=ReviewMode.TWO_LEVEL,
    )
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), index=True)

    parent: Mapped["Region | None"] = relationship(
        foreign_keys=parent_code, remote_side="Region.code"
    )

    @classmethod
    def offered(cls):
        """Criterion: valid today, and institutions may lie here or below."""
        return and_(
            cls.can_report,
            or_(cls.valid_from.is_(None), cls.valid_from <= today()),
            or_(cls.valid_to.is_(None), cls.valid_to > today()),
        )

    @property
    def is_village(self):
        return self.level == Level.VILLAGE

    @property
    def codes(self):
        """The codes from the province down to this region."""
        return self.path.rstrip("/").split("/")

    @property
    def depth(self):
        """How many codes the path has; a region's children lie one deeper."""
        return len(self.codes)


def full_name_of(path):
    """福建省/福州市/鼓楼区/鼓东街道/中山社区, for a path of today or of an earlier time."""
    codes = path.rstrip("/").split("/")
    names = select(Region.code, Region.name).where(Region.code.in_(codes))
    name_of = dict(list(db.session.execute(names)))
    return "/".join(name_of[code] for code in codes)
