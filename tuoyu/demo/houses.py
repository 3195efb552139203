"""One institution of the demo: its people, its archive, its months, and what else happens to it."""

from random import Random

from tuoyu import clock
from tuoyu.accounts.people import director
from tuoyu.archives.models import ArchiveRevision
from tuoyu.demo import names
from tuoyu.demo.archives import KINDS, archive_figures
from tuoyu.demo.declared import MONTHS as DECLARED
from tuoyu.demo.declared import declare
from tuoyu.demo.drawings import hang
from tuoyu.demo.fates import archive_fate, began_at, month_fate, times_of
from tuoyu.demo.happenings import FIRST_ACCOUNTS, HAPPENINGS, WITH_PICTURES
from tuoyu.demo.months import Life
from tuoyu.demo.people import COUNTY_NAMES
from tuoyu.demo.places import TAIJIANG
from tuoyu.demo.slips import POOR_COPY, slip_in
from tuoyu.demo.travel import travel, ways
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.institutions.stays import BEGINNING
from tuoyu.reports.calendar import opened_periods
from tuoyu.reports.due import due_institutions
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

IN_THE_PICTURES = ("活动室", "午睡室", "厨房")


class House:
    """`key` is its county and number; `place` where it lies now, and who reviews it."""

    def __init__(self, offices, county, village, number, serial):
        self.key = county.code, number
        self.rng, self.offices, self.number = Random(f"{county.code}/{number}"), offices, number
        kind = KINDS[number % len(KINDS)]
        self.figures = archive_figures(self.rng, number + 1, kind, village, county)
        self.life = Life(self.rng, self.figures, uncertified=number % 5 == 0)
        self.happenings = list(HAPPENINGS.get(self.key, ()))
        self.places, self.reports = {}, 0
        with clock.at(began_at(*self.key)):
            self.institution = self.registered(village)
            self.director = self.main_account(serial)

    def registered(self, village):
        institution = Institution(
            name=self.figures["institution_name"],
            unified_social_credit_code=self.figures["unified_social_credit_code"],
        )
        institution.settle_in(village)
        db.session.add(institution)
        db.session.flush()
        self.settle(village, BEGINNING)
        return institution

    def main_account(self, serial):
        own = f"{COUNTY_NAMES[self.key[0]]}_j{self.number + 1:02d}"
        username = FIRST_ACCOUNTS.get(self.key, own)
        name, contact = self.figures["contact_person"], names.contact(username, serial)
        return director(self.institution, username, name, self.offices.password, **contact)

    def settle(self, village, since):
        """From the month `since` on it lies in this village."""
        self.places[since] = self.place = self.offices.of(village)

    def place_in(self, month):
        return self.places[max(since for since in self.places if since <= month)]

    def signed(self, *moves, place=None):
        """(name, who makes it) of the moves of a paper."""
        place = place or self.place
        by = {"submit": self.director, "approve": place.clerk, "send_back": place.clerk}
        by["receive"] = self.offices.counties[TAIJIANG]
        return [(name, by.get(name, place.officer)) for name in moves]

    def live(self):
        """From the archive to now."""
        state = archive_fate(*self.key)
        self.file_archive(state)
        if state == State.CONFIRMED:
            for period in sorted(opened_periods(), key=lambda period: period.month):
                self.file_month(period)
        self.catch_up(clock.now())

    def file_archive(self, state):
        began = began_at(*self.key)
        with clock.at(began):
            paper = self.paper(ArchiveRevision, self.place, **self.figures)
            if self.key in WITH_PICTURES:
                hang(paper, *IN_THE_PICTURES, number=self.number)
        travel(paper, self.signed(*ways(state)), began, slip=POOR_COPY.made(self.life, {}))

    def file_month(self, period):
        """What happened before, and the month itself where it is due."""
        month, state = period.month, month_fate(*self.key, period)
        slip = slip_in(self.key, month, state)
        moves = ways(state, slip)
        filed, between = times_of(*self.key, period, len(moves))
        self.catch_up(filed)
        if self.must_report(month):
            kind = DECLARED.get((*self.key, month))
            figures = self.life.next_month(month, kind)
            if state:
                made = slip and slip.made(self.life, figures)
                with clock.at(filed):
                    paper = self.month_paper(month, figures | (made.wrong if made else {}), kind)
                signed = self.signed(*moves, place=self.place_in(month))
                travel(paper, signed, filed, between, made)

    def month_paper(self, month, figures, kind):
        self.reports += 1
        place = self.place_in(month)
        if kind is None:
            return self.paper(MonthlyReport, place, month=month, **figures)
        paper = self.paper(MonthlyReport, place, month=month)
        declare(paper, kind, figures)
        return paper

    def paper(self, model, place, **figures):
        paper = model(
            institution_id=self.institution.id,
            region_path=place.village.path,
            version=1,
            **figures,
        )
        db.session.add(paper)
        db.session.flush()
        return paper

    def must_report(self, month):
        if self.key not in HAPPENINGS:
            return True
        own = due_institutions(month).where(Institution.id == self.institution.id)
        return db.session.scalar(own) is not None

    def catch_up(self, until):
        """Let happen what happens up to this moment."""
        while self.happenings and self.happenings[0][0] <= until:
            moment, happen = self.happenings.pop(0)
            with clock.at(moment):
                happen(self)
                db.session.flush()
