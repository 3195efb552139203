"""审核关系 of the archive: every check just passes and just fails."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from tests.archives.typing import FIGURES
from tuoyu.archives.checks import ARCHIVE
from tuoyu.archives.models import ArchiveRevision
from tuoyu.clock import now
from tuoyu.dictionaries.lookup import label, number
from tuoyu.extensions import db
from tuoyu.indicators.checks import Weight, complaints_about
from tuoyu.scope import EVERYWHERE, looking

CHILDREN = ("infant_children", "junior_children", "senior_children", "mixed_children")
NOBODY = dict.fromkeys(CHILDREN, 0)
MANY = {"infant_care_workers": 99}
CONTEXT = {"region_level": 5, "sharing_code": 0}


@pytest.fixture
def complain(app):
    """complain({figure: value}, …) is {check id: complaint} of good figures changed so."""

    def ask(changes, **context):
        values = FIGURES | changes
        values |= {i.key: i.of(values) for i in ARCHIVE if not i.typed_in}
        known = {"number": number, "label": label, **CONTEXT, **context}
        with app.app_context(), looking(EVERYWHERE):
            found = complaints_about(ARCHIVE, values, known)
        return {complaint.check_id: complaint for complaint in found}

    return ask


def test_good_figures_meet_no_complaint(complain):
    assert complain({}) == {}


def test_blank_figures_are_no_complaint_between_figures(complain):
    assert complain(dict.fromkeys(FIGURES)) == {}


BOUNDARIES = [
    # id, just passes, just fails, what is said
    (
        "HA2",
        {},
        {"unified_social_credit_code": "91350100M000100Y44"},
        "91350100M000100Y44 有 18 位",
    ),
    ("HA2", {}, {"unified_social_credit_code": "91350100M000100Y4"}, "有 17 位，应为 18 位"),
    (
        "HA3_contact_phone",
        {"contact_phone": "0591-8776110"},
        {"contact_phone": "0591-877611"},
        "联系人联系方式 0591-877611",
    ),
    (
        "HA3_person_in_charge_phone",
        {"person_in_charge_phone": "13000000000"},
        {"person_in_charge_phone": "12000000000"},
        "12000000000",
    ),
    (
        "HA3_legal_representative_phone",
        {"legal_representative_phone": "059187761106"},
        {"legal_representative_phone": "1380000000"},
        "1380000000",
    ),
    (
        "HA4",
        {"established_on": date(2023, 7, 16)},
        {"established_on": date(2023, 7, 17)},
        "2023-07-17 应在 1949-10-01 至 2023-07-16 之间",
    ),
    (
        "HA4",
        {"established_on": date(1949, 10, 1)},
        {"established_on": date(1949, 9, 30)},
        "1949-09-30",
    ),
    (
        "HA6_infant",
        {"infant_children": 0, "infant_places": 0, "infant_classes": 0},
        {"infant_children": 1, "infant_places": 0, "infant_classes": 0},
        "乳儿班有 1 名婴幼儿、0 个托位，班级数应至少为 1，现为 0",
    ),
    (
        "HA6_mixed",
        {"mixed_children": 0, "mixed_places": 1, "mixed_classes": 1},
        {"mixed_children": 0, "mixed_places": 1, "mixed_classes": 0},
        "混合班有 0 名婴幼儿、1 个托位",
    ),
    (
        "HA6_senior_places",
        {"senior_places": 1},
        {"senior_places": 0},
        "托大班有 1 个班，可提供托位应至少为 1，现为 0",
    ),
    (
        "H02_junior_fee",
        {"junior_fee": Decimal(0)},
        {"junior_fee": None},
        "托小班有 1 个班，收费标准没有填写",
    ),
    (
        "HA7",
        {"inclusive_places": 63},
        {"inclusive_places": 64},
        "普惠托位数 64 大于机构可提供托位总数 63，多 1",
    ),
    (
        "HA7_under2",
        {"mixed_children_under2": 10},
        {"mixed_children_under2": 11},
        "混合班中2周岁以下人数 11 大于混合班实际人数（18-36个月） 10，多 1",
    ),
    (
        "SA1",
        {"registration_departments": ["MZ", "SCJG"]},
        {"registration_departments": ["JY"]},
        "以 91 开头，登记部门一般是市场监督管理部门，现填教育部门",
    ),
    (
        "SA3",
        {"longitude": Decimal("115.8"), "latitude": Decimal("28.4")},
        {"longitude": Decimal("115.799999"), "latitude": Decimal("28.4")},
        "经度 115.799999、纬度 28.4 不在福建省范围内（经度 115.8—120.8，纬度 23.5—28.4）",
    ),
    (
        "SA3",
        {"longitude": Decimal("120.8"), "latitude": Decimal("23.5")},
        {"longitude": Decimal("120.8"), "latitude": Decimal("23.499999")},
        "纬度 23.499999",
    ),
    (
        "SA5",
        {"lease_until": date(2026, 7, 16)},
        {"lease_until": date(2026, 7, 15)},
        "租赁期至 2026-07-15，距今不足 3 年（2026-07-16）",
    ),
    (
        "SA7",
        {"legal_nature": "FP", "registration_departments": ["SCJG", "JY"]},
        {"legal_nature": "FP", "registration_departments": ["SCJG", "MZ"]},
        "机构性质为营利性，登记部门填了民政部门",
    ),
    (
        "SA7",
        {"legal_nature": "PI", "registration_departments": ["JGBZ"]},
        {"legal_nature": "PI", "registration_departments": ["SCJG"]},
        "事业单位",
    ),
    ("SA8", {}, {"institution_name": "阳光幼儿园"}, "“阳光幼儿园”中没有“托育”"),
    *(
        (
            f"SA4_S03_{key}",
            MANY | {f"{key}_children": 2 * most, f"{key}_classes": 2},
            MANY | {f"{key}_children": 2 * most + 1, f"{key}_classes": 2},
            f"{2 * most + 1} 人、2 个班，平均每班 {most}.5 人，超过每班 {most} 人",
        )
        for key, most in (("infant", 10), ("junior", 15), ("senior", 20), ("mixed", 18))
    ),
    (
        "SA4_S04",
        {"infant_care_workers": 0, "childcare_workers": 10},
        {"infant_care_workers": 1, "childcare_workers": 8},
        "育婴员 1 人、保育员 8 人，共 9 人；按各班人数和比例至少需要 10 人",
    ),
    (
        "SA4_S07",
        {"health_staff_ft": 0, "health_staff_pt": 1},
        {"health_staff_ft": 0, "health_staff_pt": 0},
        "有 48 名婴幼儿，专职和兼职卫生保健人员共 0 人",
    ),
    (
        "SA4_S07",
        {**NOBODY, "senior_children": 150, "health_staff_ft": 0, "health_staff_pt": 1},
        {**NOBODY, "senior_children": 151, "health_staff_ft": 0, "health_staff_pt": 1},
        "有 151 名婴幼儿，超过 150 人，专职卫生保健人员为 0 人",
    ),
    (
        "SA4_S08",
        {**NOBODY, "senior_children": 80},
        {**NOBODY, "senior_children": 81},
        "81 名婴幼儿至少需要供餐人员 2 人，现有 1 人",
    ),
    (
        "SA4_S08",
        {"provides_meals": False, "catering_staff": 0},
        {"provides_meals": True, "catering_staff": 0},
        "48 名婴幼儿至少需要供餐人员 1 人，现有 0 人",
    ),
    (
        "SA4_S09",
        {**NOBODY, "institution_type": "HOME", "senior_children": 5},
        {**NOBODY, "institution_type": "HOME", "senior_children": 6},
        "家庭托育点收托 6 人，超过 5 人",
    ),
    (
        "SA4_S09",
        {
            **NOBODY,
            "institution_type": "HOME",
            "senior_children": 3,
            "infant_care_workers": 0,
            "childcare_workers": 1,
        },
        {
            **NOBODY,
            "institution_type": "HOME",
            "senior_children": 4,
            "infant_care_workers": 0,
            "childcare_workers": 1,
        },
        "收托 4 人，育婴员、保育员共 1 人，每人看护不得超过 3 人",
    ),
]


@pytest.mark.parametrize(("check_id", "passes", "fails", "said"), BOUNDARIES)
def test_a_check_just_passes_and_just_fails(complain, check_id, passes, fails, said):
    assert check_id not in complain(passes)
    complaint = complain(fails)[check_id]
    assert said in complaint.message
    hard = check_id.startswith("H")
    hint = check_id == "SA8"
    assert complaint.weight == (Weight.HARD if hard else Weight.HINT if hint else Weight.SOFT)


def test_staffing_is_reckoned_class_by_class(complain):
    children = dict(zip(CHILDREN, (8, 12, 18, 16), strict=True))  # 3 + 3 + 3 + 4
    assert "SA4_S04" not in complain(children | {"infant_care_workers": 6, "childcare_workers": 7})
    assert (
        "至少需要 13 人"
        in complain(children | {"infant_care_workers": 6, "childcare_workers": 6})[
            "SA4_S04"
        ].message
    )


@pytest.mark.parametrize("code", ["12350100M000100Y4P", "52350100M000100Y4P"])
def test_the_code_names_the_department(complain, code):
    wanted = {"12": "机构编制部门", "52": "民政部门"}[code[:2]]
    assert wanted in complain({"unified_social_credit_code": code})["SA1"].message


@pytest.mark.parametrize("floors", ["1", "1-3", "1、2、3层", "三层", "２－３", "1F-2F", ""])
def test_rooms_up_to_the_third_floor_are_no_matter(complain, floors):
    assert "SA6" not in complain({"living_floors": floors})


@pytest.mark.parametrize(
    "floors",
    ["4", "1-4", "四层", "十一层", "二十层", "-1", "负一层", "地下一层", "半地下", "B1", "1、-1"],
)
def test_rooms_higher_or_underground_want_a_word(complain, floors):
    assert "SA6" in complain({"living_floors": floors})


def test_the_region_must_be_a_village(complain):
    assert "HA1" not in complain({}, region_level=5)
    assert "应为第 5 级" in complain({}, region_level=4)["HA1"].message


def test_a_code_in_use_elsewhere_wants_a_word(complain):
    assert "已有另外 2 家机构在用" in complain({}, sharing_code=2)["SA2"].message


def test_every_check_has_an_id_of_its_own_and_blames_figures_of_the_sheet():
    ids = [check.id for check in ARCHIVE.checks]
    assert len(ids) == len(set(ids))
    known = {i.key for i in ARCHIVE} | {"region_code"}
    for check in ARCHIVE.checks:
        blamed = check.blames if hasattr(check, "blames") else (check.limit, *check.parts)
        assert set(blamed) <= known, check.id


def test_the_context_comes_from_the_map_and_from_other_institutions(cast):
    first = cast.archive(cast.sunshine)
    with cast.stage():
        context = cast.again(first).check_context()
        assert (context["region_level"], context["sharing_code"]) == (5, 0)
    cast.archive(cast.star, unified_social_credit_code=cast.sunshine.unified_social_credit_code)
    with cast.stage():
        assert cast.again(first).check_context()["sharing_code"] == 1
        cast.again(cast.star).closed_on = date(2023, 7, 1)
    with cast.stage():
        assert cast.again(first).check_context()["sharing_code"] == 0


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"inclusive_places": 64}, "ha7_0"),
        ({"mixed_children_under2": 11}, "ha7_under2_1"),
        ({"managers": None}, "complete"),
        ({"managers": -1}, "managers_range"),
        ({"infant_fee": Decimal(100000)}, "infant_fee_range"),
    ],
)
@pytest.mark.database
def test_the_database_refuses_what_the_checks_refuse(cast, wrong, constraint):
    lies = {"institution_id": cast.star.id, "region_path": cast.star.region_path}
    handed_in = {"state": "at_township", "submitted_at": now(), "explanations": {}}
    with cast.app.app_context(), looking(EVERYWHERE):
        with pytest.raises(IntegrityError, match=f"ck_archive_revisions_{constraint}"):
            db.session.execute(insert(ArchiveRevision).values(**FIGURES | lies | handed_in | wrong))
        db.session.rollback()
