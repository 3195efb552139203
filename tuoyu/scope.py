"""What one person may see.

Every ORM statement inside a request is narrowed here, so no view has to remember to.
Rights follow the managing tree: a row lies on the map by the path of its region, the chain of
codes from the province down, each closed by "/".
"""

from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

from flask import g
from sqlalchemy import and_, event, false
from sqlalchemy.orm import Session, with_loader_criteria


@dataclass(frozen=True)
class Scope:
    """A corner of the map. One that names no corner sees nothing."""

    region_path: str | None = None  # "350000000000/350100000000/" is a city
    institution_id: int | None = None


EVERYWHERE = object()


class ScopeNotSet(RuntimeError):
    """A query ran before anyone said on whose behalf."""


class Scoped:
    """A row that lies somewhere on the map."""

    @classmethod
    def within(cls, scope):
        raise NotImplementedError


def below(column, path):
    """Rows whose path starts with `path`, as a range that an index in "C" order answers."""
    return and_(column >= path, column < path[:-1] + "0")  # "0" is the character after "/"


def by_path(column, institution, scope):
    """The usual criterion: one institution's rows, or the rows of a corner of the map."""
    if scope.institution_id:
        return institution == scope.institution_id
    if scope.region_path:
        return below(column, scope.region_path)
    return false()


@contextmanager
def looking(scope):
    """Query on behalf of `scope` for the length of the block."""
    before = g.get("scope")
    g.scope = scope
    try:
        yield
    finally:
        g.scope = before


def scoped_models(parent=Scoped):
    for model in parent.__subclasses__():
        if hasattr(model, "__table__"):
            yield model
        else:
            yield from scoped_models(model)


@event.listens_for(Session, "do_orm_execute")
def keep_within_scope(execution):
    if execution.is_column_load or execution.is_insert:
        return
    if (scope := g.get("scope")) is None:
        raise ScopeNotSet
    if scope is EVERYWHERE:
        return
    execution.statement = execution.statement.options(*criteria_of(scope))


@lru_cache(maxsize=1024)
def criteria_of(scope):
    """What narrows a statement to `scope`, built once: options that are never changed."""
    return tuple(
        with_loader_criteria(
            model, model.within(scope), include_aliases=True, propagate_to_loaders=False
        )
        for model in scoped_models()
    )
