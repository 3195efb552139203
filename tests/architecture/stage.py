"""A paper of each kind in every place and state, and somebody of every role to ask for it."""

import io
from datetime import date

from PIL import Image

from tests.architecture.matrix import ALL, PLACES
from tests.cast import JUNE, Cast
from tuoyu.accounts.models import Role, User
from tuoyu.applications.beginning import begin, draft_of
from tuoyu.applications.kinds import Kind
from tuoyu.applications.models import Application
from tuoyu.archives.models import ArchiveRevision
from tuoyu.archives.pictures import Picture, PlacedPicture
from tuoyu.extensions import db
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.receipts import Receipt
from tuoyu.workflow.states import FINAL, State

PAPERS = {"archive": ArchiveRevision, "report": MonthlyReport, "application": Application}
SUBMITTED = (("submit",),)
WAYS = {
    State.DRAFT: (),
    State.AT_TOWNSHIP: SUBMITTED,
    State.AT_COUNTY: (*SUBMITTED, ("approve",)),
    State.RETURNED: (*SUBMITTED, ("send_back", "日期请核对")),
    State.CONFIRMED: (*SUBMITTED, ("approve",), ("confirm",)),
    State.SUPERSEDED: (*SUBMITTED, ("withdraw",), ("drop",)),
}


class Stage:
    """`ids[place, state]` are the archive, report and picture of an institution there; people are
    kept by role, directors by place and state."""

    def __init__(self, app):
        self.cast = Cast(app)
        self.people = {
            "township": self.cast.gudong_clerk,
            "county": self.cast.gulou_officer,
            "city": self.cast.fuzhou_officer,
            "province": self.cast.province_officer,
            "sysadmin": self.cast.sysadmin,
        }
        self.ids, self.directors, self.operators = {}, {}, {}
        for village in PLACES.values():
            self.staff(village[:9] + "000")
        for place, village in PLACES.items():
            for state in ALL:
                self.settle(place, village, state)

    def person(self, actor, state):
        """Who acts: the officer, or the director of the own institution with papers in `state`."""
        return self.directors["own", state] if actor == "director" else self.people[actor]

    def account(self, kind, whose):
        """The account of an officer, of the first director in a place, or of an operator there."""
        if kind == "operator":
            return self.operators[whose]
        return self.people.get(whose) or self.directors[whose, ALL[0]]

    def staff(self, township):
        with self.cast.stage():
            if not self.cast.find(Role.TOWNSHIP, User.region_code == township):
                self.cast.officer("乡镇经办", Role.TOWNSHIP, township)

    def settle(self, place, village, state):
        with self.cast.stage():
            institution = self.cast.institution(f"{place} {state} 托育园", village)
            self.directors[place, state] = self.cast.director("园长", institution)
            if state == ALL[0]:
                self.operators[place] = self.cast.director("操作员", institution)
        archive = self.archive(institution, state)
        report = self.report(institution, state)
        picture = self.picture(institution, archive)
        self.ids[place, state] = {"archive": archive.id, "report": report.id, "picture": picture}
        self.ids[place, state]["receipt"] = self.receipt(institution)
        self.ids[place, state]["application"] = self.application(institution, state)

    def archive(self, institution, state):
        """In `state`, beside one in force."""
        first = self.cast.archive(institution)
        if state == State.CONFIRMED:
            return first
        other = self.cast.archive(institution, State.CONFIRMED if state in FINAL else state)
        return first if state in FINAL else other

    def report(self, institution, state):
        if state != State.SUPERSEDED:
            return self.cast.report(institution, JUNE, state)
        first = self.cast.report(institution, JUNE, State.CONFIRMED)
        self.cast.report(institution, JUNE, State.CONFIRMED, version=2)
        return first

    def application(self, institution, state):
        """A pause in `state`; for 已更正, which no application knows, one that was given up."""
        with self.cast.stage():
            paper = draft_of(Kind.SUSPEND, self.cast.again(institution))
            paper.starts_on, paper.reason = date(2023, 8, 1), "装修"
            begin(paper)
            director, clerk, officer = self.cast.road(paper)
            for move, *said in WAYS[state]:
                by = {"approve": clerk, "send_back": clerk, "confirm": officer}.get(move, director)
                getattr(paper, move)(by, *said)
                db.session.flush()
            return paper.id

    def receipt(self, institution):
        """The number of that of its first archive."""
        numbers = db.select(Receipt.number).where(Receipt.institution_id == institution.id)
        with self.cast.stage():
            return db.session.scalar(numbers.order_by(Receipt.id).limit(1))

    def picture(self, institution, archive):
        with self.cast.stage():
            owner = {"institution_id": institution.id, "region_path": institution.region_path}
            picture = Picture(**owner, digest="0", width=8, height=8, file=DOT, thumbnail=DOT)
            db.session.add(picture)
            db.session.flush()
            placed = {"archive_revision_id": archive.id, "picture_id": picture.id}
            db.session.add(PlacedPicture(**placed, position=1))
            return picture.id

    def edition(self, kind, paper_id):
        """The edition a form would carry; a receipt has none."""
        if kind == "receipt":
            return None
        model = PAPERS[kind]
        with self.cast.stage():
            return db.session.scalar(db.select(model.edition).where(model.id == paper_id))


def dot():
    file = io.BytesIO()
    Image.new("RGB", (8, 8)).save(file, "JPEG")
    return file.getvalue()


DOT = dot()
