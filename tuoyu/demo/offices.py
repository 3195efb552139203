"""Who reviews what: the county officers, and a clerk in every township where something happens."""

from typing import NamedTuple

from tuoyu.accounts.models import Role, User
from tuoyu.accounts.passwords import hashed
from tuoyu.accounts.people import new_user
from tuoyu.demo.people import CITIES, COUNTY_NAMES, PASSWORD
from tuoyu.demo.places import region
from tuoyu.regions.models import Region


class Place(NamedTuple):
    """A village, and who reviews what comes from there."""

    village: Region
    clerk: User
    officer: User


class Offices:
    """The officers of the province, the cities and the demo's counties, all with one password."""

    def __init__(self):
        self.password = hashed(PASSWORD)  # once: hashing is slow on purpose
        self.province = self.new(Role.PROVINCE, "fujian", "陈省级", region("350000000000"))
        self.new(Role.SYSADMIN, "sysadmin", "系统管理员", None)
        self.cities = {
            code: self.seated(Role.CITY, name, "专班", code) for code, name in CITIES.items()
        }
        self.counties = {
            code: self.seated(Role.COUNTY, name, "专干", code)
            for code, name in COUNTY_NAMES.items()
        }
        self.clerks = {}

    def new(self, role, username, name, place):
        return new_user(role, username, name, self.password, region=place)

    def seated(self, role, username, what, code):
        place = region(code)
        return self.new(role, username, f"{place.name[:2]}{what}", place)

    def of(self, village):
        """The Place of a village; its township gets a clerk when it has none."""
        township = village.parent
        county = township.parent_code
        clerks = self.clerks.setdefault(county, {})
        if township.code not in clerks:
            username = f"{COUNTY_NAMES[county]}_t{len(clerks) + 1:02d}"
            name = f"{township.name[:2]}经办"
            clerks[township.code] = self.new(Role.TOWNSHIP, username, name, township)
        return Place(village, clerks[township.code], self.counties[county])
