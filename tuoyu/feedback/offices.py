"""Which office a question goes to."""

from sqlalchemy import select

from tuoyu.accounts.models import OFFICERS, Role, User
from tuoyu.extensions import db
from tuoyu.scope import EVERYWHERE, looking


def office_above(role, region_path):
    """The role (a word) of the next office above that has somebody in it; the province at last."""
    above = [*OFFICERS[OFFICERS.index(role) + 1 :]] if role in OFFICERS else [*OFFICERS]
    here = User.role.in_(above), User.active, prefixes(region_path, User.region_path)
    with looking(EVERYWHERE):
        staffed = set(db.session.scalars(select(User.role).where(*here)))
    return next((r.value for r in above if r in staffed), Role.PROVINCE.value)


def prefixes(path, column):
    """Criterion: `column` is the path of a region above `path`, or that of its own region."""
    codes = path.rstrip("/").split("/")
    return column.in_(["/".join(codes[:n]) + "/" for n in range(1, len(codes) + 1)])
