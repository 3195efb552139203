from datetime import timedelta

from flask import g
from sqlalchemy import and_, or_, select, true
from sqlalchemy.orm import Mapped, joinedload, relationship, selectinload
from werkzeug.exceptions import NotFound

from tuoyu.accounts.models import Role
from tuoyu.applications.columns import Asked
from tuoyu.applications.effects import EFFECTS
from tuoyu.applications.evidence import Evidence
from tuoyu.applications.kinds import ABOUT, Kind
from tuoyu.applications.pictures import ProposedPicture
from tuoyu.applications.rules import faults_of
from tuoyu.archives.models import in_force
from tuoyu.clock import now
from tuoyu.dictionaries.lookup import number
from tuoyu.extensions import db
from tuoyu.institutions.models import OfInstitution
from tuoyu.refusal import NotAcceptable
from tuoyu.regions.models import Region
from tuoyu.regions.pinyin import initials
from tuoyu.reports.calendar import Period
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.models import MonthlyReport
from tuoyu.scope import EVERYWHERE, below, looking
from tuoyu.workflow.reviewable import Reviewable
from tuoyu.workflow.states import RECEIVING, MoveRefused, State

SHARED = (State.AT_RECEIVING, State.CONFIRMED)  # when the place it leads to may read it


class Application(Asked, Reviewable, OfInstitution, db.Model):
    """What an institution asks for, reviewed like a paper. It carries what its readers need of
    the institution: the county that is to receive one sees nothing else of it."""

    __tablename__ = "applications"
    step_key = "application_id"
    is_request = True
    sheet = ()  # nothing to mark figure by figure

    target: Mapped[Region | None] = relationship()
    period: Mapped[Period | None] = relationship()
    report: Mapped[MonthlyReport | None] = relationship()
    evidence: Mapped[list[Evidence]] = relationship(
        order_by=Evidence.id, cascade="all, delete-orphan"
    )
    pictures: Mapped[list[ProposedPicture]] = relationship(
        order_by=ProposedPicture.position, cascade="all, delete-orphan"
    )

    @classmethod
    def within(cls, scope):
        """A move is also read where it leads to, from the moment the old county lets go."""
        here = super().within(scope)
        if scope.region_path is None:
            return here
        arriving = and_(cls.state.in_(SHARED), below(cls.target_path, scope.region_path))
        return or_(here, arriving)

    @classmethod
    def leads_here(cls):
        """Criterion: it leads to the corner of the map of whoever asks."""
        scope = g.scope
        return true() if scope is EVERYWHERE else below(cls.target_path, scope.region_path)

    @property
    def about(self):
        return ABOUT[self.kind]

    @property
    def title(self):
        """变更所属区域申请, 2023年6月月报更正申请."""
        if self.kind == Kind.CORRECT:
            return f"{self.month.year}年{self.month.month}月月报更正申请"
        return f"{self.about.label}申请"

    # What the law asks

    @property
    def is_light(self):
        return self.kind == Kind.PICTURES

    @property
    def skips_township(self):
        return self.kind == Kind.CORRECT

    @property
    def leaves_county(self):
        return bool(self.target_path) and county_of(self.target_path) != county_of(self.region_path)

    @property
    def province_decides(self):
        """The month is closed (关账), or is the year's report."""
        if self.kind != Kind.CORRECT:
            return False
        return self.month.month == 12 or now() > self.period.closes_at

    @property
    def township_due(self):
        """From when the county may act for the township: some days after submission."""
        if self.submitted_at is None:
            return None
        return self.submitted_at + timedelta(days=int(number("archive.township_days")))

    def part_of(self, user):
        """Officers act where the institution lies; the county it goes to has a part of its own,
        also when the institution has come to lie there meanwhile."""
        arrives = self.state == State.AT_RECEIVING and lies_in(user, self.target_path)
        if arrives and user.role == Role.COUNTY:
            return RECEIVING
        if user.role == Role.INSTITUTION or lies_in(user, self.region_path):
            return Role.TOWNSHIP if self.is_left_to(user) else user.role
        return None

    def is_left_to(self, user):
        """The county acts for a township that has nobody left here, on what came back to it: it
        would stand in everybody's way."""
        came_back = (self.asked_by, self.state) == (Role.TOWNSHIP, State.RETURNED)
        return came_back and user.role == Role.COUNTY and not self.facts.township_staffed

    def is_made_by(self, user):
        """Whether this person may mend it and hand it in: the maker, a colleague in office,
        or who acts for them."""
        return self.part_of(user) == self.asked_by

    def insist_made_by(self, user):
        """Raise MoveRefused for anybody but its maker."""
        if not self.is_made_by(user):
            raise MoveRefused

    def is_hidden_from(self, user):
        """A draft is nobody's business but its maker's."""
        return self.state == State.DRAFT and not self.is_made_by(user)

    @property
    def is_deletable(self):
        """A draft that never left its maker."""
        return self.is_editable and self.first_submitted_at is None

    @property
    def corrected(self):
        """{figure: its value as it should be} of a correction."""
        return {key: MONTHLY_REPORT[key].parse(new) for key, (_, new) in self.figures.items()}

    def take_particulars(self):
        """Note down who this is, as it stands now; of a correction as the month says, which may
        lie where the institution lay before."""
        archive = self.report.archive if self.report else in_force(self.institution_id)
        name, code = self.institution.name, self.institution.unified_social_credit_code
        if archive:
            name, code = archive.institution_name, archive.unified_social_credit_code
            self.address, self.places = archive.address or "", archive.places_total
        self.name, self.initials = name, initials(name)
        self.unified_social_credit_code = code

    def insist_submittable(self):
        if faults := faults_of(self):
            raise NotAcceptable("；".join(sentence for _, sentence in faults) + "。")

    def submit(self, by):
        step = super().submit(by)
        self.take_particulars()
        return step

    def came_into_force(self, by):
        with looking(EVERYWHERE):
            EFFECTS[self.kind](self, by)


def county_of(path):
    """The path of the county above a village."""
    return path.rstrip("/").rsplit("/", 2)[0]


def lies_in(user, path):
    return bool(path and user.region_path) and path.startswith(user.region_path)


def find_application(application_id, by, lock=False):
    """The application, if the person may see it; 404 otherwise. Whoever may see it may read all
    of it: its trail, and the institution it is about. Locked where it is to be changed."""
    wanted = select(Application).where(Application.id == application_id)
    db.one_or_404(wanted.with_only_columns(Application.id))
    beside = (joinedload(Application.institution), selectinload(Application.steps))
    with looking(EVERYWHERE):
        found = wanted.options(*beside, joinedload(Application.period))
        application = db.session.scalars(
            found.with_for_update(of=Application) if lock else found
        ).one()
    if application.is_hidden_from(by):
        raise NotFound
    return application
