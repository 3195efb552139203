"""Where an institution lies on the map, as it is being looked for: an address tells all of it."""

from dataclasses import dataclass

from tuoyu.archives.checks import ARCHIVE
from tuoyu.regions.outlines import county_around
from tuoyu.regions.sight import FARTHEST, NEAREST, Sight

SIZES = {"large": 560, "small": 320}  # pixels; the small one is for telephones
AXES = ("longitude", "latitude")
BY_HAND = 2  # how near one sees a place that was typed
NO_CLICK = "没有点到地图上。请用鼠标或手指点选，或者在下面填写经纬度"


@dataclass(frozen=True)
class Search:
    """The square one looks at, the point found so far or None, what was typed and is none."""

    sight: Sight
    point: tuple | None = None
    is_clicked: bool = False
    fault: str = ""

    @classmethod
    def of(cls, archive, args):
        """What an address asks for: a click on the picture, a place typed, or the square itself."""
        county = county_around(archive.institution.region_code)
        whole = Sight.of(county)
        if clicked := next((name for name in SIZES if f"{name}.x" in args), None):
            return cls.clicked(sight_in(args, whole), args, clicked)
        try:
            point = point_in(args)
        except ValueError as wrong:
            return cls(whole, fault=str(wrong))
        if point and "step" not in args:
            return cls(whole.around(*point, BY_HAND), point)
        kept = (archive.longitude, archive.latitude)
        shown = point or (kept if None not in kept else None)
        return cls(sight_in(args, whole), shown, args.get("by") == "picture")

    @classmethod
    def clicked(cls, sight, args, name):
        """The place clicked on, seen from nearer. A key pressed on the picture sends 0, 0; what
        lies beside the picture counts as its edge."""
        size = SIZES[name]
        x, y = (max(0, min(args.get(f"{name}.{axis}", 0, type=int), size)) for axis in "xy")
        if (x, y) == (0, 0):
            return cls(sight, fault=NO_CLICK)
        point = sight.point_at(x, y, size)
        return cls(sight.around(*point, sight.step + 1), point, True)

    @property
    def is_outside(self):
        return self.point is not None and not self.sight.county.contains(*self.point)

    @property
    def here(self):
        """What an address says of the square."""
        return {"at": f"{self.sight.longitude:.6f},{self.sight.latitude:.6f}"}

    def at_step(self, step):
        """What the address of the same place says, seen from nearer or further."""
        found = dict(zip(AXES, self.point, strict=True)) if self.point else {}
        by = {"by": "picture"} if self.is_clicked else {}
        return self.here | found | by | {"step": step}

    @property
    def nearer(self):
        return self.at_step(self.sight.step + 1) if self.sight.step < NEAREST else None

    @property
    def further(self):
        return self.at_step(self.sight.step - 1) if self.sight.step else None


def sight_in(args, whole):
    """The square an address names; the whole county when it names none."""
    try:
        longitude, latitude = map(float, args.get("at", "").split(","))
    except ValueError:
        return whole
    step = args.get("step", 0, type=int)
    inside = abs(longitude) <= 180 and abs(latitude) <= FARTHEST
    return whole.around(longitude, latitude, step) if step > 0 and inside else whole


def point_in(args):
    """(longitude, latitude) as typed, None when both are blank; raises ValueError in words."""
    typed = [args.get(axis, "") for axis in AXES]
    point = tuple(ARCHIVE[axis].parse(text) for axis, text in zip(AXES, typed, strict=True))
    if (point[0] is None) != (point[1] is None):
        raise ValueError("经度和纬度要一起填写")
    return point if None not in point else None
