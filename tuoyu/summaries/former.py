"""Where a region hung in the managing tree in an earlier month.

Months stay where they were counted (decision 15), so a region that has come to hang elsewhere has
its figures of before on the sheets of the region above it at that time.
"""

from sqlalchemy import select

from tuoyu.extensions import db
from tuoyu.institutions.chronicle import Change, Kind
from tuoyu.regions.models import Region
from tuoyu.scope import below


def former_parent(region, month):
    """The Region above `region` in `month`, if it was another than today's and institutions lay
    there; else None. What moved away from a path of that time tells of it."""
    left = select(Change.region_path).where(
        Change.kind == Kind.MOVED,
        Change.region_path.contains(f"/{region.code}/"),
        ~below(Change.region_path, region.path),
        Change.effective_on > month,
        Change.in_effect_at.is_not(None),
    )
    path = db.session.scalar(left.order_by(Change.effective_on, Change.id).limit(1))
    if path is None:
        return None
    codes = path.split("/")
    above = codes[codes.index(region.code) - 1]
    return db.session.scalar(select(Region).where(Region.code == above))
