"""Options and parameters, read once a request."""

from decimal import Decimal

from flask import g
from sqlalchemy import select

from tuoyu.dictionaries.models import DictItem, Parameter
from tuoyu.extensions import db


def items(dict_code):
    """All options of one list in their order, retired ones included."""
    if "dictionaries" not in g:
        g.dictionaries = {}
        everything = select(DictItem).order_by(DictItem.dict_code, DictItem.sort)
        for item in db.session.scalars(everything):
            g.dictionaries.setdefault(item.dict_code, []).append(item)
    return g.dictionaries.get(dict_code, [])


def choices(dict_code, keep=()):
    """(code, label) of the options on offer, and of those in `keep` although retired."""
    return [(i.item_code, i.label) for i in items(dict_code) if i.is_active or i.item_code in keep]


def label(dict_code, item_code):
    """The words of one option; the code itself when there is none."""
    return next((i.label for i in items(dict_code) if i.item_code == item_code), item_code)


def short_label(dict_code, item_code):
    """The words for a narrow column of a printed sheet."""
    found = next((i for i in items(dict_code) if i.item_code == item_code), None)
    return (found.short_label or found.label) if found else item_code or ""


def parameter(key):
    """The text of a parameter; raises KeyError when it was never loaded."""
    if "parameters" not in g:
        g.parameters = {p.key: p.value for p in db.session.scalars(select(Parameter))}
    return g.parameters[key]


def number(key):
    """A parameter as a Decimal."""
    return Decimal(parameter(key))
