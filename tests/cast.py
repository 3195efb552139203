"""The people of the tests. Everybody in the suite is one of them.

All stand on the real map: two townships of 福州市鼓楼区, the district next door, another city and
平潭. They are set in July 2023, in the first window; move the clock with `tuoyu.clock.at`.
"""

from contextlib import contextmanager
from datetime import date
from uuid import uuid4

from sqlalchemy import inspect, select

from tests.figures import ARCHIVE_FIGURES, REPORT_FIGURES
from tuoyu import clock
from tuoyu.accounts.models import Role, User
from tuoyu.archives.models import ArchiveRevision, in_force
from tuoyu.demo.names import credit_code
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.regions.models import Region
from tuoyu.reports.models import MonthlyReport
from tuoyu.scope import EVERYWHERE, looking
from tuoyu.workflow.states import State

JUNE, JULY = date(2023, 6, 1), date(2023, 7, 1)
FIRST_WINDOW = "2023-07-16T10:00"
PASSWORD = "Xiao-Shu-2023"
ROAD = (State.DRAFT, State.AT_TOWNSHIP, State.AT_COUNTY, State.CONFIRMED)
MOVES = ("submit", "approve", "confirm")


HOUSES = (
    ("sunshine", "阳光托育园", "350102001004"),
    ("star", "星星托育园", "350102002002"),
    ("moon", "月亮托育园", "350103001002"),
    ("wave", "海浪托育园", "350128001001"),
)
OFFICES = (
    ("gudong_clerk", "鼓东经办", Role.TOWNSHIP, "350102001000"),
    ("guxi_clerk", "鼓西经办", Role.TOWNSHIP, "350102002000"),
    ("gulou_officer", "鼓楼专干", Role.COUNTY, "350102000000"),
    ("taijiang_officer", "台江专干", Role.COUNTY, "350103000000"),
    ("fuzhou_officer", "福州专班", Role.CITY, "350100000000"),
    ("xiamen_officer", "厦门专班", Role.CITY, "350200000000"),
    ("province_officer", "省级专班", Role.PROVINCE, "350000000000"),
)


class Cast:
    """Named people and institutions; the rows are detached copies, `again()` reads one anew."""

    def __init__(self, app):
        self.app, self.codes = app, 0
        with self.stage():
            places = self.regions([code for _, _, code in HOUSES] + [at for _, _, _, at in OFFICES])
            for key, name, code in HOUSES:
                house = self.registered(name, places[code])
                director = self.person(f"{name[:2]}园长", Role.INSTITUTION, places[code], house)
                director.is_main = True
                setattr(self, key, house)
                setattr(self, f"{key}_director", director)
            for key, name, role, at in OFFICES:
                setattr(self, key, self.person(name, role, places[at]))
            self.sysadmin = self.person("系统管理员", Role.SYSADMIN)
            self.release()

    def release(self):
        """Detach everybody as `detached` does, with one question for all of a kind."""
        db.session.flush()
        for model in (Institution, User):
            anew = select(model).execution_options(populate_existing=True)
            for row in db.session.scalars(anew):
                db.session.expire(row, inspect(model).relationships.keys())
        db.session.expunge_all()

    def regions(self, codes):
        found = db.session.scalars(select(Region).where(Region.code.in_(codes)))
        return {region.code: region for region in found}

    @contextmanager
    def stage(self, moment=None):
        """Work on the database as the program does, at `moment`; committed at the end."""
        with self.app.app_context(), looking(EVERYWHERE), clock.at(moment or FIRST_WINDOW):
            yield
            db.session.commit()

    def institution(self, name, region_code):
        institution = self.registered(name, self.region(region_code))
        return self.keep(institution)

    def registered(self, name, region):
        """A new institution, in the session and not yet committed."""
        self.codes += 1
        code = credit_code("FP", region.code, self.codes)
        institution = Institution(name=name, unified_social_credit_code=code)
        institution.settle_in(region)
        db.session.add(institution)
        return institution

    def region(self, code):
        return db.session.scalars(select(Region).where(Region.code == code)).one()

    def director(self, name, institution):
        institution = self.again(institution)
        return self.user(name, Role.INSTITUTION, institution.region, institution)

    def officer(self, name, role, region_code):
        return self.user(name, role, self.region(region_code))

    def user(self, name, role, region=None, institution=None):
        leads = bool(institution) and not self.has_director(institution)
        user = self.person(name, role, region, institution)
        user.is_main = leads
        return self.keep(user)

    def person(self, name, role, region=None, institution=None):
        """A new user, in the session and not yet committed."""
        user = User(
            username=f"u{uuid4().hex[:8]}",
            display_name=name,
            password="-",
            fs_uniquifier=uuid4().hex,
            role=role,
            region_code=region and region.code,
            region_path=region and region.path,
            institution=institution,
        )
        db.session.add(user)
        return user

    def has_director(self, institution):
        return self.find(Role.INSTITUTION, User.institution_id == institution.id) is not None

    def archive(self, institution, state=State.CONFIRMED, moment=None, **figures):
        """An archive of the institution that has travelled to `state` by the real moves."""
        with self.stage(moment):
            former = in_force(institution.id)
            paper = ArchiveRevision(
                institution_id=institution.id,
                region_path=institution.region_path,
                version=former.version + 1 if former else 1,
            )
            names = {
                "institution_name": institution.name,
                "unified_social_credit_code": institution.unified_social_credit_code,
            }
            return self.travel(paper, ARCHIVE_FIGURES | names | figures, state)

    def report(self, institution, month=JUNE, state=State.DRAFT, moment=None, **figures):
        """A report that has travelled to `state` by the real moves; an archive must be in force
        unless it stays a draft."""
        with self.stage(moment):
            paper = MonthlyReport(
                institution_id=institution.id, region_path=institution.region_path, month=month
            )
            return self.travel(paper, REPORT_FIGURES | figures, state)

    def travel(self, paper, figures, state):
        db.session.add(paper)
        for key, value in figures.items():
            setattr(paper, key, value)
        db.session.flush()
        goal = ROAD.index(State.AT_TOWNSHIP if state == State.RETURNED else state)
        for move, person in zip(MOVES[:goal], self.road(paper), strict=False):
            self.explain_everything(paper)
            getattr(paper, move)(by=person)
            db.session.flush()
        if state == State.RETURNED:
            paper.send_back(by=self.road(paper)[1], reason="请核对在托人数")
        db.session.commit()
        return self.detached(paper)

    def explain_everything(self, paper):
        if paper.is_editable:
            paper.explain(dict.fromkeys(paper.unexplained(), "情况属实"))

    def road(self, paper):
        """Director, clerk and officer of the place where the paper lies, made when missing."""
        codes = paper.region_path.rstrip("/").split("/")
        director = self.find(Role.INSTITUTION, User.institution_id == paper.institution_id)
        clerk = self.find(Role.TOWNSHIP, User.region_code == codes[-2])
        officer = self.find(Role.COUNTY, User.region_code == codes[-3])
        return (
            director,
            clerk or self.again(self.officer("临时经办", Role.TOWNSHIP, codes[-2])),
            officer or self.again(self.officer("临时专干", Role.COUNTY, codes[-3])),
        )

    def find(self, role, where):
        return db.session.scalars(select(User).where(User.role == role, where)).first()

    def again(self, row):
        """The same row as it stands now, attached; use it on the stage."""
        return db.session.scalars(select(type(row)).where(type(row).id == row.id)).one()

    def keep(self, row):
        db.session.add(row)
        db.session.commit()
        return self.detached(row)

    def detached(self, row):
        db.session.refresh(row)
        db.session.expunge(row)
        return row
