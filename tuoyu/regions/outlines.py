"""The outlines of the counties, for finding a place on the map. They show roughly where a county
ends and prove nothing. Source: data/county_outlines.geojson (国家地理信息公共服务平台 天地图)."""

import json
from dataclasses import dataclass
from functools import cache
from math import cos, hypot, radians
from pathlib import Path

FILE = Path(__file__).resolve().parents[2] / "data" / "county_outlines.geojson"
SOURCE = "国家地理信息公共服务平台（天地图）"
BLUR = 0.02  # degrees, some 2 km: how far outlines and coordinate systems may be off


@dataclass(frozen=True)
class Outline:
    """A county: its name and its rings, each a chain of (longitude, latitude)."""

    code: str
    name: str
    rings: tuple

    @property
    def bounds(self):
        """(west, south, east, north)."""
        xs, ys = zip(*(point for ring in self.rings for point in ring), strict=True)
        return min(xs), min(ys), max(xs), max(ys)

    @property
    def middle(self):
        """Where the name is written: the middle of the largest piece."""
        xs, ys = zip(*max(self.rings, key=len), strict=True)
        return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2

    def contains(self, longitude, latitude):
        """Whether the point lies inside, or so near that it may."""
        place = (float(longitude), float(latitude))
        inside = sum(crossings(ring, place) for ring in self.rings) % 2 == 1
        return inside or any(distance(ring, place) < BLUR for ring in self.rings)


def crossings(ring, place):
    """How often a line from the place to the east crosses the ring."""
    x, y = place
    return sum(
        (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in sides(ring)
    )


def distance(ring, place):
    """How far the place is from the ring, in degrees of latitude."""
    narrow = cos(radians(place[1]))
    return min(from_side(place, *side, narrow) for side in sides(ring))


def from_side(place, start, end, narrow):
    px, py = (place[0] - start[0]) * narrow, place[1] - start[1]
    dx, dy = (end[0] - start[0]) * narrow, end[1] - start[1]
    length = dx * dx + dy * dy
    along = max(0, min(1, (px * dx + py * dy) / length)) if length else 0
    return hypot(px - along * dx, py - along * dy)


def sides(ring):
    return zip(ring, ring[1:], strict=False)


@cache
def outlines():
    """{code of the county: Outline}, all of the province."""
    features = json.loads(FILE.read_text(encoding="utf-8"))["features"]
    return {one.code: one for one in map(outline_from, features)}


def outline_from(feature):
    rings = tuple(
        tuple(map(tuple, ring))
        for polygon in feature["geometry"]["coordinates"]
        for ring in polygon
    )
    return Outline(feature["properties"]["code"], feature["properties"]["name"], rings)


def county_around(village_code):
    """The Outline of the county that a village's code names, or None. For a village of a zone it
    is the county from which the zone was cut: zones have no outlines of their own."""
    return outlines().get(f"{village_code[:6]}000000")
