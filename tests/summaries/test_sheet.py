from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from tests.summaries.samples import county, province, township
from tuoyu.indicators.marks import Marks
from tuoyu.summaries.sheet import Kind, Row
from tuoyu.summaries.supplement import Supplement
from tuoyu.summaries.wording import percent, two_places, written

MARKS = Marks("示例1表", "示例制定机关", "示例批准机关", "示例文号", date(2023, 12, 31))


@pytest.mark.parametrize("sheet", [county(), township()])
def test_the_columns_are_numbered_from_1_to_22(sheet):
    assert [column.number for column in sheet.columns] == list(range(1, 23))
    assert len({column.key for column in sheet.columns}) == 22


@pytest.mark.parametrize("sheet", [county(), township()])
def test_no_line_of_a_column_head_is_longer_than_a_column(sheet):
    heads = [line for column in sheet.columns for line in column.head]
    assert all(len(line) <= 4 for line in heads if line.isascii() is False)
    assert all(len(line) <= 5 for line in heads)


def test_only_the_township_sheet_has_words_in_its_first_three_columns():
    assert [c.number for c in township().columns if c.kind is Kind.WORD] == [1, 2, 3]
    assert not [c for c in county().columns if c.kind is Kind.WORD]


def test_the_columns_across_which_not_reported_stands_are_6_to_22():
    assert [column.number for column in township().reported] == list(range(6, 23))


@pytest.mark.parametrize("missing", ["form_number", "made_by", "approved_by", "approval_number"])
def test_a_form_with_a_missing_mark_carries_none(missing):
    assert MARKS.stand_on(date(2023, 7, 1))
    assert not replace(MARKS, **{missing: ""}).stand_on(date(2023, 7, 1))


def test_marks_run_out_after_their_last_day():
    assert MARKS.stand_on(date(2023, 12, 31))
    assert not MARKS.stand_on(date(2024, 1, 1))
    assert not replace(MARKS, valid_until=None).stand_on(date(2023, 7, 1))


def test_december_is_the_year():
    assert county().period == "2023年6月"
    assert province().period == "2023年托育服务信息年报表（12月月报）"


def test_the_supplement_says_what_is_not_known():
    said = str(Supplement(due=2, confirmed=1, usage_rate=Fraction(408, 1536), missing=1))
    assert "应报2家、已确认1家" in said
    assert "每千人口托位数—；入托率—；托位使用率26.56%" in said
    assert said.endswith("未报1家。")


def test_a_known_rate_names_the_census_it_rests_on():
    said = str(Supplement(places_per_thousand=Fraction(451, 100)))
    assert "每千人口托位数4.51个（按2020年人口普查常住人口）；入托率—" in said


def test_halves_are_rounded_up():
    assert two_places(Fraction(1, 200)) == "0.01"
    assert two_places(Fraction(2665, 1000)) == "2.67"
    assert two_places(Fraction(1, 3)) == "0.33"
    assert percent(Fraction(1, 3)) == "33.33%"
    assert percent(None) == two_places(None) == "—"


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五")]
)
def test_continued_sheets_are_counted_in_characters(number, text):
    assert written(number) == text


def test_the_relations_name_the_base_of_the_breakdowns():
    assert "列21+列22=列6" in county().notes[1]
    assert "列21+列22=列7" in replace(county(), breakdown_base="in_care").notes[1]


def test_the_star_is_explained_where_there_is_one():
    assert "“*”" in county().notes[-1]
    assert len(township().notes) == 3
    assert Row("鼓东街道", "01", {}, starred=True).lines == ("鼓东街道*",)
