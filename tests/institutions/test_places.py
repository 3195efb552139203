"""Whatever institutions do, every month counts once, and where it counted it stays."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.cast import MOVES
from tests.figures import REPORT_FIGURES
from tuoyu import clock
from tuoyu.accounts.models import Role, User
from tuoyu.archives.models import in_force, open_revision
from tuoyu.archives.versions import begin_next
from tuoyu.extensions import db
from tuoyu.institutions.changes import bring_into_effect, record
from tuoyu.institutions.chronicle import Kind
from tuoyu.refusal import Refusal
from tuoyu.reports.calendar import first_of, opened_periods
from tuoyu.reports.due import due_institutions
from tuoyu.reports.months import open_month
from tuoyu.scope import EVERYWHERE, looking
from tuoyu.summaries.counting import sums_by_area
from tuoyu.summaries.tables import UNSETTLED, sheet_of

pytestmark = pytest.mark.database

VILLAGES = ("350102001004", "350102002002", "350103001002", "350128001001")
COUNTIES = ("350102000000", "350103000000", "ZONE-PT")
WALKS = settings(
    max_examples=6,
    derandomize=True,
    phases=[Phase.generate],
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class Story:
    """Half a year of three institutions in four townships of three counties."""

    def __init__(self, cast, draw):
        self.cast, self.draw = cast, draw
        self.here = [cast.again(one) for one in (cast.sunshine, cast.star, cast.moon)]
        self.by = cast.again(cast.gulou_officer)
        self.counties = [cast.region(code) for code in COUNTIES]
        self.province = cast.region("350000000000")
        self.moves = 0

    def go(self):
        for day in range(3, 170, 12):
            moment = datetime(2023, 7, 16, 10) + timedelta(days=day)
            with clock.at(moment):
                self.watched(bring_into_effect)
                institution = self.draw(st.sampled_from(self.here))
                self.something_happens(institution)
        return moment

    def something_happens(self, institution):
        done = (self.reports, self.reports, self.modifies, self.moves_away, self.moves_away)
        what = self.draw(st.sampled_from((*done, self.pauses, self.reopens, self.closes)))
        with db.session.no_autoflush:
            try:
                what(institution)
            except Refusal as refusal:
                assert str(refusal)
        db.session.flush()

    def reports(self, institution):
        period = opened_periods()[0]
        month = period.month if self.draw(st.booleans()) else first_of(period.month, -1)
        with db.session.begin_nested():
            report = open_month(institution, f"{month:%Y-%m}")
            report.fill_in(REPORT_FIGURES)
            self.travel(report, self.draw(st.integers(0, 3)))

    def modifies(self, institution):
        with db.session.begin_nested():
            draft = open_revision(institution.id) or begin_next(in_force(institution.id))
            draft.senior_places = self.draw(st.integers(20, 40))
            self.travel(draft, self.draw(st.sampled_from((0, 1, 3))))

    def travel(self, paper, steps):
        db.session.flush()
        director, clerk, officer = self.cast.road(paper)
        for move, by in list(zip(MOVES, (director, clerk, officer), strict=True))[:steps]:
            if move == "submit":
                paper.explain(dict.fromkeys(paper.unexplained(), "情况属实"))
            getattr(paper, move)(by=by)
            db.session.flush()

    def moves_away(self, institution):
        village = self.cast.region(self.draw(st.sampled_from(VILLAGES)))
        today = clock.today()
        later = self.draw(st.sampled_from((today, first_of(today.replace(day=1), 1))))
        with db.session.begin_nested():
            self.watched(lambda: [record(institution, Kind.MOVED, later, self.by, village)])

    def pauses(self, institution):
        days = self.draw(st.sampled_from((None, 40, 90)))
        until = days and clock.today() + timedelta(days=days)
        record(institution, Kind.SUSPENDED, clock.today(), self.by, until=until)

    def reopens(self, institution):
        record(institution, Kind.REOPENED, clock.today(), self.by)

    def closes(self, institution):
        if self.draw(st.integers(0, 3)) == 0:
            record(institution, Kind.CLOSED, clock.today(), self.by)

    def watched(self, act):
        """A move changes no figure of a month that began before it."""
        before = self.figures()
        changes = act()
        if {change.kind for change in changes} - {Kind.MOVED}:
            return
        self.moves += len(changes)
        assert self.figures() == before

    def figures(self):
        """What every county (and every township of 平潭) adds up to in every opened month."""
        db.session.flush()
        db.session.expire_all()
        found = {}
        for period in opened_periods():
            found[period.month] = sums_by_area(self.province, period, UNSETTLED, depth=3)
            counted = sum(sums["institutions"] for sums in found[period.month].values())
            assert counted == len(db.session.scalars(due_institutions(period.month)).all())
        return found

    def end(self):
        """Sheets are the sums of their rows, whoever looks at them."""
        for period in opened_periods():
            sheets = [self.sheet(county, period.month) for county in self.counties]
            whole = sheet_of(self.province, period.month, include_unconfirmed=True).total.figures
            for key, figure in whole.items():
                assert figure == sum(sheet.total.figures[key] for sheet in sheets)

    def sheet(self, county, month):
        sheet = sheet_of(county, month, include_unconfirmed=True)
        with looking(self.cast.find(Role.COUNTY, User.region_code == county.code).scope):
            assert sheet_of(county, month, include_unconfirmed=True) == sheet
        for key, total in sheet.total.figures.items():
            assert total == sum(row.figures[key] for row in sheet.rows)
        return sheet


def test_every_month_counts_once_and_stays_where_it_counted(cast):
    for institution in (cast.sunshine, cast.star, cast.moon, cast.wave):
        cast.archive(institution)  # and with it the offices of its place
    moves = []

    @WALKS
    @given(data=st.data())
    def walk(data):
        with cast.app.app_context(), looking(EVERYWHERE):
            story = Story(cast, data.draw)
            with clock.at(story.go()):
                story.end()
            moves.append(story.moves)
            db.session.rollback()

    walk()
    assert sum(moves) > 20  # they did move about
