"""Where a region hung in the managing tree in an earlier month.

Months stay where they were counted (decision 15), so a region that has come to hang elsewhere has
its figures of before on the sheets of the region above it at that time.
"""

from sqlalchemy import select

from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.institutions.stays import Stay
from tuoyu.regions.models import Region
from tuoyu.reports.due import lay_there
from tuoyu.scope import EVERYWHERE, looking


def former_parent(region, month):
    """The Region above `region` in `month`, if it was another than today's and institutions that
    reported by then lay there; else None. Their stays keep the path of that time, also of those
    that have left since, whom the region's own officer may see no more."""
    lay_here = (
        select(Stay.region_path)
        .join(Institution, lay_there(month))
        .where(Stay.region_path.contains(f"/{region.code}/"), Institution.first_due_month <= month)
    )
    with looking(EVERYWHERE):
        path = db.session.scalar(lay_here.limit(1))
    if path is None or path.startswith(region.path):
        return None
    codes = path.split("/")
    above = codes[codes.index(region.code) - 1]
    return db.session.scalar(select(Region).where(Region.code == above))
