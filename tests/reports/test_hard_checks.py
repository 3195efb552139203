"""强制性审核 H01–H19, each at its boundary."""

from datetime import date
from types import SimpleNamespace

import pytest

from tests.reports.samples import JUNE, archive_with, asked, ids, said
from tuoyu.indicators.checks import Weight
from tuoyu.reports.checks import MONTHLY_REPORT

pytestmark = pytest.mark.usefixtures("on_stage")

EDGES = [
    ("H03", {"ft_staff": 13}, {"ft_staff": 12}),
    ("H04", {"cg_age_26_35": 5}, {"cg_age_26_35": 4}),
    ("H04", {"cg_age_26_35": 5}, {"cg_age_26_35": 6}),
    ("H05", {"cg_edu_college": 6}, {"cg_edu_college": 5}),
    ("H05", {"cg_edu_college": 6}, {"cg_edu_college": 7}),
    ("H06", {"cg_trained_childcare": 12}, {"cg_trained_childcare": 13}),
    ("H07", {"cg_trained_fire": 12}, {"cg_trained_fire": 13}),
    ("H08", {"cg_certified": 12}, {"cg_certified": 13}),
    ("H09", {"guards_certified": 1}, {"guards_certified": 2}),
    ("H10", {"in_care": 48}, {"in_care": 47}),
    ("H10", {"left_in_year": 12}, {"left_in_year": 13}),
    ("H11", {"incl_in_care": 25}, {"incl_in_care": 24}),
    ("H12", {"incl_enrolled": 60}, {"incl_enrolled": 61}),
    ("H12", {"incl_in_care": 48}, {"incl_in_care": 49}),
    ("H12", {"incl_left_in_year": 12}, {"incl_left_in_year": 13}),
    ("H13", {"enr_male": 31}, {"enr_male": 32}),
    ("H14", {"enr_m12_23": 20}, {"enr_m12_23": 19}),
    ("H15", {"enr_temporary": 2}, {"enr_temporary": 3}),
    ("H16", {"enr_nonlocal_hukou": 15}, {"enr_nonlocal_hukou": 14}),
    ("H17", {"fee_half_day": 1}, {"fee_half_day": None}),
    ("H17", {"enr_half_day": 0, "fee_half_day": None}, {"fee_half_day": None}),
]


@pytest.mark.parametrize(("check_id", "fine", "wrong"), EDGES)
def test_a_figure_at_the_edge_is_fine_and_one_step_further_is_not(check_id, fine, wrong):
    assert check_id not in ids(fine)
    assert check_id in ids(wrong)


def test_the_sample_month_holds_together():
    assert asked() == []


def test_every_hard_check_is_declared():
    declared = {c.id for c in MONTHLY_REPORT.checks if c.weight == Weight.HARD}
    assert declared == {f"H{n:02}" for n in range(1, 20)} - {"H02"}


@pytest.mark.parametrize("key", [i.key for i in MONTHLY_REPORT])
def test_a_blank_figure_makes_no_check_stumble(key):
    assert Weight.HARD not in {c.weight for c in asked({key: None}) if c.check_id != "H17"}


def test_a_blank_month_is_only_incomplete():
    assert ids(dict.fromkeys((i.key for i in MONTHLY_REPORT), None)) == set()


def test_the_sentence_names_both_numbers():
    assert said("H04", {"cg_age_26_35": 4}) == "保育人员年龄合计 11，比全职保育人员数 12 少 1"
    assert said("H10", {"in_care": 50}) == "在托与已离开合计 62，比入托数 60 多 2"
    assert said("H12", {"incl_in_care": 50}) == "普惠托位年末在托数 50 大于年末在托数 48，多 2"


def test_the_breakdowns_add_up_to_those_present_where_the_province_says_so():
    present = {
        "enr_male": 25,
        "enr_female": 23,
        "enr_m24_35": 22,
        "enr_full_day": 38,
        "enr_local_hukou": 33,
    }
    assert ids(present, breakdown_base="in_care") == set()
    assert ids(present) == {"H13", "H14", "H15", "H16"}
    assert said("H13", breakdown_base="in_care") == "性别合计 60，比年末在托数 48 多 12"


@pytest.mark.parametrize("count", ["enr_full_day", "enr_half_day", "enr_hourly", "enr_temporary"])
def test_a_fee_of_zero_is_possible_with_an_explanation(count):
    fee = count.replace("enr_", "fee_")
    [found] = [c for c in asked({fee: 0}) if c.check_id == "H17"]
    assert (found.weight, found.blames[0]) == (Weight.SOFT, fee)
    assert "H17" not in ids({fee: 0, count: 0})


def test_children_need_somebody_at_work():
    alone = archive_with(
        **dict.fromkeys(
            (
                "managers",
                "infant_care_workers",
                "childcare_workers",
                "health_staff_ft",
                "security_staff_ft",
                "catering_staff",
                "service_staff",
            ),
            0,
        )
    )
    assert "H18" in ids({"ft_staff": 0}, archive=alone)
    assert "H18" not in ids({"ft_staff": 1}, archive=alone)
    assert "H18" not in ids({"ft_staff": 0, "in_care": 0}, archive=alone)
    assert "H18" not in ids({"ft_staff": 0}, archive=archive_with())
    assert "H18" in ids({"ft_staff": 0}, archive=None)


def test_a_month_needs_an_archive_in_force():
    assert ids(archive=None) == {"H19"}


@pytest.mark.parametrize(
    ("first", "closed", "is_open", "fine"),
    [
        (JUNE, None, True, True),
        (None, None, True, True),
        (date(2023, 7, 1), None, True, False),
        (JUNE, date(2023, 6, 1), True, True),
        (JUNE, date(2023, 5, 31), True, False),
        (JUNE, None, False, False),
    ],
)
def test_the_month_must_be_due(first, closed, is_open, fine):
    found = ids(
        institution=SimpleNamespace(first_due_month=first, closed_on=closed),
        period=SimpleNamespace(is_open=is_open),
    )
    assert ("H01" in found) is not fine
