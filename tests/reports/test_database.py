"""What the database itself holds true of a month that was handed in."""

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from tests.cast import JUNE
from tuoyu.extensions import db
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

BROKEN = [
    ("h03", {"ft_staff": 12}),
    ("h04", {"cg_age_26_35": 4}),
    ("h05", {"cg_edu_college": 7}),
    ("h06", {"cg_trained_childcare": 13}),
    ("h07", {"cg_trained_fire": 13}),
    ("h08", {"cg_certified": 13}),
    ("h09", {"guards_certified": 2}),
    ("h10", {"in_care": 47}),
    ("h11", {"incl_in_care": 24}),
    ("h12", {"incl_in_care": 49, "incl_enrolled": 54}),
    ("complete", {"enr_male": None}),
    ("complete", {"institution_category": None}),
    ("ft_staff_range", {"ft_staff": -1}),
    ("ft_staff_range", {"ft_staff": 100000}),
    ("fee_full_day_range", {"fee_full_day": -1}),
    ("has_its_archive", {"archive_revision_id": None}),
]


def change(cast, report, figures):
    with cast.stage():
        own = update(MonthlyReport).where(MonthlyReport.id == report.id)
        try:
            db.session.execute(own.values(**figures))
        except IntegrityError as error:
            db.session.rollback()
            return error.orig.diag.constraint_name
    return None


@pytest.mark.database
@pytest.mark.parametrize(("constraint", "figures"), BROKEN)
def test_what_cannot_be_is_refused_by_the_database_too(cast, director, constraint, figures):
    report = cast.report(cast.sunshine, state=State.AT_TOWNSHIP)
    refused = change(cast, report, figures)
    assert refused is not None
    assert refused.startswith(f"ck_monthly_reports_{constraint}")


@pytest.mark.database
@pytest.mark.parametrize("figures", [{"cg_age_26_35": 4}, {"enr_male": None}, {"in_care": 1}])
def test_a_draft_may_be_unfinished(cast, director, figures):
    assert change(cast, cast.report(cast.sunshine), figures) is None


@pytest.mark.database
@pytest.mark.parametrize("figures", [{"enr_male": 32}, {"enr_m0_11": 5}])
def test_what_a_parameter_decides_is_left_to_the_program(cast, director, figures):
    assert change(cast, cast.report(cast.sunshine, state=State.AT_TOWNSHIP), figures) is None


@pytest.mark.database
def test_a_month_has_one_open_report_and_one_in_force(cast, director):
    cast.report(cast.sunshine)
    with pytest.raises(IntegrityError, match="uq_monthly_reports"):
        cast.report(cast.sunshine, JUNE)
