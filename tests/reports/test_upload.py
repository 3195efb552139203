"""An uploaded workbook: what is wrong is told cell by cell, and what was shown is what is kept."""

import io
from datetime import date, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from openpyxl import load_workbook

from tests.figures import REPORT_FIGURES
from tests.reports.workbooks import (
    IN_SHEET,
    cell_of,
    changed,
    download,
    filled,
    import_shown,
    part_of,
    pressed,
    shown,
    upload,
    with_part,
)
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.upload_cells import fault_of, figure_text

pytestmark = pytest.mark.usefixtures("first_window")


@pytest.fixture
def draft(cast, director):
    return cast.report(cast.sunshine)


@pytest.fixture
def content(director, draft):
    return download(director, draft)


def kept(cast, report):
    with cast.stage():
        found = cast.again(report)
        return {key: getattr(found, key) for key in REPORT_FIGURES}


WRONG = {
    "cg_age_21_25": ("1O", "D14（05 21-25岁）填的是“1O”，应为不小于 0 的整数"),
    "cg_age_26_35": (-5, "D15（06 26-35岁）填的是“-5”，应为不小于 0 的整数"),
    "cg_age_36_50": (3.5, "填的是“3.5”，应为不小于 0 的整数"),
    "cg_age_51_plus": (
        date(2023, 1, 2),
        "填的是日期或时间“2023-01-02 00:00:00”，请把单元格格式改为“数值”",
    ),
    "cg_edu_college": ("六", "填的是“六”，应为"),
    "cg_certified": (123456, "不能大于 99999"),
    "ft_guards": (True, "填的是“TRUE”，应为"),
    "enr_male": ("#DIV/0!", "填的是“#DIV/0!”，应为"),
    "enr_female": ("12 15", "填的是“12 15”，应为"),
    "enr_full_day": ("-", "填的是“-”，应为"),
    "fee_full_day": (2800.005, "填的是“2800.005”，应为不小于 0、最多两位小数的数"),
    "fee_hourly": ("=10*3", "是公式，没有计算结果，请直接填数"),
    "institution_category": ("医院", "填的是“医院”，请从列表中选择"),
}


def test_what_is_wrong_is_told_cell_by_cell(cast, director, draft, content):
    bad = {key: value for key, (value, _) in WRONG.items()}
    answer = upload(director, draft, filled(content, **bad, enrolled=61))
    told = [line.get_text() for line in answer.soup.select(".error-summary li")]
    assert len(told) == len(WRONG)
    for key, (_, sentence) in WRONG.items():
        assert any(sentence in line for line in told), (sentence, told)
        assert shown(answer)[key][2] == "有误"
    import_shown(director, answer)
    assert kept(cast, draft) == REPORT_FIGURES | {"enrolled": 61}  # the good ones, and only these


TAKEN = {
    "ft_staff": ("１８", "18"),
    "enrolled": ("1,234", "1234"),
    "left_in_year": (" 7 ", "7"),
    "enr_male": (31.0, "31"),
    "fee_full_day": ("2800。5", "2800.50"),
    "fee_half_day": (0.1 + 0.2, "0.30"),
    "institution_category": ("B", "幼儿园托班"),
}


def test_numbers_are_taken_however_they_are_written(director, draft, content):
    typed = {key: value for key, (value, _) in TAKEN.items()}
    answer = upload(director, draft, filled(content, **typed))
    assert {key: shown(answer)[key][1] for key in TAKEN} == {k: w for k, (_, w) in TAKEN.items()}


def test_the_result_of_a_formula_is_taken_when_it_is_a_number(director, draft, content):
    sheet = part_of(content, IN_SHEET)
    numbers = sheet.replace("<v>60</v>", "<f>50+11</f><v>61</v>", 1)
    answer = upload(director, draft, with_part(content, IN_SHEET, numbers))
    assert shown(answer)["enrolled"][1:3] == ("61", "改动（公式）")
    words = sheet.replace('<c r="D30"', '<c t="str" r="D30"')
    words = words.replace("<v>60</v>", "<f>A1</f><v>六十</v>", 1)
    answer = upload(director, draft, with_part(content, IN_SHEET, words))
    assert "D30（17 3岁以下婴幼儿入托数）是公式，结果是“六十”，请直接填数" in answer.text


def test_rows_are_found_by_their_codes(director, draft, content):
    def turn(book):
        sheet = book["网络直报"]
        sheet.insert_cols(1)
        sheet.move_range("A6:E60", rows=3)
        for row in sheet.iter_rows(min_row=9, max_row=12):
            row[1].value = int(row[1].value) if row[1].value else None  # 01 has become 1

    answer = upload(director, draft, changed(filled(content, enrolled=61), turn))
    assert {row[2] for row in shown(answer).values()} == {"相同", "改动"}
    assert shown(answer)["enrolled"][:2] == ("60", "61")


def test_codes_that_are_missing_twice_there_or_not_ours(director, draft, content):
    def disturb(book):
        sheet = book["网络直报"]
        cell_of(sheet, "ft_guards").offset(column=-3).value = "02"
        cell_of(sheet, "enr_male").offset(column=-2).value = "女"
        cell_of(sheet, "fee_hourly").offset(column=-3).value = "99"

    answer = upload(director, draft, changed(content, disturb))
    assert "“02 其中：保育人员数”出现了不止一次（第 10、11 行）" in answer.text
    assert "表格中没有找到“03 保安人员数”这一行" in answer.text
    assert "第 39 行的代码是 23，名称却是“女”" in answer.text
    assert "第 57 行的代码“99”不在本表中，没有读取" in answer.text
    assert sum(row[2] == "有误" for row in shown(answer).values()) == 4


def test_merged_and_percent_cells_are_not_guessed_at(director, draft, content):
    def merge(book):
        book["网络直报"].merge_cells("D13:D14")
        cell_of(book["网络直报"], "fee_half_day").number_format = "0%"

    answer = upload(director, draft, changed(content, merge))
    assert "D14（05 21-25岁）与其他单元格合并了" in answer.text
    assert "D13（04 16-20岁）与其他单元格合并了" in answer.text
    assert "D56（35 半日托）是百分数格式" in answer.text


def test_of_two_changes_one_is_chosen(cast, director, draft, content):
    """The draft changes between comparison and import: nothing is lost, both are shown."""
    page = upload(director, draft, filled(content, enrolled=61, in_care=49, left_in_year=11))
    with cast.stage():
        found = cast.again(draft)
        found.fill_in({"enrolled": 62, "in_care": 50, "enr_male": 33})
    asked = import_shown(director, page)
    assert asked.status_code == 409
    assert "17 入托数：表中是 61，现有的是 62" in asked.text
    assert kept(cast, draft)["left_in_year"] == 12  # nothing is kept before the choice
    half = import_shown(director, asked, enrolled="table")
    assert half.status_code == 409
    assert half.soup.select_one("[name='choice.enrolled'][value=table]").has_attr("checked")
    chosen = {"enrolled": "table", "in_care": "draft", "enr_male": "draft"}
    assert import_shown(director, half, **chosen).status_code == 302
    changes = {"enrolled": 61, "in_care": 50, "left_in_year": 11, "enr_male": 33}
    assert kept(cast, draft) == REPORT_FIGURES | changes


def test_what_lay_half_typed_is_shown_and_gives_way(cast, director, draft, content):
    with cast.stage():
        found = cast.again(draft)
        found.enrolled, found.loose = None, {"enrolled": "6o"}
    page = upload(director, draft, content)
    assert shown(page)["enrolled"] == ("6o", "60", "改动", "—")
    import_shown(director, page)
    with cast.stage():
        assert (cast.again(draft).enrolled, cast.again(draft).loose) == (60, {})


def test_what_was_not_shown_is_not_kept(cast, director, draft, content):
    address, sent = pressed(upload(director, draft, content))
    assert director.post(address, data=sent | {"enrolled": "六十"}).status_code == 422
    assert director.post(address, data=sent | {"enrolled": "-1"}).status_code == 422
    assert kept(cast, draft) == REPORT_FIGURES


def test_the_marked_copy_is_the_table_with_its_errors(director, draft, content):
    wrong = filled(content, cg_age_21_25="1O", enrolled=61, in_care=None, enr_male="=HYPERLINK(1)")
    page = upload(director, draft, wrong)
    address = page.soup.select_one("button[formaction]")["formaction"]
    _, sent = pressed(page)
    answer = director.post(address, data=sent)
    sheet = load_workbook(io.BytesIO(answer.data))["网络直报"]
    cell = cell_of(sheet, "cg_age_21_25")
    assert (cell.value, cell.fill.fgColor.rgb) == ("1O", "FFF8C9C4")
    assert "应为不小于 0 的整数" in cell.comment.text
    assert (cell_of(sheet, "enrolled").value, cell_of(sheet, "in_care").value) == (61, None)
    assert cell_of(sheet, "enr_male").data_type != "f"
    again = upload(director, draft, answer.data)
    assert shown(again)["cg_age_21_25"] == shown(page)["cg_age_21_25"]


def test_somebody_elses_month_is_not_there(cast, signed_in, draft, content):
    stranger = signed_in(cast.star_director)
    assert upload(stranger, draft, content).status_code == 404
    assert stranger.get(f"/reports/{draft.id}/workbook.xlsx").status_code == 404


ANYTHING = some.one_of(
    some.none(),
    some.booleans(),
    some.integers(),
    some.floats(),
    some.text(max_size=200),
    some.dates(),
    some.datetimes(),
    some.times(),
    some.timedeltas(),
    some.sampled_from([datetime.max, timedelta.max, 10**400, "9" * 32767, "٣", "１２", "1e3"]),
)


@settings(max_examples=60, deadline=None)
@given(value=ANYTHING, is_formula=some.booleans(), form=some.sampled_from(["General", "0%"]))
def test_any_cell_is_a_figure_a_blank_or_a_sentence(value, is_formula, form):
    cell = SimpleNamespace(value=value, number_format=form)
    for key, most in (("enrolled", 99999), ("fee_hourly", 99999.99)):
        figure, fault = fault_of(MONTHLY_REPORT[key], cell, figure_text(cell), is_formula)
        assert figure is None or (not fault and 0 <= figure <= most)
        assert len(fault) < 120
        if figure is not None:
            assert str(value).strip()
