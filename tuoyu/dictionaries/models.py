from datetime import date

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from tuoyu.extensions import db


class DictItem(db.Model):
    """One option of a list such as 托育服务机构类型. Retired, never deleted; its label never
    changes (a new wording is a new item), so that old papers keep the words they were filed with."""

    __tablename__ = "dict_items"

    dict_code: Mapped[str] = mapped_column(String(8), primary_key=True)
    item_code: Mapped[str] = mapped_column(String(12), primary_key=True)
    label: Mapped[str] = mapped_column(String(60))
    short_label: Mapped[str] = mapped_column(String(12), default="")
    sort: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(200), default="")


class Parameter(db.Model):
    """A number or a text that the province may change without a new program."""

    __tablename__ = "parameters"

    key: Mapped[str] = mapped_column(String(60), primary_key=True)
    value: Mapped[str] = mapped_column(String(500), default="")
    label: Mapped[str] = mapped_column(String(200), default="")
    source: Mapped[str] = mapped_column(String(200), default="")
