"""What happened to the institutions of the demo, county by county."""

from tuoyu import clock
from tuoyu.demo.houses import House
from tuoyu.demo.offices import Offices
from tuoyu.demo.places import COUNTIES, region, villages_of
from tuoyu.demo.questions import publish_answers
from tuoyu.dictionaries.models import Parameter
from tuoyu.extensions import db

MARK = "demo.seeded"


def tell(progress=lambda name: None):
    """Fill an empty database with the demo; answers how many institutions and reports there are."""
    offices, counts = Offices(), [0, 0]
    for code, number_of in COUNTIES.items():
        county = region(code)
        progress(county.name)
        for number, village in enumerate(villages_of(county, number_of)):
            house = House(offices, county, village, number, serial=counts[0])
            house.live()
            counts[0] += 1
            counts[1] += house.reports
    publish_answers(offices)
    db.session.add(Parameter(key=MARK, value=clock.today().isoformat(), label="演示数据"))
    return counts
