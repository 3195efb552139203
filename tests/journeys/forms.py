"""Every form of the program as a browser sends it, and somebody who may send it."""

import io
from dataclasses import dataclass, field

from flask import url_for

from tests.architecture.stage import DOT
from tests.archives.typing import typed as archive_page
from tests.cast import FIRST_WINDOW
from tests.journeys.town import KEYS, PASSWORD
from tests.reports.samples import typed as month
from tuoyu.accounts.links import Purpose
from tuoyu.applications.models import Application
from tuoyu.archives.models import ArchiveRevision
from tuoyu.reports.models import MonthlyReport

CODE = "91350100M000100Y43"
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
KINDS = {ArchiveRevision: "archive", MonthlyReport: "report", Application: "application"}


@dataclass(frozen=True)
class Form:
    """`person` and `paper` are names in the Town; nobody need be signed in where `person` is None.
    What the Town alone knows is a function of it, and bytes are a file."""

    person: str | None
    paper: str | None = None
    data: dict = field(default_factory=dict)
    page: dict = field(default_factory=dict)  # what else its address says; things by their names
    moment: str = FIRST_WINDOW  # when it can be taken

    def address(self, app, town, endpoint, paper=None):
        """Where it is sent; about `paper` instead of its own."""
        with app.test_request_context():
            return url_for(endpoint, **self.page_of(town, endpoint, paper or self.of(town)))

    def of(self, town):
        return getattr(town, self.paper) if self.paper else None

    def page_of(self, town, endpoint, paper):
        values = {
            key: getattr(town, text).id if key.endswith("_id") else text
            for key, text in self.page.items()
        }
        if paper is not None:
            kind = KINDS[type(paper)]
            values |= (
                {"kind": f"{kind}s", "paper_id": paper.id}
                if endpoint.startswith("review.")
                else {f"{kind}_id": paper.id}
            )
        return values

    @property
    def files(self):
        return {name for name in self.data if name in FILES}

    def typed(self, town):
        """What the browser sends, without its token."""
        data = {k: v(town) if callable(v) else v for k, v in self.data.items()}
        data |= {name: (io.BytesIO(data[name]), FILES[name]) for name in self.files}
        return data | ({"edition": self.of(town).edition} if self.paper else {})


FILES = {"pictures": "门口.jpg", "workbook": "六月.xlsx"}


def about(person, paper, page=None, **data):
    return Form(person, paper, data, page or {})


DIRECTOR = ("sunshine_director", "draft_archive")
PICTURE = {"picture_id": "picture"}
IMPORTED = {"ft_staff": "18", "was.ft_staff": "17"}
MONTH = {key: text for key, text in month().items() if key != "edition"}
REQUEST = {"starts_on": "2023-08-01", "reason": "暑期装修"}
CLOSING = REQUEST | {"settlement": "已转园"}
NEW_PASSWORD = {"password": "Gui-Hua-2024-y", "password_confirm": "Gui-Hua-2024-y"}
OPERATOR = {"display_name": "李老师", "username": "li_laoshi", "mobile": "13900000031"}
SAID = {"body": "请按人次填"}
FREQUENT = {"kind": "data", "question": "临时托怎么填", "answer": "按人次"}
PROPOSED = {"picture_id": "proposed_picture"}
FORMS = {
    "accounts.sign_in": Form(None, data={"username": "yangguang_2", "password": PASSWORD}),
    "accounts.logout": Form(None),
    "accounts.register_institution": Form(None, data=REGISTRATION),
    "accounts.recover": Form(None, data={"username": "yangguang_2", "contact": "13900000099"}),
    "accounts.choose_password": Form(None, data={"k": KEYS[Purpose.PASSWORD]} | NEW_PASSWORD),
    "accounts.confirm_mailbox": Form(None, data={"k": KEYS[Purpose.EMAIL]}),
    "accounts.save_details": Form(
        "sunshine_director", data={"display_name": "林园长", "mobile": "13900000041"}
    ),
    "accounts.change_mailbox": Form(
        "owner", data={"email": "owner@example.org", "password": PASSWORD}
    ),
    "accounts.change_password": Form("owner", data={"old_password": PASSWORD} | NEW_PASSWORD),
    "accounts.permit_branch": Form(
        "gulou_officer",
        data={
            "unified_social_credit_code": lambda town: town.star.unified_social_credit_code,
            "reason": "分园，已核对执照",
        },
    ),
    "accounts.withdraw_permit": Form("gulou_officer", page={"permit_id": "permit"}),
    "accounts.add_operator": Form("sunshine_director", data=OPERATOR),
    "accounts.renew_operator": Form("sunshine_director", page={"user_id": "operator"}),
    "accounts.disable_operator": Form("sunshine_director", page={"user_id": "operator"}),
    "accounts.enable_operator": Form("sunshine_director", page={"user_id": "idle_operator"}),
    "accounts.hand_over": Form(
        "sunshine_director",
        data={"operator": lambda town: town.operator.id, "reason": "人员调整"},
    ),
    "accounts.reset": Form(
        "gulou_officer", page={"user_id": "gudong_clerk"}, data={"reason": "已回拨核实"}
    ),
    "archives.create": Form("sunshine_director"),
    "archives.save": about(*DIRECTOR, {"name": "classes"}, **archive_page("classes")),
    "archives.autosave": about(
        *DIRECTOR, {"name": "classes"}, **{"infant_children": "7", "was.infant_children": "6"}
    ),
    "archives.autosave_explanations": about(*DIRECTOR),
    "reports.autosave": about(
        "sunshine_director", "draft_report", **{"ft_staff": "18", "was.ft_staff": "17"}
    ),
    "reports.autosave_explanations": about("sunshine_director", "draft_report"),
    "archives.totals": about(*DIRECTOR, {"name": "classes"}, infant_children="7"),
    "archives.explain": about(*DIRECTOR, **{"explanation-SA3": "已核实"}),
    "archives.submit": about(*DIRECTOR, **{"explanation-SA3": "已核实"}),
    "archives.withdraw": about("star_director", "township_archive"),
    "archives.delete": about(*DIRECTOR),
    "archives.revise": about("rain_director", "rain_archive"),
    "archives.upload": about(*DIRECTOR, pictures=DOT),
    "archives.caption": about(*DIRECTOR, PICTURE, caption="活动室"),
    "archives.forward": about(*DIRECTOR, PICTURE),
    "archives.remove": about(*DIRECTOR, PICTURE),
    "archives.place": Form(
        "sunshine_director",
        data={"longitude": "119.296494", "latitude": "26.074508"},
        page={"archive_id": "draft_archive"},
    ),
    "reports.open_month": Form("wave_director", data={"month": "2023-06"}),
    "reports.save": about("sunshine_director", "draft_report", **MONTH),
    "reports.totals": about("sunshine_director", "draft_report", **MONTH),
    "reports.explain": about("sunshine_director", "draft_report", **{"explanation-S01": "已核实"}),
    "reports.submit": about("sunshine_director", "draft_report", **{"explanation-S01": "已核实"}),
    "reports.withdraw": about("star_director", "township_report"),
    "reports.delete": about("sunshine_director", "draft_report"),
    "reports.declare": about(
        "sunshine_director", "draft_report", {"kind": "zero"}, cause="装修", replace="y"
    ),
    "reports.take_declaration_back": about("fog_director", "declared_report"),
    "reports.upload": about(
        "sunshine_director", "draft_report", workbook=lambda town: town.workbook
    ),
    "reports.import_figures": about("sunshine_director", "draft_report", **IMPORTED),
    "reports.marked": about("sunshine_director", "draft_report", **IMPORTED),
    "applications.create": Form("rain_director", data=CLOSING, page={"kind": "close"}),
    "applications.correct": Form(
        "rain_director",
        data={"reason": "多算", "fee_full_day": "2999"},
        page={"report_id": "confirmed_report"},
    ),
    "applications.save": about("sunshine_director", "draft_request", **REQUEST),
    "applications.withdraw": about("star_director", "township_request"),
    "applications.drop": about("star_director", "returned_request"),
    "applications.delete": about("sunshine_director", "draft_request"),
    "applications.upload": about("sunshine_director", "pictures_request", pictures=DOT),
    "applications.caption": about(
        "sunshine_director", "pictures_request", PROPOSED, caption="活动室"
    ),
    "applications.forward": about("sunshine_director", "pictures_request", PROPOSED),
    "applications.remove": about("sunshine_director", "pictures_request", PROPOSED),
    "feedback.ask": Form(
        "sunshine_director", data={"kind": "data", "title": "临时托怎么填", "body": "请教"}
    ),
    "feedback.answer": Form("gudong_clerk", data=SAID, page={"question_id": "question"}),
    "feedback.pass_up": Form("gudong_clerk", data=SAID, page={"question_id": "question"}),
    "feedback.ask_again": Form("sunshine_director", data=SAID, page={"question_id": "question"}),
    "feedback.close": Form("sunshine_director", page={"question_id": "question"}),
    "feedback.publish_one": Form(
        "gulou_officer", data=FREQUENT | {"question_id": lambda town: town.question.id}
    ),
    "feedback.withdraw": Form("gulou_officer", page={"entry_id": "entry"}),
    "review.release": about("gulou_officer", "leaving_request"),
    "review.receive": about("gulou_officer", "arriving_request"),
    "review.pass_up": Form("gulou_officer", "correction_request", moment="2023-07-24T09:00"),
    "review.approve": about("guxi_clerk", "township_report", at="desk"),
    "review.take_back": about("moon_clerk", "county_report"),
    "review.approve_for_township": Form(
        "gulou_officer", "township_archive", moment="2023-08-16T10:00"
    ),
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
BESIDE = {  # about a paper, whatever its edition: they add to it, take figure by figure, or ask
    "archives.revise",
    "archives.upload",
    "applications.upload",
    "reports.take_declaration_back",
    "reports.upload",
    "reports.import_figures",
    "reports.marked",
}
EDITION = [
    name
    for name, form in FORMS.items()
    if form.paper
    and name not in BESIDE
    and not name.endswith((".totals", ".autosave", ".autosave_explanations"))
    and not form.page.get("picture_id")
]
