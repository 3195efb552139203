"""Bring the options and parameters of `data/` into the database; again without harm."""

import csv
from pathlib import Path

from sqlalchemy import select

from tuoyu.dictionaries.models import DictItem, Parameter
from tuoyu.extensions import db

DATA = Path(__file__).resolve().parents[2] / "data"


def load_dictionaries():
    """Add what is missing and keep what the province changed. Answers how many were added."""
    added = 0
    for row in rows("dictionaries.csv"):
        added += add_item(row)
    known = set(db.session.scalars(select(Parameter.key)))
    for row in rows("parameters.csv"):
        if row["key"] not in known:
            db.session.add(Parameter(**row))
            added += 1
    return added


def add_item(row):
    same = (DictItem.dict_code == row["dict_code"], DictItem.item_code == row["item_code"])
    if db.session.scalar(select(DictItem.label).where(*same)) is not None:
        return 0
    db.session.add(DictItem(**row | {"sort": int(row["sort"])}))
    return 1


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
