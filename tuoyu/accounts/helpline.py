"""Whom to call when no letter can help: the county's office, which resets passwords."""

from itertools import groupby

from sqlalchemy import select

from tuoyu.extensions import db
from tuoyu.regions.models import Level, Region


def counties():
    """[(city, [Region, …])]: the counties, and the zones that act as such, as they stand on the
    map; 平潭 has no city and stands under the province."""
    wanted = select(Region).where(Region.level == Level.COUNTY, Region.offered())
    found = db.session.scalars(wanted.order_by(Region.path)).all()
    return [(city, list(below)) for city, below in groupby(found, key=above)]


def above(county):
    return county.full_name.split("/")[-2]


def office_in(offered, code):
    """Of what counties() answered, the Region with this code, or None."""
    return next((one for _, below in offered for one in below if one.code == code), None)
