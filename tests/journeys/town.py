"""Whom and what the forms are about: people at work, and a thing in every hand."""

from datetime import date

from tests.architecture.stage import DOT
from tests.cast import JUNE, Cast
from tuoyu.accounts.links import Link, Purpose, digest
from tuoyu.accounts.models import Role, User
from tuoyu.accounts.people import director
from tuoyu.applications.beginning import begin, correction_of, draft_of
from tuoyu.applications.evidence import PDF, Evidence
from tuoyu.applications.kinds import Kind
from tuoyu.applications.pictures import ProposedPicture
from tuoyu.archives.pictures import Picture, PlacedPicture
from tuoyu.clock import now
from tuoyu.extensions import db
from tuoyu.feedback.frequent import publish
from tuoyu.feedback.questions import Question
from tuoyu.institutions.branches import permit
from tuoyu.reports.declarations import Declaration
from tuoyu.reports.declaring import filled_in_by
from tuoyu.reports.workbook import workbook_of
from tuoyu.workflow.states import State

PASSWORD = "Lan-Hua-2023-x"
AUGUST = date(2023, 8, 1)
KEYS = {Purpose.PASSWORD: "key-to-a-password", Purpose.EMAIL: "key-to-a-mailbox"}
WORDS = {"kind": "data", "title": "临时托怎么填", "body": "按人次还是按人数？"}


class Town:
    """阳光 writes its June and the second version of its archive; those of 星星 wait at the
    township, those of 月亮 at the county; 海浪 has begun nothing. 小雨 and 小雪 have their June
    confirmed, 晨雾 declares it."""

    def __init__(self, app):
        self.cast = cast = Cast(app)
        for institution in (cast.sunshine, cast.star, cast.moon, cast.wave):
            cast.archive(institution)
        self.draft_archive = cast.archive(cast.sunshine, State.DRAFT, longitude=100, latitude=26)
        self.draft_report = cast.report(cast.sunshine, in_care=44, left_in_year=16)
        self.township_archive = cast.archive(cast.star, State.AT_TOWNSHIP, managers=3)
        self.township_report = cast.report(cast.star, JUNE, State.AT_TOWNSHIP)
        self.county_archive = cast.archive(cast.moon, State.AT_COUNTY, managers=3)
        self.county_report = cast.report(cast.moon, JUNE, State.AT_COUNTY)
        self.picture = self.picture_of(self.draft_archive)
        self.star_picture = self.picture_of(self.township_archive)
        with cast.stage():
            moons = User.region_code == "350103001000"
            self.moon_clerk = cast.detached(cast.find(Role.TOWNSHIP, moons))
            self.owner = cast.keep(
                director(cast.again(cast.sunshine), "yangguang_2", "副园长", PASSWORD)
            )
        self.accounts()
        self.neighbours()
        self.applications()
        self.questions()

    def accounts(self):
        """An operator at work and one who is not, links to both doors, a permit for a branch."""
        cast = self.cast
        with cast.stage():
            self.operator = cast.director("操作员", cast.sunshine)
            self.idle_operator = cast.director("原操作员", cast.sunshine)
            cast.again(self.idle_operator).active = False
            for purpose, key in KEYS.items():
                kept = {"digest": digest(key), "expires_at": now().replace(year=2024)}
                own = {"user_id": self.operator.id, "address": "new@example.org"}
                db.session.add(Link(**own, purpose=purpose, **kept))
            self.permit = self.permit_of(cast.gulou_officer, cast.sunshine)
            self.moon_permit = self.permit_of(cast.taijiang_officer, cast.moon)
            cast.again(cast.sunshine_director).mobile = "13900000021"

    def permit_of(self, officer, institution):
        code = institution.unified_social_credit_code
        return self.cast.keep(permit(code, "分园，已核对执照", by=self.cast.again(officer)))

    def neighbours(self):
        cast, village = self.cast, "350102001004"
        with cast.stage():
            rain, snow, fog = (
                cast.institution(f"{name}托育园", village) for name in ("小雨", "小雪", "晨雾")
            )
            self.rain_director = cast.director("小雨园长", rain)
            self.snow_director = cast.director("小雪园长", snow)
            self.fog_director = cast.director("晨雾园长", fog)
        self.rain_archive = cast.archive(rain)
        for institution in (snow, fog):
            cast.archive(institution)
        self.confirmed_report = cast.report(rain, JUNE, State.CONFIRMED)
        self.correctable_report = cast.report(snow, JUNE, State.CONFIRMED)
        self.declared_report = cast.report(fog)
        with cast.stage():
            declared = cast.again(self.declared_report)
            declared.fill_in(filled_in_by(declared, Declaration.ZERO))
            declared.declare(Declaration.ZERO, because="装修")
            self.workbook = workbook_of(cast.again(self.draft_report))

    def applications(self):
        """One in every hand it can lie in."""
        cast = self.cast
        sunshine, star, moon = cast.sunshine, cast.star, cast.moon
        paused = {"starts_on": AUGUST, "reason": "装修"}
        ended = paused | {"settlement": "已转园"}
        self.draft_request = self.request(Kind.SUSPEND, sunshine, **paused)
        self.pictures_request = self.request(Kind.PICTURES, sunshine)
        self.township_request = self.request(Kind.SUSPEND, star, ("submit",), **paused)
        self.returned_request = self.request(
            Kind.CLOSE, star, ("submit",), ("send_back", "请写明"), **ended
        )
        self.moon_request = self.request(Kind.SUSPEND, moon, ("submit",), **paused)
        self.leaving_request = self.moving(star, "350103001002", ("submit",), ("approve",))
        self.arriving_request = self.moving(
            moon, "350102001004", ("submit",), ("approve",), ("release",)
        )
        self.correction_request = self.correction()
        with cast.stage():
            own = {"institution_id": sunshine.id, "region_path": sunshine.region_path}
            new = Picture(**own, digest="1", width=8, height=8, file=DOT, thumbnail=DOT)
            self.proposed_picture = cast.keep(new)
            placed = {"application_id": self.pictures_request.id, "picture_id": new.id}
            db.session.add(ProposedPicture(**placed, position=1))

    def request(self, kind, institution, *road, **columns):
        with self.cast.stage():
            paper = draft_of(kind, self.cast.again(institution))
            return self.travel(paper, road, columns)

    def moving(self, institution, code, *road):
        with self.cast.stage():
            there = self.cast.region(code)
            to = {"target": there, "target_path": there.path, "new_address": "茶亭街5号"}
            paper = draft_of(Kind.MOVE, self.cast.again(institution))
            return self.travel(paper, road, to | {"reason": "搬迁"})

    def correction(self):
        """That of 小雪, at the county."""
        with self.cast.stage():
            by = self.cast.again(self.snow_director)
            paper = correction_of(self.correctable_report.id, by)
            about = {"institution_id": paper.institution_id, "region_path": paper.region_path}
            file = {"name": "台账.pdf", "mimetype": PDF, "size": 1, "digest": "0", "content": b"%"}
            fee = paper.report.sheet["fee_full_day"].typed(paper.report.fee_full_day)
            changes = {"figures": {"fee_full_day": [fee, "2999"]}, "reason": "多算"}
            changes["evidence"] = [Evidence(**about, **file)]
            return self.travel(paper, (("submit",),), changes)

    def travel(self, paper, road, columns):
        for name, value in columns.items():
            setattr(paper, name, value)
        begin(paper)
        director, clerk, officer = self.cast.road(paper)
        hands = {"submit": director, "approve": clerk, "send_back": clerk, "release": officer}
        for move, *said in road:
            getattr(paper, move)(hands[move], *said)
            db.session.flush()
        return self.cast.keep(paper)

    def questions(self):
        with self.cast.stage():
            self.question = self.question_of(self.cast.sunshine_director)
            self.star_question = self.question_of(self.cast.star_director)
            self.moon_question = self.question_of(self.cast.moon_director)
            self.entry = self.entry_of(self.cast.gulou_officer)
            self.moon_entry = self.entry_of(self.cast.taijiang_officer)

    def question_of(self, person):
        return self.cast.keep(Question.asked(self.cast.again(person), **WORDS))

    def entry_of(self, officer):
        words = {"kind": "data", "question": "怎么填", "answer": "按人次"}
        return self.cast.keep(publish(self.cast.again(officer), None, **words))

    def picture_of(self, archive):
        owner = {"institution_id": archive.institution_id, "region_path": archive.region_path}
        with self.cast.stage():
            picture = Picture(**owner, digest="0", width=8, height=8, file=DOT, thumbnail=DOT)
            db.session.add(picture)
            db.session.flush()
            placed = {"archive_revision_id": archive.id, "picture_id": picture.id}
            db.session.add(PlacedPicture(**placed, position=1))
            return self.cast.keep(picture)

    def __getattr__(self, name):
        return getattr(self.cast, name)
