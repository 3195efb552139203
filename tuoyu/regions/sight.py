"""A square piece of the map, near or far: where a click on it points to, and how it is drawn."""

from dataclasses import dataclass, replace
from math import cos, radians

from tuoyu.regions.outlines import outlines

NEARER = 4  # how much each step enlarges
NEAREST = 3  # steps
AIR = 1.08  # around the county, at the beginning
SCALES = (10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000)  # metres of the bar
GAPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1)  # degrees of the grid
METRES = 111_320  # of a degree of latitude
FARTHEST = 85  # degrees from the equator that are drawn; at the poles a degree of longitude is none


@dataclass(frozen=True)
class Sight:
    """What one sees of the map: the middle, and how many steps nearer than the whole county."""

    county: object  # an Outline
    longitude: float
    latitude: float
    step: int = 0

    @classmethod
    def of(cls, county):
        """The whole county."""
        west, south, east, north = county.bounds
        return cls(county, (west + east) / 2, (south + north) / 2)

    @property
    def reach(self):
        """Degrees of latitude from the middle to the edge above."""
        west, south, east, north = self.county.bounds
        widest = max(north - south, (east - west) * cos(radians((south + north) / 2)))
        return widest / 2 * AIR / NEARER**self.step

    @property
    def narrow(self):
        """How wide a degree of longitude is beside one of latitude."""
        return cos(radians(min(abs(self.latitude), FARTHEST)))

    def point_at(self, x, y, size):
        """(longitude, latitude) of a pixel of the square that is `size` pixels wide."""
        across, down = 2 * x / size - 1, 2 * y / size - 1
        return (
            round(self.longitude + across * self.reach / self.narrow, 6),
            round(self.latitude - down * self.reach, 6),
        )

    def pixel_of(self, longitude, latitude, size):
        """(x, y) of a place, the other way round."""
        across = (float(longitude) - self.longitude) * self.narrow / self.reach
        down = (self.latitude - float(latitude)) / self.reach
        return round((across + 1) * size / 2, 1), round((down + 1) * size / 2, 1)

    def around(self, longitude, latitude, step):
        """The sight with this place in the middle."""
        near = max(0, min(step, NEAREST))
        return replace(self, longitude=float(longitude), latitude=float(latitude), step=near)

    def path_of(self, outline, size):
        """The rings of an outline as the `d` of an SVG path; points on the same pixel are one."""
        rings = []
        for ring in outline.rings:
            pixels = [tuple(map(round, self.pixel_of(*place, size))) for place in ring]
            kept = [p for p, before in zip(pixels, [None, *pixels], strict=False) if p != before]
            rings.append("M" + "L".join(f"{x} {y}" for x, y in kept) + "Z")
        return "".join(rings)

    @property
    def neighbours(self):
        """The other counties that reach into the square."""
        wide = self.reach / self.narrow
        for other in outlines().values():
            west, south, east, north = other.bounds
            beside = east < self.longitude - wide or west > self.longitude + wide
            above = north < self.latitude - self.reach or south > self.latitude + self.reach
            if other is not self.county and not beside and not above:
                yield other

    def scale(self, size):
        """(metres, pixels) of a bar of a round length, at most a third of the width."""
        metres_a_pixel = 2 * self.reach * METRES / size
        metres = max(m for m in SCALES if m <= max(size / 3 * metres_a_pixel, SCALES[0]))
        return metres, round(metres / metres_a_pixel, 1)

    def lines(self, size):
        """The grid: (pixels from the left, degrees), (pixels from above, degrees)."""
        gap = next(gap for gap in GAPS if gap >= self.reach / 2)
        wide = self.reach / self.narrow
        return (
            [
                (self.pixel_of(at, self.latitude, size)[0], at)
                for at in rounds(self.longitude - wide, self.longitude + wide, gap)
            ],
            [
                (self.pixel_of(self.longitude, at, size)[1], at)
                for at in rounds(self.latitude - self.reach, self.latitude + self.reach, gap)
            ],
        )


def rounds(start, end, gap):
    """The multiples of `gap` between the two."""
    return [round(n * gap, 3) for n in range(int(start / gap) + 1, int(end / gap) + 1)]
