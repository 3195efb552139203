"""Every check of the month at its boundary, through the form: a director types the figures that
just pass and those that just fail, opens the page of the checks, and reads both numbers."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pytest

from tests.cast import JULY, JUNE
from tests.reports.samples import typed
from tuoyu import clock
from tuoyu.archives.models import open_revision
from tuoyu.clock import now
from tuoyu.dictionaries.models import Parameter
from tuoyu.extensions import db
from tuoyu.indicators.checks import Weight
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.declarations import Declaration
from tuoyu.workflow.states import State

HINTS = {check.id for check in MONTHLY_REPORT.checks if check.weight == Weight.HINT}
DAY = {JUNE: "2023-07-16T10:00", JULY: "2023-08-03T10:00", date(2023, 8, 1): "2023-09-03T10:00",
       date(2024, 1, 1): "2024-02-02T10:00"}  # fmt: skip
AUGUST, DECEMBER, JANUARY = date(2023, 8, 1), date(2023, 12, 1), date(2024, 1, 1)
STAFF = ("managers", "infant_care_workers", "childcare_workers", "health_staff_ft",
         "security_staff_ft", "catering_staff", "service_staff")  # fmt: skip
NO_STAFF = dict.fromkeys(STAFF, 0)
NO_GUARD = {"security_staff_ft": 0}
NO_NURSE = {"health_staff_ft": 0}
PART_TIME = {"health_staff_ft": 0, "health_staff_pt": 1}
NO_INFANTS = dict.fromkeys(
    (
        f"{kind}_{what}"
        for kind in ("infant", "mixed")
        for what in ("children", "classes", "places")
    ),
    0,
)
HOME = {"institution_type": "HOME", "floor_area": 45}
SMALL = {"in_care": 5, "ft_caregivers": 2}
KINDERGARTEN = {"institution_type": "KG"}
NO_HALF = {"service_modes": ["FULL", "HOUR", "TEMP"]}
GROWING = {"in_care": 46, "enrolled": 55, "left_in_year": 9}


class Row(NamedTuple):
    """The month that is just `fine`, the one that is just `wrong`, and what is said of it; the
    archive beside it, of its own for each of the two where it makes the difference; the months
    before, the nearest first."""

    id: str
    fine: dict
    wrong: dict
    said: str
    archive: dict = {}
    fine_archive: dict = {}
    before: tuple = ()
    month: date = JULY
    parameter: tuple = ()


ROWS = [
    Row("H03", {"ft_staff": 13}, {"ft_staff": 12}, "保育人员数与保安人员数之和 13 大于全职从业人员数 12，多 1"),
    Row("H04", {}, {"cg_age_26_35": 6}, "保育人员年龄合计 13，比全职保育人员数 12 多 1"),
    Row("H04", {}, {"cg_age_26_35": 4}, "保育人员年龄合计 11，比全职保育人员数 12 少 1"),
    Row("H05", {}, {"cg_edu_college": 7}, "保育人员学历合计 13，比全职保育人员数 12 多 1"),
    Row("H05", {}, {"cg_edu_college": 5}, "保育人员学历合计 11，比全职保育人员数 12 少 1"),
    Row("H06", {"cg_trained_childcare": 12}, {"cg_trained_childcare": 13}, "接受过照护服务培训的保育人员数 13 大于全职保育人员数 12，多 1"),
    Row("H07", {"cg_trained_fire": 12}, {"cg_trained_fire": 13}, "接受过消防安全培训的保育人员数 13 大于全职保育人员数 12，多 1"),
    Row("H08", {"cg_certified": 12}, {"cg_certified": 13}, "持证保育人员数 13 大于全职保育人员数 12，多 1"),
    Row("H09", {"guards_certified": 1}, {"guards_certified": 2}, "持证保安人员数 2 大于全职保安人员数 1，多 1"),
    Row("H10", {}, {"in_care": 49}, "在托与已离开合计 61，比入托数 60 多 1"),
    Row("H10", {}, {"left_in_year": 11}, "在托与已离开合计 59，比入托数 60 少 1"),
    Row("H11", {}, {"incl_in_care": 26}, "普惠在托与已离开合计 31，比普惠托位入托数 30 多 1"),
    Row("H11", {}, {"incl_left_in_year": 4}, "普惠在托与已离开合计 29，比普惠托位入托数 30 少 1"),
    Row("H12", {"incl_enrolled": 60}, {"incl_enrolled": 61}, "普惠托位入托数 61 大于入托数 60，多 1"),
    Row("H12", {"incl_in_care": 48}, {"incl_in_care": 49}, "普惠托位年末在托数 49 大于年末在托数 48，多 1"),
    Row("H12", {"incl_left_in_year": 12}, {"incl_left_in_year": 13}, "普惠托位本年内已离开数 13 大于本年内已离开数 12，多 1"),
    Row("H13", {}, {"enr_male": 32}, "性别合计 61，比入托数 60 多 1"),
    Row("H13", {"enr_male": 19}, {"enr_male": 20}, "性别合计 49，比年末在托数 48 多 1", parameter=("breakdown_base", "in_care")),
    Row("H14", {}, {"enr_m12_23": 19}, "月龄合计 59，比入托数 60 少 1"),
    Row("H15", {}, {"enr_temporary": 3}, "服务形式合计 61，比入托数 60 多 1"),
    Row("H16", {}, {"enr_nonlocal_hukou": 14}, "户籍合计 59，比入托数 60 少 1"),
    Row("H17", {"fee_hourly": "0.01"}, {"fee_hourly": ""}, "有计时托 3 人，但没有填写计时托保育费，不收费的填 0"),
    Row("H17", {"enr_hourly": 0, "fee_hourly": ""}, {"enr_hourly": 1, "fee_hourly": ""}, "有计时托 1 人，但没有填写计时托保育费"),
    Row("H18", {"ft_staff": 1}, {"ft_staff": 0}, "有在托婴幼儿 48 人，但全职从业人员数和机构档案工作人员均为 0", NO_STAFF, NO_STAFF),
    Row("H18", {"ft_staff": 0}, {"ft_staff": 0}, "但全职从业人员数和机构档案工作人员均为 0", NO_STAFF, NO_STAFF | {"managers": 1}),
    Row("S01", {"in_care": 48}, {"in_care": 49}, "年末在托数 49，比机构档案0-3岁婴幼儿人数 48 多 1"),
    Row("S01", {"in_care": 48}, {"in_care": 47}, "年末在托数 47，比机构档案0-3岁婴幼儿人数 48 少 1"),
    Row("S02", {"in_care": 63}, {"in_care": 64}, "年末在托数 64 大于机构可提供托位总数 63，超收 1 人"),
    *(
        Row("S03", {}, {}, f"{name} 2 个班 {2 * most + 1} 人，平均每班 {most}.5 人，超过 {most} 人",
            {f"{key}_children": 2 * most + 1, f"{key}_classes": 2},
            {f"{key}_children": 2 * most, f"{key}_classes": 2})
        for key, name, most in (("infant", "乳儿班", 10), ("junior", "托小班", 15), ("senior", "托大班", 20), ("mixed", "混合班", 18))
    ),
    Row("S04", {"ft_caregivers": 10}, {"ft_caregivers": 9}, "全职保育人员数 9 小于按班级人数应配的 10 人，少 1 人"),
    Row("S04", {"ft_caregivers": 13}, {"ft_caregivers": 12}, "全职保育人员数 12 小于按班级人数应配的 13 人，少 1 人",
        *[{"infant_children": 8, "junior_children": 12, "senior_children": 18, "mixed_children": 16}] * 2),
    Row("S05", {"ft_guards": 1}, {"ft_guards": 0}, "应当至少有 1 名保安人员在岗，现为 0 人", NO_GUARD, NO_GUARD),
    Row("S05", {"ft_guards": 0}, {"ft_guards": 0}, "应当至少有 1 名保安人员在岗，现为 0 人", NO_GUARD, {"security_staff_pt": 1}),
    Row("S05", {"ft_guards": 0}, {"ft_guards": 0}, "应当至少有 1 名保安人员在岗，现为 0 人",
        NO_GUARD | {"institution_type": "CENTER"}, NO_GUARD | {"institution_type": "COMM"}),
    Row("S06", {"guards_certified": 1}, {"guards_certified": 0}, "持证保安人员数 0 小于全职保安人员数 1，少 1 人"),
    Row("S07", {}, {}, "专职、兼职卫生保健人员均为 0 人，应至少有 1 人", NO_NURSE, PART_TIME),
    Row("S07", {"in_care": 150}, {"in_care": 151}, "年末在托数 151 超过 150 人，应至少有 1 名专职卫生保健人员，现为 0 人", PART_TIME, PART_TIME),
    Row("S08", {"in_care": 80}, {"in_care": 81}, "食品供餐人员 1 人，小于按在托 81 人、每 80 人配 1 名计算的 2 人"),
    Row("S08", {"in_care": 81}, {"in_care": 81}, "食品供餐人员 1 人，小于按在托 81 人", {}, {"provides_meals": False}),
    Row("S09", SMALL, SMALL | {"in_care": 6}, "家庭托育点年末在托数 6 超过 5 人", HOME, HOME),
    Row("S09", SMALL, SMALL | {"ft_caregivers": 1}, "家庭托育点在托 5 人，照护人员 1 人，每名看护超过 3 人", HOME, HOME),
    Row("S09", SMALL, SMALL, "在托 5 人，建筑面积 44.99 ㎡，人均 9.00 ㎡，不足 9 ㎡", HOME | {"floor_area": Decimal("44.99")}, HOME),
    Row("S10", {"enr_m0_11": 0, "enr_m12_23": 0}, {"enr_m0_11": 0, "enr_m12_23": 1}, "24 月龄以下婴幼儿 1 人", KINDERGARTEN, KINDERGARTEN),
    Row("S11", {}, {"cg_certified": 11}, "等级证书的保育人员 11 人，小于全职保育人员数 12"),
    Row("S11", {}, {"cg_trained_childcare": 11}, "照护服务培训的保育人员 11 人，小于全职保育人员数 12"),
    Row("S11", {}, {"cg_trained_fire": 11}, "消防安全培训的保育人员 11 人，小于全职保育人员数 12"),
    Row("S12", {"ft_staff": 18}, {"ft_staff": 19}, "全职从业人员数 19 大于机构档案合计工作人员数量 18，多 1 人"),
    Row("S13", {"in_care": 25}, {"in_care": 26}, "年末在托数 26，上月 20，增加 6 人", before=({"in_care": 20},)),
    Row("S13", {"in_care": 15}, {"in_care": 14}, "年末在托数 14，上月 20，减少 6 人", before=({"in_care": 20},)),
    Row("S13", {"in_care": 14}, {"in_care": 15}, "年末在托数 15，上月 10，增加 5 人", before=({"in_care": 10},)),
    Row("S14", {}, {"enrolled": 59}, "入托数 59 小于上月 60", before=({},)),
    Row("S14", {}, {"left_in_year": 11}, "本年内已离开数 11 小于上月 12", before=({},)),
    Row("S15", {"enrolled": 60}, {"enrolled": 59}, "1月入托数 59 小于上年末在托数 60", before=({"in_care": 60},), month=JANUARY),
    Row("S16", {}, {"in_care": 49}, "年末在托数 49，按上月 46 加新入托 5、减新离开 3 应为 48，多 1", before=(GROWING,)),
    Row("S16", {}, {"in_care": 47}, "应为 48，少 1", before=(GROWING,)),
    Row("S17", {"fee_full_day": 3360}, {"fee_full_day": "3360.01"}, "全日托保育费 3360.01 元，上月 2800.00 元，变动超过 20%", before=({},)),
    Row("S17", {"fee_half_day": 1200}, {"fee_half_day": "1199.99"}, "半日托保育费 1199.99 元，上月 1500.00 元，变动超过 20%", before=({},)),
    Row("S17", {"fee_full_day": 100}, {"fee_full_day": "99.99"}, "全日托保育费 99.99 元/人/月，不在 100 至 20000 之间"),
    Row("S17", {"fee_full_day": 20000}, {"fee_full_day": "20000.01"}, "全日托保育费 20000.01 元/人/月，不在 100 至 20000 之间"),
    Row("S17", {"fee_hourly": 1}, {"fee_hourly": "0.99"}, "计时托保育费 0.99 元/人/小时，不在 1 至 500 之间"),
    Row("S17", {"fee_hourly": 500}, {"fee_hourly": "500.01"}, "计时托保育费 500.01 元/人/小时，不在 1 至 500 之间"),
    Row("S18", {}, {"fee_full_day": "2800.01"}, "有普惠托位在托 25 人，全日托保育费 2800.01 元高于普惠指导价 2800.00 元", parameter=("S18.price", "2800")),
    Row("S18", {"incl_in_care": 0, "fee_full_day": 2801}, {"incl_in_care": 1, "fee_full_day": 2801}, "有普惠托位在托 1 人，全日托保育费 2801.00 元", parameter=("S18.price", "2800")),
    Row("S19", {"enr_half_day": 0}, {"enr_half_day": 1}, "有半日托 1 人，但机构档案的服务形式为全日托、计时托、临时托，没有半日托", NO_HALF, NO_HALF),
    Row("S19", {"enr_m0_11": 0}, {"enr_m0_11": 1}, "有 0-11 月龄 1 人，但机构档案乳儿班托位 0 个、混合班托位 0 个", NO_INFANTS, NO_INFANTS),
    Row("S20", {"fee_temporary": 41}, {}, "连续 3 个月各项指标完全相同", before=({}, {}), month=AUGUST),
    Row("S20", {}, {}, "连续 3 个月各项指标完全相同", before=({}, {}), month=AUGUST, parameter=("S20.months", "4")),
    Row("S21", {"in_care": 1}, {"in_care": 0}, "年末在托数为 0（零报），请说明原因"),
    Row("S21", {"in_care": 0}, {"in_care": 0}, "年末在托数为 0（零报），请说明原因", {}, {"is_active": False}),
    Row("S22", {}, {}, "机构尚未在国家系统备案", {"is_nationally_filed": False}),
    Row("S22", {}, {}, "经营范围未包含托育服务", {"scope_includes_childcare": False}),
    Row("S22", {}, {}, "卫生评价情况为“不合格”", {"hygiene_evaluation": "FAIL"}),
]  # fmt: skip
ELSEWHERE = {"H01", "H02", "H19"}  # tested below: they are no matter of two numbers


class Desk:
    """The director of 阳光托育园 at work on one month."""

    def __init__(self, cast, browser, row):
        self.cast, self.browser, self.row = cast, browser, row
        for months_ago, figures in enumerate(row.before, 1):
            cast.report(cast.sunshine, earlier(row.month, months_ago), **figures)
        self.report, self.archive = cast.report(cast.sunshine, row.month), None

    def checks(self, figures, archive):
        """The page of the checks after these figures were typed beside that archive."""
        if archive != self.archive:
            self.cast.archive(self.cast.sunshine, **archive)
            self.archive = archive
        with self.cast.stage():
            edition = self.cast.again(self.report).edition
        data = typed(edition, **figures) | {"do": "check"}
        answer = self.browser.post(f"/reports/{self.report.id}/edit", data=data)
        assert answer.location == f"/reports/{self.report.id}/check"
        return self.browser.get(answer.location).soup


def earlier(month, months):
    index = month.year * 12 + month.month - 1 - months
    return date(index // 12, index % 12 + 1, 1)


def set_parameter(cast, key, value):
    with cast.stage():
        db.session.scalars(db.select(Parameter).where(Parameter.key == key)).one().value = value


def sentences(page, check_id):
    """What is said at the weight the check has."""
    place = {"H": ".reasons li:-soup-contains('必须修改')", "S": "label[for^=explanation]"}
    found = page.select("h2.tone-blue + ol li" if check_id in HINTS else place[check_id[0]])
    return " ".join(item.get_text() for item in found)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.id}-{row.said[:12]}")
def test_a_check_just_passes_and_just_fails(cast, signed_in, row):
    quiet_first = row.parameter and row.fine == row.wrong and row.archive == row.fine_archive
    if row.parameter:
        set_parameter(cast, *row.parameter)
    with clock.at(DAY[row.month]):
        desk = Desk(cast, signed_in(cast.sunshine_director), row)
        assert row.said not in desk.checks(row.fine, row.fine_archive).get_text()
        if quiet_first:
            set_parameter(cast, row.parameter[0], str(int(row.parameter[1]) - 1))
        assert row.said in sentences(desk.checks(row.wrong, row.archive), row.id)


def test_every_check_has_a_row():
    known = {check.id for check in MONTHLY_REPORT.checks}
    assert known - ELSEWHERE == {row.id for row in ROWS}
    assert known | {"H02"} == {f"H{n:02}" for n in range(1, 20)} | {
        f"S{n:02}" for n in range(1, 23)
    }


@pytest.fixture
def director(cast, signed_in):
    cast.archive(cast.sunshine)
    return signed_in(cast.sunshine_director)


def checks_of(director, report):
    return director.get(f"/reports/{report.id}/check").soup.select_one("main").get_text()


def test_h01_a_month_is_reported_once_it_is_over(cast, director):
    july, said = {"month": "2023-07"}, "报告期不正确：2023年7月尚未结束"
    with clock.at("2023-07-31T23:59:59"):
        assert director.post("/reports/", data=july).status_code == 422
        assert said in checks_of(director, report := cast.report(cast.sunshine, JULY))
    with clock.at("2023-08-01T00:00:00"):
        assert said not in checks_of(director, report)


@pytest.mark.parametrize(("changes", "said"), [
    ({"first_due_month": JUNE}, None),
    ({"first_due_month": JULY}, "报告期不正确：2023年6月早于本机构首次应报的2023年7月"),
    ({"closed_on": date(2023, 6, 1)}, None),
    ({"closed_on": date(2023, 5, 31)}, "报告期不正确：本机构已于 2023-05-31 终止，2023年6月不再上报"),
])  # fmt: skip
def test_h01_the_month_is_one_of_the_institution(cast, director, changes, said):
    report = cast.report(cast.sunshine, JUNE)
    with cast.stage():
        for key, value in changes.items():
            setattr(cast.again(cast.sunshine), key, value)
    with clock.at(DAY[JUNE]):
        text = checks_of(director, report)
        assert said in text if said else "报告期不正确" not in text


def test_h01_a_month_is_opened_once(cast, director):
    with clock.at(DAY[JUNE]):
        first, second = (director.post("/reports/", data={"month": "2023-06"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)


H02 = [
    ("ft_staff", "99999", "100000", "全职从业人员数不能大于 99999"),
    ("ft_staff", "13", "-1", "全职从业人员数应为不小于 0 的整数"),
    ("ft_staff", "13", "13.5", "全职从业人员数应为不小于 0 的整数"),
    ("guards_certified", "0", "", "持证保安人员数没有填写，没有的填 0"),
    ("fee_full_day", "99999.99", "100000", "全日托保育费不能大于 99999.99"),
    ("fee_full_day", "2800.01", "2800.001", "全日托保育费应为不小于 0、最多两位小数的数"),
    ("fee_full_day", "0", "-0.01", "全日托保育费应为不小于 0、最多两位小数的数"),
    ("institution_category", "A", "", "机构分类没有填写"),
]


@pytest.mark.parametrize(("key", "fine", "wrong", "said"), H02)
def test_h02_every_figure_is_filled_in_and_is_one(cast, director, key, fine, wrong, said):
    report = cast.report(cast.sunshine, JUNE)
    with clock.at(DAY[JUNE]):
        for edition, (text, told) in enumerate(((fine, False), (wrong, True)), 1):
            data = typed(edition, **{key: text}) | {"do": "check"}
            page = director.post(f"/reports/{report.id}/edit", data=data, follow_redirects=True)
            assert (said in page.text) is told


def test_h19_the_archive_must_be_in_force(cast, signed_in):
    director = signed_in(cast.star_director)
    report = cast.report(cast.star, JUNE)
    with clock.at(DAY[JUNE]):
        cast.archive(cast.star, State.AT_COUNTY)
        assert "机构档案尚未审核通过" in checks_of(director, report)
        confirm_archive(cast, cast.star.id)
        assert "机构档案尚未审核通过" not in checks_of(director, report)


def confirm_archive(cast, institution_id):
    with cast.stage():
        waiting = open_revision(institution_id)
        waiting.confirm(by=cast.road(waiting)[2])


def test_s20_no_change_declared_for_the_third_time(cast, director):
    """Even where the months of age were typed anew."""
    for month, ages in ((JUNE, {}), (JULY, {"enr_m0_11": 5, "enr_m12_23": 21})):
        report = cast.report(cast.sunshine, month, State.CONFIRMED, DAY[AUGUST], **ages)
        declare_no_change(cast, report)
    third = cast.report(cast.sunshine, AUGUST, enr_m0_11=4, enr_m12_23=22)
    with clock.at(DAY[AUGUST]):
        assert "连续 3 个月" not in checks_of(director, third)
        declare_no_change(cast, third)
        assert "连续 3 个月申报本月无变动" in checks_of(director, third)


def declare_no_change(cast, report):
    with cast.stage():
        cast.again(report).declare(Declaration.NO_CHANGE, verified_at=now())


NORMS = [
    ("S04", {"ft_caregivers": 9}, {}),
    ("S05", {"ft_guards": 0, "guards_certified": 0}, NO_GUARD),
    ("S06", {"guards_certified": 0}, {}),
    ("S07", {}, NO_NURSE),
    ("S08", {}, {"catering_staff": 0}),
]


@pytest.mark.parametrize(("check_id", "figures", "archive"), NORMS)
def test_december_is_explained_even_if_november_was(cast, signed_in, check_id, figures, archive):
    """12月月报兼年报: what was noted before does not count."""
    cast.archive(cast.sunshine, **archive)
    director = signed_in(cast.sunshine_director)
    cast.report(
        cast.sunshine, date(2023, 11, 1), State.CONFIRMED, "2023-12-03T10:00", **whole(figures)
    )
    december = cast.report(cast.sunshine, DECEMBER, **whole(figures))
    with clock.at("2024-01-03T10:00"):
        page = director.get(f"/reports/{december.id}/check").soup
        box = page.select_one(f"#explanation-{check_id}")
        assert box.get_text() == ""
        refused = director.post(f"/reports/{december.id}/submission", data={"edition": 1})
        assert refused.status_code == 422
        assert "没有填写说明" in refused.text


def whole(figures):
    """The figures, with the groups that add up to them."""
    if figures.get("ft_caregivers") != 9:
        return figures
    nine = {"cg_age_26_35": 2, "cg_edu_college": 3}
    return (
        figures
        | nine
        | dict.fromkeys(("cg_trained_childcare", "cg_trained_fire", "cg_certified"), 9)
    )
