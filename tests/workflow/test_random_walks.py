"""Whatever stamps people try, in whatever order, the papers stay lawful."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from tests.cast import FIRST_WINDOW, JUNE
from tests.figures import ARCHIVE_FIGURES, REPORT_FIGURES
from tests.workflow.test_states import law
from tuoyu import clock
from tuoyu.accounts.models import Role
from tuoyu.archives.models import ArchiveRevision
from tuoyu.extensions import db
from tuoyu.regions.models import ReviewMode
from tuoyu.reports.models import MonthlyReport
from tuoyu.scope import EVERYWHERE, looking
from tuoyu.summaries.tables import sheet_of
from tuoyu.workflow.constraints import OF_FIGURES
from tuoyu.workflow.states import EDITABLE, FINAL, MoveRefused, ReasonMissing, State

pytestmark = pytest.mark.database

STAMPS = {
    "submit": (),
    "withdraw": (),
    "approve": (),
    "approve_for_township": (),
    "take_back": (),
    "send_back": ("在托人数与上月不符",),
    "send_to_township": ("请乡镇补充意见",),
    "confirm": (),
}


class Papers(RuleBasedStateMachine):
    """Two institutions, one of them in a township without review, and whatever they send in.
    Beside the rows stands a record of what the hand-written law says of each."""

    kind = ArchiveRevision
    cast = None
    seen = None  # every state that some paper of the walks has reached

    def __init__(self):
        super().__init__()
        self.hour = clock.beijing(clock.datetime.fromisoformat(FIRST_WINDOW))
        self.context = self.cast.app.app_context()
        self.context.push()
        self.eyes = looking(EVERYWHERE)
        self.eyes.__enter__()
        self.cast.region("350102002000").review_mode = ReviewMode.COUNTY_ONLY
        again = self.cast.again
        self.people = [again(p) for p in self.named("sunshine_director", "star_director")]
        self.people += [again(p) for p in self.named("gudong_clerk", "gulou_officer")]
        self.people += [again(p) for p in self.named("fuzhou_officer", "sysadmin")]
        self.papers, self.records = [], []
        for institution in self.named("sunshine", "star"):
            self.add(self.first(institution), county_only=institution.name == "星星托育园")

    def named(self, *names):
        return [getattr(self.cast, name) for name in names]

    def first(self, institution):
        place = {"institution_id": institution.id, "region_path": institution.region_path}
        if self.kind is ArchiveRevision:
            code = institution.unified_social_credit_code
            names = {"institution_name": institution.name, "unified_social_credit_code": code}
            return ArchiveRevision(**place, **ARCHIVE_FIGURES, **names)
        return MonthlyReport(**place, **REPORT_FIGURES, month=JUNE)

    def add(self, paper, county_only):
        db.session.add(paper)
        db.session.flush()
        record = SimpleNamespace(state=State.DRAFT, moves=[], submitted=None, edition=paper.edition)
        self.records.append(record)
        self.papers.append(paper)
        record.county_only = county_only

    def facts(self, number):
        record = self.records[number]
        return SimpleNamespace(
            asked_by=Role.INSTITUTION,
            is_request=False,
            is_light=False,
            leaves_county=False,
            province_decides=False,
            county_only=record.county_only,
            last_move=record.moves[-1] if record.moves else None,
            township_overdue=record.submitted is not None and self.hour > self.due(number),
            township_staffed=not record.county_only,  # the clerk of the other township is nobody
        )

    def due(self, number):
        if self.kind is ArchiveRevision:
            return self.records[number].submitted + timedelta(days=5)
        return clock.beijing(clock.datetime.fromisoformat("2023-07-23T23:59:59"))

    @rule(data=st.data(), name=st.sampled_from(sorted(STAMPS)), person=st.integers(0, 5))
    def stamp(self, data, name, person):
        """Any person tries any stamp on any paper; it works exactly where the law says so."""
        self.press(data.draw(st.integers(0, len(self.papers) - 1)), name, person)

    @rule(data=st.data())
    def lawful_stamp(self, data):
        """Somebody does what may be done, so that the papers get somewhere."""
        open_to = [
            (number, name, person)
            for number, record in enumerate(self.records)
            for name in STAMPS
            for person, by in enumerate(self.people)
            if law(name, by.role, record.state, self.facts(number)) is not None
        ]
        if open_to:
            self.press(*data.draw(st.sampled_from(open_to)))

    def press(self, number, name, person):
        paper, record, by = self.papers[number], self.records[number], self.people[person]
        goal = law(name, by.role, record.state, self.facts(number))
        with clock.at(self.hour):
            if goal is None:
                with pytest.raises(MoveRefused):
                    getattr(paper, name)(by, *STAMPS[name])
                return
            self.explain(paper)
            getattr(paper, name)(by, *STAMPS[name])
            db.session.flush()
        self.note(number, name, goal)

    def explain(self, paper):
        if paper.is_editable:
            paper.explain(dict.fromkeys(paper.unexplained(), "情况属实"))
            db.session.flush()

    def note(self, number, name, goal):
        record = self.records[number]
        record.state = goal
        record.moves.append(name)
        self.seen.add(goal)
        if name == "submit":
            record.submitted = self.hour
        if goal == State.CONFIRMED:
            self.supersede_former(number)

    def supersede_former(self, number):
        same = self.papers[number].institution_id
        for other, record in zip(self.papers, self.records, strict=True):
            in_force = record.state == State.CONFIRMED and other is not self.papers[number]
            if in_force and other.institution_id == same:
                record.state = State.SUPERSEDED
                self.seen.add(State.SUPERSEDED)
                record.moves.append("supersede")

    @rule(data=st.data(), reason=st.sampled_from(["", "  ", "\n"]))
    def going_back_without_a_reason_is_refused(self, data, reason):
        number = data.draw(st.integers(0, len(self.papers) - 1))
        for person in self.people:
            goal = law("send_back", person.role, self.records[number].state, self.facts(number))
            with clock.at(self.hour), pytest.raises(ReasonMissing if goal else MoveRefused):
                self.papers[number].send_back(person, reason)

    @rule(hours=st.sampled_from([1, 30, 150]))
    def time_passes(self, hours):
        self.hour += timedelta(hours=hours)

    @precondition(lambda self: any(r.state == State.CONFIRMED for r in self.records))
    @rule(data=st.data())
    def a_new_version_is_begun(self, data):
        confirmed = [n for n, r in enumerate(self.records) if r.state == State.CONFIRMED]
        number = data.draw(st.sampled_from(confirmed))
        paper = self.papers[number]
        if self.has_one_under_way(paper):
            return
        following = self.first(SimpleNamespace(**self.identity(paper)))
        following.version = paper.version + 1
        self.add(following, self.records[number].county_only)

    def has_one_under_way(self, paper):
        same = [
            record
            for other, record in zip(self.papers, self.records, strict=True)
            if other.institution_id == paper.institution_id
        ]
        return any(record.state not in FINAL for record in same)

    def identity(self, paper):
        one = paper.institution
        keys = ("id", "name", "region_path", "unified_social_credit_code")
        return {key: getattr(one, key) for key in keys}

    @invariant()
    def every_paper_is_where_the_law_put_it(self):
        assert [p.state for p in self.papers] == [r.state for r in self.records]

    @invariant()
    def every_move_left_its_step(self):
        for paper, record in zip(self.papers, self.records, strict=True):
            assert [step.move for step in paper.steps] == record.moves
            states = [State.DRAFT, *(step.target for step in paper.steps)]
            assert [step.source for step in paper.steps] == states[:-1]
            assert paper.state == states[-1]

    @invariant()
    def one_version_at_most_is_in_force_and_one_under_way(self):
        for person in self.people[:2]:
            own = [p.state for p in self.papers if p.institution_id == person.institution_id]
            assert own.count(State.CONFIRMED) <= 1
            assert sum(state not in FINAL for state in own) <= 1

    @invariant()
    def what_left_carries_its_dates(self):
        for paper in self.papers:
            assert paper.state in EDITABLE or paper.submitted_at is not None
            assert (paper.confirmed_at is not None) == (paper.state in FINAL)
            first, last = paper.first_submitted_at, paper.submitted_at
            assert (first is None) == (last is None)
            assert first is None or first <= last

    @invariant()
    def editions_only_grow(self):
        for paper, record in zip(self.papers, self.records, strict=True):
            assert paper.edition >= record.edition
            assert paper.edition >= 1 + len(record.moves)
            record.edition = paper.edition

    @invariant()
    def only_a_county_only_paper_comes_back_from_the_county_untouched(self):
        for paper, record in zip(self.papers, self.records, strict=True):
            untouched = record.moves[-1:] == ["submit"] and paper.state == State.AT_COUNTY
            assert not untouched or record.county_only

    def teardown(self):
        db.session.rollback()
        self.eyes.__exit__(None, None, None)
        self.context.pop()


class Months(Papers):
    """The same with monthly reports, which the county adds up."""

    kind = MonthlyReport

    @invariant()
    def the_sheet_shows_the_confirmed_months(self):
        sheet = sheet_of(self.cast.region("350102000000"), JUNE)
        confirmed = [paper for paper in self.papers if paper.state == State.CONFIRMED]
        assert sheet.total.figures["confirmed"] == len(confirmed)
        for key in ("enrolled", "in_care", "enr_male", "enr_nonlocal_hukou"):
            assert sheet.total.figures[key] == sum(getattr(paper, key) for paper in confirmed)


WALKS = settings(
    max_examples=40,
    stateful_step_count=40,
    derandomize=True,  # the same walks everywhere: what fails once fails again
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


def test_archives(cast):
    walk(Papers, cast)


def test_reports(cast):
    for institution in (cast.sunshine, cast.star):
        cast.archive(institution)
    walk(Months, cast)


def walk(papers, cast):
    seen = set()
    machine = type("Walk", (papers,), {"cast": cast, "seen": seen})
    run_state_machine_as_test(machine, settings=WALKS)
    assert seen == set(OF_FIGURES)  # the walks went everywhere
