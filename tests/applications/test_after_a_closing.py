"""What is still due after a closing can still be handed in, and nothing else is."""

from datetime import date

from sqlalchemy import select

from tests.applications.world import ask, confirmed_june, see, stamp, the_application
from tests.cast import JULY
from tests.figures import REPORT_FIGURES
from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.institutions.changes import record
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State


def closed_by_the_county(cast, day, at):
    with cast.stage(at):
        record(cast.again(cast.sunshine), "closed", day, cast.again(cast.gulou_officer))


def hand_in(cast, director, month, at):
    """Press 提交审核 on the month as it lies, everything explained."""
    with cast.stage(at):
        report = db.session.scalars(select(MonthlyReport).filter_by(month=month)).one()
        report.fill_in(REPORT_FIGURES)
        cast.explain_everything(report)
        db.session.flush()
        address, form = f"/reports/{report.id}/submission", {"edition": report.edition}
    with clock.at(at):
        return director.post(address, data=form)


def test_a_month_closed_before_the_closing_was_told_is_still_filed(ready, signed_in):
    confirmed_june(ready)
    closed_by_the_county(ready, date(2023, 6, 20), at="2023-09-01T09:00")
    director = signed_in(ready.sunshine_director)
    home = see(director, "/", "2023-09-02T09:00")
    assert "2023年7月月报还没有填报" in home.soup.select_one(".next-step").text
    with clock.at("2023-09-02T09:00"):
        assert director.post("/reports/", data={"month": "2023-07"}).status_code == 302
        august = director.post("/reports/", data={"month": "2023-08"})
        assert august.status_code == 422 and "已于 2023-06-20 终止" in august.text
    assert hand_in(ready, director, JULY, "2023-09-02T10:00").status_code == 302


def test_a_month_that_came_back_is_mended_after_the_closing(ready, signed_in):
    ready.report(ready.sunshine, JULY, State.RETURNED, "2023-08-03T10:00")
    director, at = signed_in(ready.sunshine_director), "2023-08-05T10:00"
    assert ask(director, "close", moment=at, starts_on="2023-06-30").status_code == 302
    for who, move in (("gudong_clerk", "approve"), ("gulou_officer", "confirm")):
        answer = stamp(signed_in(getattr(ready, who)), the_application(ready), move, moment=at)
        assert answer.status_code == 302
    step = see(director, "/", at).soup.select_one(".next-step")
    assert "2023年7月月报已退回" in step.text
    assert hand_in(ready, director, JULY, "2023-08-06T10:00").status_code == 302


def test_a_draft_of_a_month_after_the_closing_is_no_step_and_cannot_be_handed_in(ready, signed_in):
    confirmed_june(ready)
    ready.report(ready.sunshine, JULY, State.DRAFT, "2023-08-02T10:00")
    closed_by_the_county(ready, date(2023, 6, 30), at="2023-08-03T09:00")
    director = signed_in(ready.sunshine_director)
    assert (
        "2023年7月" not in see(director, "/", "2023-08-04T09:00").soup.select_one(".next-step").text
    )
    refused = hand_in(ready, director, JULY, "2023-08-04T10:00")
    assert refused.status_code == 422
    assert "已于 2023-06-30 终止" in refused.text
