"""Every form of the program as a browser sends it, and somebody who may send it."""

import io
from dataclasses import dataclass, field

from flask import url_for

from tests.architecture.stage import DOT
from tests.archives.typing import typed as archive_page
from tests.cast import JUNE, Cast
from tests.reports.samples import typed as month
from tuoyu.accounts.models import Role, User
from tuoyu.accounts.people import director
from tuoyu.archives.models import ArchiveRevision
from tuoyu.archives.pictures import Picture, PlacedPicture
from tuoyu.extensions import db
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

CODE = "91350100M000100Y43"
PASSWORD = "Lan-Hua-2023-x"
REGISTRATION = {
    "region_code": "350102001004",
    "institution_name": "向阳托育园（鼓东店）",
    "unified_social_credit_code": CODE,
    "username": "xiangyang_1",
    "display_name": "林老师",
    "mobile": "13900000001",
    "email": "lin@example.org",
    "password": PASSWORD,
    "password_confirm": PASSWORD,
    "privacy_consent": "y",
}


class Town:
    """阳光 writes its June and the second version of its archive; those of 星星 wait at the
    township, those of 月亮 at the county; 海浪 has begun nothing."""

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


@dataclass(frozen=True)
class Form:
    """`person` and `paper` are names in the Town; nobody need be signed in where `person` is None."""

    person: str | None
    paper: str | None = None
    data: dict = field(default_factory=dict)
    page: dict = field(default_factory=dict)  # what else its address says

    def address(self, app, town, endpoint, paper=None):
        """Where it is sent; about `paper` instead of its own."""
        with app.test_request_context():
            return url_for(endpoint, **self.page_of(town, endpoint, paper or self.of(town)))

    def of(self, town):
        return getattr(town, self.paper) if self.paper else None

    def page_of(self, town, endpoint, paper):
        values = dict(self.page)
        if "picture_id" in values:
            values["picture_id"] = getattr(town, values["picture_id"]).id
        if paper is not None:
            kind = {ArchiveRevision: "archive", MonthlyReport: "report"}[type(paper)]
            values |= (
                {"kind": f"{kind}s", "paper_id": paper.id}
                if endpoint.startswith("review.")
                else {f"{kind}_id": paper.id}
            )
        return values

    def typed(self, town):
        """What the browser sends, without its token."""
        data = dict(self.data)
        if "pictures" in data:
            data["pictures"] = (io.BytesIO(data["pictures"]), "门口.jpg")
        return data | ({"edition": self.of(town).edition} if self.paper else {})


def about(person, paper, page=None, **data):
    return Form(person, paper, data, page or {})


DIRECTOR = ("sunshine_director", "draft_archive")
PICTURE = {"picture_id": "picture"}
MONTH = {key: text for key, text in month().items() if key != "edition"}
FORMS = {
    "accounts.sign_in": Form(None, data={"username": "yangguang_2", "password": PASSWORD}),
    "accounts.logout": Form(None),
    "accounts.register_institution": Form(None, data=REGISTRATION),
    "archives.create": Form("sunshine_director"),
    "archives.save": about(*DIRECTOR, {"name": "classes"}, **archive_page("classes")),
    "archives.autosave": about(
        *DIRECTOR, {"name": "classes"}, **{"infant_children": "7", "was.infant_children": "6"}
    ),
    "archives.autosave_explanations": about(*DIRECTOR),
    "reports.autosave": about(
        "sunshine_director", "draft_report", **{"ft_staff": "17", "was.ft_staff": "16"}
    ),
    "reports.autosave_explanations": about("sunshine_director", "draft_report"),
    "archives.totals": about(*DIRECTOR, {"name": "classes"}, infant_children="7"),
    "archives.explain": about(*DIRECTOR, **{"explanation-SA3": "已核实"}),
    "archives.submit": about(*DIRECTOR, **{"explanation-SA3": "已核实"}),
    "archives.withdraw": about("star_director", "township_archive"),
    "archives.delete": about(*DIRECTOR),
    "archives.revise": about(*DIRECTOR),
    "archives.upload": about(*DIRECTOR, pictures=DOT),
    "archives.caption": about(*DIRECTOR, PICTURE, caption="活动室"),
    "archives.forward": about(*DIRECTOR, PICTURE),
    "archives.remove": about(*DIRECTOR, PICTURE),
    "reports.open_month": Form("wave_director", data={"month": "2023-06"}),
    "reports.save": about("sunshine_director", "draft_report", **MONTH),
    "reports.totals": about("sunshine_director", "draft_report", **MONTH),
    "reports.explain": about("sunshine_director", "draft_report", **{"explanation-S01": "已核实"}),
    "reports.submit": about("sunshine_director", "draft_report", **{"explanation-S01": "已核实"}),
    "reports.withdraw": about("star_director", "township_report"),
    "reports.delete": about("sunshine_director", "draft_report"),
    "review.approve": about("guxi_clerk", "township_report", at="desk"),
    "review.take_back": about("moon_clerk", "county_report"),
    "review.approve_for_township": about("gulou_officer", "township_archive"),
    "review.confirm": about("taijiang_officer", "county_report"),
    "review.send_back": about(
        "guxi_clerk",
        "township_report",
        reason="请核对在托人数",
        mark="in_care",
        note_in_care="应为47",
    ),
    "review.send_to_township": about("taijiang_officer", "county_archive", reason="请补充意见"),
}
EDITION = [
    name
    for name, form in FORMS.items()
    if form.paper
    and not name.endswith((".revise", ".totals", ".autosave", ".autosave_explanations"))
    and not form.page.get("picture_id")
]
EDITION.remove("archives.upload")
