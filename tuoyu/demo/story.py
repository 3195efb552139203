"""What happened to the institutions of the demo, told by the real verbs at the real times."""

from datetime import date, datetime, time, timedelta
from random import Random

from tuoyu import clock
from tuoyu.accounts.models import Role
from tuoyu.accounts.passwords import hashed
from tuoyu.accounts.people import new_user
from tuoyu.archives.models import ArchiveRevision
from tuoyu.demo.houses import KINDS, archive_figures
from tuoyu.demo.months import Life
from tuoyu.demo.people import COUNTY_NAMES, PASSWORD, everybody_above
from tuoyu.demo.places import COUNTIES, GULOU, region, villages_of
from tuoyu.dictionaries.models import Parameter
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.reports.calendar import opened_periods
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

MARK = "demo.seeded"
MORNING = time(9)
NEW_ARCHIVES = {  # the last institutions of 鼓楼区 have only just registered
    56: State.AT_COUNTY,
    57: State.DRAFT,
    58: State.RETURNED,
    59: State.AT_TOWNSHIP,
}
THIS_MONTH = (
    None,
    State.DRAFT,
    State.AT_TOWNSHIP,
    State.AT_TOWNSHIP,
    State.RETURNED,
    State.AT_COUNTY,
    State.AT_COUNTY,
    State.CONFIRMED,
    State.CONFIRMED,
    State.CONFIRMED,
)
FORGOTTEN = {(GULOU, 11, date(2023, 11, 1))}
STUCK_AT_COUNTY = {("350203000000", date(2023, 12, 1))}
LATE = {(GULOU, 3, date(2023, 9, 1)), (GULOU, 20, date(2023, 10, 1))}
EXPLANATION = "情况属实，已电话核实（演示说明）。"
RETURN_REASON = "年末在托数与档案中的0-3岁婴幼儿人数差异较大，请核对后重新提交。"


def tell(progress=lambda name: None):
    """Fill an empty database with the demo; answers how many institutions and reports there are."""
    password = hashed(PASSWORD)  # once: hashing is slow on purpose
    officers = everybody_above(password)
    counts = [0, 0]
    for code, number_of in COUNTIES.items():
        county = region(code)
        progress(county.name)
        clerks = {}
        for number, village in enumerate(villages_of(county, number_of)):
            house = House(county, village, number, officers[code], clerks, password)
            house.live()
            counts[0] += 1
            counts[1] += house.reports
    db.session.add(Parameter(key=MARK, value=clock.today().isoformat(), label="演示数据"))
    return counts


class House:
    """One institution: its people, its archive, its months."""

    def __init__(self, county, village, number, officer, clerks, password):
        self.rng = Random(f"{county.code}/{number}")
        self.county, self.number, self.officer = county, number, officer
        self.password = password
        self.reports = 0
        kind = KINDS[number % len(KINDS)]
        self.figures = archive_figures(self.rng, number + 1, kind, village, county)
        self.institution = Institution(
            name=self.figures["institution_name"],
            unified_social_credit_code=self.figures["unified_social_credit_code"],
        )
        self.institution.settle_in(village)
        db.session.add(self.institution)
        db.session.flush()
        self.clerk = self.clerk_of(village.parent, clerks)
        self.director = new_user(
            Role.INSTITUTION,
            f"{COUNTY_NAMES[county.code]}_j{number + 1:02d}",
            self.figures["contact_person"],
            password,
            institution=self.institution,
        )

    def clerk_of(self, township, clerks):
        if township.code not in clerks:
            username = f"{COUNTY_NAMES[self.county.code]}_t{len(clerks) + 1:02d}"
            name = f"{township.name[:2]}经办"
            clerks[township.code] = new_user(
                Role.TOWNSHIP, username, name, self.password, region=township
            )
        return clerks[township.code]

    def live(self):
        is_new = self.county.code == GULOU and self.number in NEW_ARCHIVES
        day = date(2024, 1, 30) if is_new else date(2023, 7, 15 + self.number % 3)
        start = datetime.combine(day, MORNING, clock.BEIJING)
        self.register(start, NEW_ARCHIVES[self.number] if is_new else State.CONFIRMED)
        if is_new:
            return
        life = Life(self.rng, self.figures)
        periods = sorted(opened_periods(), key=lambda period: period.month)
        for period in periods:
            figures = life.next_month(period.month)
            if state := self.fate(period, is_current=period is periods[-1]):
                self.report(period, figures, state)

    def register(self, start, state):
        paper = self.paper(ArchiveRevision, self.figures)
        self.travel(paper, state, start, timedelta(days=1))

    def fate(self, period, is_current):
        """How far this month has come; None for a report that nobody has begun."""
        if is_current:
            return THIS_MONTH[(self.number + self.number // 10) % len(THIS_MONTH)]
        if (self.county.code, self.number, period.month) in FORGOTTEN:
            return None
        stuck = (self.county.code, period.month) in STUCK_AT_COUNTY
        return State.AT_COUNTY if stuck else State.CONFIRMED

    def report(self, period, figures, state):
        paper = self.paper(MonthlyReport, figures | {"month": period.month})
        late = (self.county.code, self.number, period.month) in LATE
        filed = period.fill_due - timedelta(days=-1 if late else self.number % 3, hours=13)
        if filed > clock.now():
            filed = clock.now() - timedelta(hours=20)
        between = (period.county_due - filed) / 3
        if filed + 2 * between > clock.now():
            between = timedelta(hours=6)
        self.travel(paper, state, filed, between)
        self.reports += 1

    def paper(self, model, figures):
        paper = model(
            institution_id=self.institution.id,
            region_path=self.institution.region_path,
            version=1,
            **figures,
        )
        db.session.add(paper)
        return paper

    def travel(self, paper, state, filed, between):
        """Take the paper to `state`, a move every `between`."""
        moves = {
            State.DRAFT: (),
            State.AT_TOWNSHIP: ("submit",),
            State.RETURNED: ("submit", "send_back"),
            State.AT_COUNTY: ("submit", "approve"),
            State.CONFIRMED: ("submit", "approve", "confirm"),
        }[state]
        db.session.flush()
        by = {"submit": self.director, "confirm": self.officer}
        for count, name in enumerate(moves):
            with clock.at(filed + count * between):
                self.take(paper, name, by.get(name, self.clerk))

    def take(self, paper, name, person):
        if name == "submit":
            paper.explain(dict.fromkeys(paper.unexplained(), EXPLANATION))
        if name == "send_back":
            paper.send_back(by=person, reason=RETURN_REASON, marked={})
        else:
            getattr(paper, name)(by=person)
        db.session.flush()
