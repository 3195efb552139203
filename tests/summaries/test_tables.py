"""The sums, against figures added up by hand."""

from datetime import date
from fractions import Fraction

import pytest
from sqlalchemy import event, update

from tests.cast import JUNE
from tests.figures import REPORT_FIGURES
from tuoyu.dictionaries.models import Parameter
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.reports.models import MonthlyReport
from tuoyu.summaries.population import census, population_of
from tuoyu.summaries.sheet import REPORTED
from tuoyu.summaries.tables import sheet_of
from tuoyu.workflow.states import State

pytestmark = pytest.mark.database

PROVINCE, FUZHOU, GULOU, GUDONG = "350000000000", "350100000000", "350102000000", "350102001000"
SMALL = {
    "enrolled": 10,
    "in_care": 7,
    "left_in_year": 3,
    "incl_enrolled": 4,
    "incl_in_care": 3,
    "incl_left_in_year": 1,
    "enr_male": 6,
    "enr_female": 4,
    "enr_m0_11": 1,
    "enr_m12_23": 3,
    "enr_m24_35": 6,
    "enr_full_day": 8,
    "enr_half_day": 2,
    "enr_hourly": 0,
    "enr_temporary": 0,
    "enr_local_hukou": 7,
    "enr_nonlocal_hukou": 3,
}
FEW = {"infant_places": 4, "junior_places": 5, "senior_places": 6, "mixed_places": 5}
NOBODY = {f"{k}_children": 0 for k in ("infant", "junior", "senior", "mixed")}


def sheet(cast, code, month=JUNE, **how):
    with cast.stage():
        return sheet_of(cast.region(code), month, **how)


def row(sheet, name):
    return next(row for row in sheet.rows if row.name == name)


def several(row, *keys):
    return tuple(row.figures[key] for key in keys)


@pytest.fixture
def county(cast):
    """鼓楼区 in June: 阳光 (鼓东, 63 places) and 彩虹 (鼓东, 20 places, not filed nationally) are
    confirmed, 星星 (鼓西, 63 places) waits at the county."""
    with cast.stage():
        rainbow = cast.institution("彩虹托育园", "350102001004")
        cast.director("彩虹园长", rainbow)
    for institution in (cast.sunshine, cast.star):
        cast.archive(institution)
    cast.archive(rainbow, **FEW, **NOBODY, inclusive_places=8, is_nationally_filed=False)
    cast.report(cast.sunshine, state=State.CONFIRMED)
    cast.report(rainbow, state=State.CONFIRMED, **SMALL)
    cast.report(cast.star, state=State.AT_COUNTY)
    cast.rainbow = rainbow
    return cast


def test_a_township_adds_up_its_institutions(county):
    gudong = row(sheet(county, GULOU), "鼓东街道")
    assert several(gudong, "institutions", "filed", "confirmed") == (2, 1, 2)
    assert several(gudong, "places_total", "places_remaining_total") == (
        63 + 20,
        4 + 3 + 0 + 8 + 20,
    )
    assert several(gudong, "enrolled", "in_care", "left_in_year") == (70, 55, 15)
    assert several(gudong, "incl_enrolled", "incl_in_care", "incl_left_in_year") == (34, 28, 6)
    assert several(gudong, "enr_male", "enr_female") == (37, 33)
    assert several(gudong, "enr_m0_11", "enr_m12_23", "enr_m24_35") == (7, 23, 40)
    assert several(gudong, "enr_full_day", "enr_half_day") == (58, 7)
    assert several(gudong, "enr_hourly", "enr_temporary") == (3, 2)
    assert several(gudong, "enr_local_hukou", "enr_nonlocal_hukou") == (52, 18)
    assert not gudong.starred


def test_what_is_not_confirmed_does_not_count_but_its_places_do(county):
    guxi = row(sheet(county, GULOU), "鼓西街道")
    assert several(guxi, "institutions", "confirmed", "places_total", "enrolled") == (1, 0, 63, 0)
    assert guxi.starred
    assert not guxi.instead


def test_the_reports_waiting_at_the_county_can_be_counted_as_well(county):
    with_them = sheet(county, GULOU, include_unconfirmed=True)
    assert with_them.unconfirmed == 1
    assert several(row(with_them, "鼓西街道"), "confirmed", "enrolled", "in_care") == (0, 60, 48)
    assert with_them.total.figures["enrolled"] == 130
    assert sheet(county, GULOU).unconfirmed == 0


def test_what_waits_at_the_township_is_never_counted(cast):
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, state=State.AT_TOWNSHIP)
    found = sheet(cast, GULOU, include_unconfirmed=True)
    assert found.total.figures["enrolled"] == 0
    assert found.supplement.missing == 0


def test_every_township_of_the_county_has_a_row_and_the_rows_make_the_total(county):
    found = sheet(county, GULOU)
    assert len(found.rows) == 10
    assert [r.code for r in found.rows] == [f"{n:02}" for n in range(1, 11)]
    for column in found.columns:
        figures = [r.figures[column.key] for r in found.rows]
        assert found.total.figures[column.key] == sum(figures)
    assert several(row(found, "温泉街道"), "institutions", "places_total", "enrolled") == (0, 0, 0)


@pytest.mark.parametrize(("code", "name"), [(FUZHOU, "鼓楼区"), (PROVINCE, "福州市")])
def test_the_same_sums_climb_to_city_and_province(county, code, name):
    found = sheet(county, code)
    keys = ("institutions", "filed", "confirmed", "places_total", "enrolled", "in_care")
    assert several(row(found, name), *keys) == (3, 2, 2, 146, 70, 55)
    assert found.total.figures == row(found, name).figures


def test_the_province_lists_nine_cities_and_pingtan(cast):
    cast.archive(cast.wave)
    cast.report(cast.wave, state=State.CONFIRMED)
    found = sheet(cast, PROVINCE)
    assert [r.name for r in found.rows][-1] == "平潭综合实验区"
    assert len(found.rows) == 10
    assert row(found, "平潭综合实验区").figures["enrolled"] == 60
    assert row(found, "福州市").figures["enrolled"] == 0


def test_the_township_sheet_lists_each_institution(county):
    found = sheet(county, GUDONG)
    assert found.region_name == "鼓楼区鼓东街道"
    assert found.office == "鼓东街道办事处"
    sunshine, rainbow = row(found, "阳光托育园"), row(found, "彩虹托育园")
    assert several(sunshine, "institutions", "filed", "confirmed") == ("独立", "是", "已确认")
    assert several(rainbow, "filed", "places_total", "in_care") == ("否", 20, 7)
    assert several(found.total, "institutions", "filed", "confirmed") == ("2家", "1家", "2家")
    assert several(found.total, "places_total", "enrolled", "in_care") == (83, 70, 55)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (None, "未报"),
        (State.DRAFT, "未报"),
        (State.AT_TOWNSHIP, "待审核"),
        (State.AT_COUNTY, "待确认"),
        (State.RETURNED, "已退回"),
    ],
)
def test_an_institution_that_is_not_confirmed_shows_its_places_and_where_it_stands(
    cast, state, words
):
    cast.archive(cast.sunshine)
    if state:
        cast.report(cast.sunshine, state=state)
    [only] = sheet(cast, GUDONG).rows
    assert only.instead == f"（{words}）"
    assert several(only, "confirmed", "places_total") == (words, 63)
    assert not set(REPORTED) & set(only.figures)


def test_an_area_in_which_nobody_reported_says_so(cast):
    cast.archive(cast.sunshine)
    gudong = row(sheet(cast, GULOU), "鼓东街道")
    assert gudong.instead == "（未报）"
    assert several(gudong, "institutions", "places_total") == (1, 63)


def test_places_are_those_of_the_archive_the_report_was_handed_in_with(cast):
    cast.archive(cast.sunshine)
    cast.report(cast.sunshine, state=State.CONFIRMED)
    cast.archive(cast.sunshine, **FEW, **NOBODY, inclusive_places=0, moment="2023-07-20T10:00")
    assert sheet(cast, GUDONG).total.figures["places_total"] == 63


def test_places_of_who_has_not_reported_are_those_in_force(cast):
    cast.archive(cast.sunshine)
    cast.archive(cast.sunshine, **FEW, **NOBODY, inclusive_places=0, moment="2023-07-20T10:00")
    assert sheet(cast, GUDONG).total.figures["places_total"] == 20


def test_the_supplement_counts_places_by_class_and_who_is_missing(county):
    said = sheet(county, GULOU).supplement
    assert (said.due, said.confirmed, said.missing) == (3, 2, 0)
    assert (said.infant_places, said.junior_places) == (10 + 10 + 4, 15 + 15 + 5)
    assert (said.senior_places, said.mixed_places) == (20 + 20 + 6, 18 + 18 + 5)
    assert said.inclusive_places == 30 + 30 + 8
    assert said.usage_rate == Fraction(55, 146)
    assert said.enrolment_rate is None
    assert said.new == 3


def test_late_and_zero_reports_are_counted(cast):
    cast.archive(cast.sunshine)
    cast.archive(cast.star)
    nobody = dict.fromkeys(SMALL, 0)
    cast.report(cast.sunshine, state=State.CONFIRMED, moment="2023-07-21T09:00", **nobody)
    said = sheet(cast, GULOU).supplement
    assert (said.late, said.zero, said.missing) == (1, 1, 1)


@pytest.mark.parametrize(
    ("declared", "counted"),
    [
        ({"declaration": "zero"}, (1, 0, 0)),
        ({"declaration": "closed", "closed_from": JUNE}, (0, 1, 0)),
    ],
)
def test_declared_months_are_counted_by_their_kind(cast, declared, counted):
    cast.archive(cast.sunshine)
    nobody = dict.fromkeys(SMALL, 0) | {"declared_because": "装修"}
    cast.report(cast.sunshine, state=State.CONFIRMED, **nobody, **declared)
    said = sheet(cast, GULOU).supplement
    assert (said.zero, said.idle, said.no_change, said.missing) == (*counted, 0)
    assert f"零入托{said.zero}家、停业{said.idle}家、无变动0家" in str(said)


def test_a_closed_institution_is_counted_in_its_last_month(cast):
    cast.archive(cast.sunshine)
    with cast.stage():
        cast.again(cast.sunshine).closed_on = date(2023, 6, 30)
    assert sheet(cast, GULOU).supplement.closed == 1
    july = sheet(cast, GULOU, month=date(2023, 7, 1))
    assert (july.supplement.closed, july.supplement.due) == (0, 0)


def test_places_per_thousand_are_known_where_the_census_is(county):
    expected = Fraction(146 * 1000, 7_905_287)
    assert sheet(county, FUZHOU).supplement.places_per_thousand == expected
    assert sheet(county, GULOU).supplement.places_per_thousand is None


def test_the_census_adds_up_to_the_province():
    cities = sum(number for code, number in census().items() if code != PROVINCE)
    assert cities == population_of(PROVINCE) == 41_540_086
    assert population_of("ZONE-PT") == 385_981


def test_a_confirmed_correction_replaces_the_former_figures_and_raises_the_version(county):
    assert sheet(county, GULOU).version == 1
    corrected = REPORT_FIGURES | SMALL
    with county.stage():
        paper = MonthlyReport(
            institution_id=county.sunshine.id,
            region_path=county.sunshine.region_path,
            month=JUNE,
            version=2,
        )
        county.travel(paper, corrected, State.CONFIRMED)
    found = sheet(county, GULOU)
    assert found.version == 2
    assert row(found, "鼓东街道").figures["enrolled"] == 20
    assert row(found, "鼓东街道").figures["confirmed"] == 2


def test_the_legal_marks_come_from_the_parameters(cast):
    assert not sheet(cast, GULOU).marks_stand
    given = {
        "sheet.number": "示例1表",
        "sheet.approver": "示例批准机关",
        "sheet.approval_number": "示例文号",
        "sheet.valid_until": "2024-12-31",
    }
    with cast.stage():
        for key, value in given.items():
            db.session.execute(update(Parameter).where(Parameter.key == key).values(value=value))
    assert sheet(cast, GULOU).marks_stand


def test_a_sheet_takes_as_many_statements_for_three_institutions_as_for_thirty(county):
    def statements(code):
        asked = []
        with county.stage():
            region = county.region(code)

            def count(*_):
                asked.append(1)

            event.listen(db.engine, "before_cursor_execute", count)
            sheet_of(region, JUNE)
            event.remove(db.engine, "before_cursor_execute", count)
        return len(asked)

    before = statements(GULOU), statements(GUDONG)
    with county.stage():
        for number in range(27):
            newcomer = Institution(
                name=f"第{number}园",
                unified_social_credit_code="91350100M000100Y43",
                first_due_month=JUNE,
            )
            newcomer.settle_in(county.region("350102001004"))
            db.session.add(newcomer)
    assert (statements(GULOU), statements(GUDONG)) == before
    assert max(before) <= 8
