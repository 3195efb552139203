"""核实性审核 S01–S22, each at its boundary."""

from datetime import date
from decimal import Decimal

import pytest
from flask import g

from tests.reports.samples import archive_with, asked, ids, month_before, said
from tuoyu.dictionaries.lookup import parameter
from tuoyu.indicators.checks import Weight
from tuoyu.reports.checks import MONTHLY_REPORT

pytestmark = pytest.mark.usefixtures("on_stage")

HOME = {"institution_type": "HOME"}
NO_GUARD = {"security_staff_ft": 0, "security_staff_pt": 0}
NO_NURSE = {"health_staff_ft": 0, "health_staff_pt": 0}
SMALL = {"in_care": 5, "ft_caregivers": 2}

# (check, the month and its archive that are just fine, those that are just not)
BESIDE_THE_ARCHIVE = [
    ("S01", ({"in_care": 48}, {}), ({"in_care": 49}, {})),
    ("S01", ({"in_care": 48}, {}), ({"in_care": 47}, {})),
    ("S02", ({"in_care": 63}, {}), ({"in_care": 64}, {})),
    ("S03", ({}, {"infant_children": 10}), ({}, {"infant_children": 11})),
    ("S03", ({}, {"junior_children": 15}), ({}, {"junior_children": 16})),
    ("S03", ({}, {"senior_children": 20}), ({}, {"senior_children": 21})),
    ("S03", ({}, {"mixed_children": 18}), ({}, {"mixed_children": 19})),
    (
        "S03",
        ({}, {"senior_children": 40, "senior_classes": 2}),
        ({}, {"senior_children": 41, "senior_classes": 2}),
    ),
    ("S04", ({"ft_caregivers": 10}, {}), ({"ft_caregivers": 9}, {})),
    ("S05", ({"ft_guards": 1}, NO_GUARD), ({"ft_guards": 0}, NO_GUARD)),
    ("S05", ({"ft_guards": 0}, {"security_staff_pt": 1}), ({"ft_guards": 0}, NO_GUARD)),
    (
        "S05",
        ({"ft_guards": 0}, NO_GUARD | {"institution_type": "COMM"}),
        ({"ft_guards": 0}, NO_GUARD | {"institution_type": "CENTER"}),
    ),
    ("S06", ({"guards_certified": 1}, {}), ({"guards_certified": 0}, {})),
    ("S07", ({}, NO_NURSE | {"health_staff_pt": 1}), ({}, NO_NURSE)),
    (
        "S07",
        ({"in_care": 150}, NO_NURSE | {"health_staff_pt": 1}),
        ({"in_care": 151}, NO_NURSE | {"health_staff_pt": 1}),
    ),
    ("S08", ({"in_care": 80}, {}), ({"in_care": 81}, {})),
    ("S08", ({"in_care": 81}, {"provides_meals": False}), ({"in_care": 81}, {})),
    ("S09", (SMALL, HOME), (SMALL | {"in_care": 6}, HOME)),
    ("S09", (SMALL, HOME), (SMALL | {"ft_caregivers": 1}, HOME)),
    (
        "S09",
        (SMALL, HOME | {"floor_area": Decimal(45)}),
        (SMALL, HOME | {"floor_area": Decimal("44.99")}),
    ),
    (
        "S10",
        ({"enr_m0_11": 0, "enr_m12_23": 0}, {"institution_type": "KG"}),
        ({"enr_m0_11": 0, "enr_m12_23": 1}, {"institution_type": "KG"}),
    ),
    ("S11", ({"cg_certified": 12}, {}), ({"cg_certified": 11}, {})),
    ("S11", ({"cg_trained_childcare": 12}, {}), ({"cg_trained_childcare": 11}, {})),
    ("S11", ({"cg_trained_fire": 12}, {}), ({"cg_trained_fire": 11}, {})),
    ("S12", ({"ft_staff": 18}, {}), ({"ft_staff": 19}, {})),
    ("S17", ({"fee_full_day": Decimal(100)}, {}), ({"fee_full_day": Decimal("99.99")}, {})),
    ("S17", ({"fee_full_day": Decimal(20000)}, {}), ({"fee_full_day": Decimal("20000.01")}, {})),
    ("S17", ({"fee_hourly": Decimal(1)}, {}), ({"fee_hourly": Decimal("0.99")}, {})),
    ("S17", ({"fee_hourly": Decimal(500)}, {}), ({"fee_hourly": Decimal("500.01")}, {})),
    ("S17", ({"enr_full_day": 0, "fee_full_day": 0}, {}), ({"fee_full_day": 99}, {})),
    (
        "S19",
        ({"enr_half_day": 0}, {"service_modes": ["FULL", "HOUR", "TEMP"]}),
        ({"enr_half_day": 1}, {"service_modes": ["FULL", "HOUR", "TEMP"]}),
    ),
    (
        "S19",
        ({"enr_m0_11": 1}, {"infant_places": 0}),
        ({"enr_m0_11": 1}, {"infant_places": 0, "mixed_places": 0}),
    ),
    ("S21", ({"in_care": 1}, {}), ({"in_care": 0}, {})),
    ("S21", ({"in_care": 0}, {"is_active": False}), ({"in_care": 0}, {})),
]

# (check, this month, last month that is just fine, the one that is just not)
BESIDE_LAST_MONTH = [
    ("S13", {"in_care": 48}, {"in_care": 37}, {"in_care": 36}),
    ("S13", {"in_care": 48}, {"in_care": 68}, {"in_care": 69}),
    ("S13", {"in_care": 4}, {"in_care": 0}, {"in_care": 9}),
    ("S14", {"enrolled": 60}, {"enrolled": 60}, {"enrolled": 61}),
    ("S14", {"left_in_year": 12}, {"left_in_year": 12}, {"left_in_year": 13}),
    (
        "S16",
        {},
        {"in_care": 46, "enrolled": 55, "left_in_year": 9},
        {"in_care": 47, "enrolled": 55, "left_in_year": 9},
    ),
    ("S17", {"fee_full_day": Decimal(3360)}, {}, {"fee_full_day": Decimal("2799.99")}),
    ("S17", {"fee_temporary": Decimal(32)}, {}, {"fee_temporary": Decimal("40.01")}),
]


@pytest.mark.parametrize(("check_id", "fine", "wrong"), BESIDE_THE_ARCHIVE)
def test_beside_the_archive(check_id, fine, wrong):
    assert check_id not in ids(fine[0], archive=archive_with(**fine[1]))
    assert check_id in ids(wrong[0], archive=archive_with(**wrong[1]))


@pytest.mark.parametrize(("check_id", "now", "fine", "wrong"), BESIDE_LAST_MONTH)
def test_beside_last_month(check_id, now, fine, wrong):
    assert check_id not in ids(now, last=month_before(**fine))
    assert check_id in ids(now, last=month_before(**wrong))


def test_january_begins_with_the_children_of_december():
    def december(**figures):
        return {"last": month_before(date(2023, 12, 1), **figures), "month": date(2024, 1, 1)}

    assert "S15" not in ids({"enrolled": 60}, **december(in_care=60))
    assert "S15" in ids({"enrolled": 60}, **december(in_care=61))
    assert not {"S14", "S16"} & ids({}, **december(enrolled=500, left_in_year=400, in_care=60))


def test_children_who_come_and_go_are_not_asked_about_while_a_sum_falls():
    assert "S16" not in ids({}, last=month_before(in_care=10, enrolled=61))


@pytest.mark.parametrize(("price", "fee", "speaks"), [
    ("", "2800.00", False), ("2800", "2800.00", False), ("2800", "2800.01", True),
])  # fmt: skip
def test_the_guidance_price_holds_where_one_is_entered(price, fee, speaks):
    parameter("S18.price")
    g.parameters["S18.price"] = price
    assert ("S18" in ids({"fee_full_day": Decimal(fee)})) is speaks
    assert "S18" not in ids({"fee_full_day": Decimal(fee), "incl_in_care": 0})


def test_three_months_alike_are_asked_about():
    same, other = month_before(), month_before(enr_male=30, enr_female=30)
    assert "S20" in ids(months_before=[same, same])
    assert "S20" not in ids(months_before=[same, other])
    assert "S20" not in ids(months_before=[same, None])


@pytest.mark.parametrize("change", [
    {"is_nationally_filed": False}, {"scope_includes_childcare": False},
    {"hygiene_evaluation": "DOING"}, {"hygiene_evaluation": None},
])  # fmt: skip
def test_papers_are_called_to_mind_once_a_quarter(change):
    archive = archive_with(**change)
    january, february = date(2024, 1, 1), date(2024, 2, 1)
    assert "S22" in ids(archive=archive, month=january)
    assert "S22" not in ids(archive=archive, month=february)
    assert "S22" not in ids(archive=archive_with(), month=january)


def test_every_soft_check_is_declared():
    declared = {c.id: c.weight for c in MONTHLY_REPORT.checks if c.id.startswith("S")}
    assert sorted(declared) == [f"S{n:02}" for n in range(1, 23)]
    hints = {check_id for check_id, weight in declared.items() if weight == Weight.HINT}
    assert hints == {"S10", "S11", "S22"}


def test_without_an_archive_and_without_a_month_before_they_are_silent():
    assert ids({"in_care": 500, "ft_caregivers": 12}, archive=None) - {"H10"} == {"H19"}


def test_nothing_of_an_unfinished_month_before_is_compared():
    blank = month_before(**dict.fromkeys((i.key for i in MONTHLY_REPORT), None))
    assert ids(last=blank, months_before=[blank, blank]) == set()


def test_a_sentence_says_what_is_and_what_should_be():
    archive = archive_with(
        infant_children=8, junior_children=12, senior_children=18, mixed_children=16
    )
    assert said("S04", archive=archive).startswith(
        "全职保育人员数 12 小于按班级人数应配的 13 人，少 1 人"
    )
    assert said("S02", {"in_care": 70}) == "年末在托数 70 大于机构可提供托位总数 63，超收 7 人"


def test_a_norm_names_its_source():
    for complaint in asked({"ft_caregivers": 3, "guards_certified": 0}):
        if complaint.check_id in ("S04", "S06"):
            assert "国卫人口发〔2019〕58号" in complaint.source
