"""Every page of every role: a stage with a paper in each state, and the way along its links."""

import re
from types import SimpleNamespace

from tests.applications.world import a_pdf
from tests.cast import JULY, JUNE
from tuoyu.applications.beginning import begin, correction_of, draft_of
from tuoyu.applications.evidence import add_evidence
from tuoyu.applications.kinds import Kind
from tuoyu.extensions import db
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

NOW = "2023-08-04T10:00"
ROLES = (
    "sunshine_director",
    "star_director",
    "wave_director",
    "gudong_clerk",
    "gulou_officer",
    "taijiang_officer",
    "fuzhou_officer",
    "province_officer",
    "sysadmin",
)
MOST = 120


def set_the_stage(cast):
    """June is over and July is under way: a paper in every state."""
    for institution in (cast.sunshine, cast.star, cast.wave):
        cast.archive(institution)
    cast.archive(cast.sunshine, State.RETURNED, "2023-07-25T10:00", managers=3)
    cast.archive(cast.star, State.AT_TOWNSHIP, "2023-07-25T10:00", managers=3)
    cast.archive(cast.moon, State.AT_COUNTY)
    july = {"month": JULY, "moment": "2023-08-03T10:00"}
    cast.report(cast.sunshine, state=State.CONFIRMED)
    cast.report(cast.star, state=State.CONFIRMED)
    cast.report(cast.wave, state=State.AT_COUNTY)
    cast.report(cast.sunshine, state=State.AT_TOWNSHIP, **july)
    cast.report(cast.star, state=State.RETURNED, **july)
    cast.report(cast.wave, state=State.DRAFT, **july)
    set_applications(cast)
    return cast


def set_applications(cast):
    """A correction that waits for the county, and a move that waits for 台江."""
    with cast.stage("2023-07-18T10:00"):
        own = MonthlyReport.institution_id == cast.star.id, MonthlyReport.month == JUNE
        june = db.session.scalar(db.select(MonthlyReport).where(*own))
        director = cast.again(cast.star_director)
        correction = correction_of(june.id, director)
        correction.reason, correction.figures = "多算2人", {"in_care": ["48", "46"]}
        correction.figures |= {"left_in_year": ["12", "14"]}
        begin(correction)
        add_evidence(correction, [SimpleNamespace(stream=a_pdf(), filename="台账.pdf")])
        move = draft_of(Kind.MOVE, cast.again(cast.sunshine))
        move.target, move.new_address, move.reason = (
            cast.region("350103001002"),
            "茶亭街5号",
            "搬迁",
        )
        move.target_path = move.target.path
        begin(move)
        correction.submit(director)
        for step, by in (
            ("submit", cast.sunshine_director),
            ("approve", cast.gudong_clerk),
            ("release", cast.gulou_officer),
        ):
            getattr(move, step)(cast.again(by))
            db.session.flush()


def addresses_in(page):
    """Where the links and the requests of a page, read as HTML, lead on our own origin."""
    for element in page.select("[href], [hx-get]"):
        address = element.get("href") or element.get("hx-get")
        if address.startswith(("/", "?")) and not address.startswith("/static/"):
            yield address.partition("#")[0]


def kind_of(address):
    """Pages are alike whose addresses differ in the region, in the page or month of a list, or in
    the list they were opened from; each tab of a list is a page of its own."""
    path, _, asked = address.partition("?")
    told_apart = r"\b(?:state|list)=\w+" if path.endswith("/") else r"\bunconfirmed=1"
    return re.sub(r"\d{6,}|ZONE-\w+", "0", any_receipt(path)), *re.findall(told_apart, asked)


def any_receipt(address):
    return re.sub(r"(TY-\w+)-\w{4}-\w{4}", r"\1", address)


def crawl(visit, start="/"):
    """(address, what `visit` answered) of every page that links lead to. `visit(address)` answers
    something and the addresses to go on with; of each kind one address is visited."""
    waiting, seen = [start], set()
    while waiting:
        address = waiting.pop(0)
        if kind_of(address) in seen:
            continue
        seen.add(kind_of(address))
        assert len(seen) <= MOST, f"there is no end to the pages: {sorted(seen)}"
        answer, further = visit(address)
        yield address, answer
        path = address.partition("?")[0]
        waiting += [path + one if one.startswith("?") else one for one in further]
