"""用 Excel 填报: what is typed into the downloaded workbook comes back equal."""

import io

import pytest
from openpyxl import load_workbook

from tests.cast import JULY, JUNE
from tests.figures import REPORT_FIGURES
from tests.reports.workbooks import (
    CODES,
    cell_of,
    changed,
    download,
    filled,
    import_shown,
    rows_of,
    shown,
    upload,
)
from tuoyu import clock
from tuoyu.indicators.checks import AtMost, SumsTo, resolve
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.workflow.states import State

NOTHING = dict.fromkeys(REPORT_FIGURES)
pytestmark = pytest.mark.usefixtures("first_window")


@pytest.fixture
def draft(cast, director):
    return cast.report(cast.sunshine, **NOTHING)


@pytest.fixture
def book(director, draft):
    return load_workbook(io.BytesIO(download(director, draft)))


def kept(cast, report):
    with cast.stage():
        found = cast.again(report)
        return {key: getattr(found, key) for key in REPORT_FIGURES}


def test_every_figure_goes_round_and_comes_back_equal(cast, director, draft):
    answer = upload(director, draft, filled(download(director, draft)))
    assert answer.status_code == 200
    assert "新填 38 项" in answer.soup.select_one(".offer-tally").get_text()
    assert kept(cast, draft) == NOTHING  # shown, and not kept yet
    assert import_shown(director, answer).status_code == 302
    assert kept(cast, draft) == REPORT_FIGURES


def test_page_workbook_and_database_say_the_same(cast, director):
    report = cast.report(cast.sunshine)
    page = director.get(f"/reports/{report.id}/edit").soup
    cells = rows_of(load_workbook(io.BytesIO(download(director, report)))["网络直报"])
    values = kept(cast, report)
    for figure in MONTHLY_REPORT:
        if figure.code:
            on_page = page.select_one(f"[name={figure.key}]")["value"]
            in_table = cells[figure.code].value
            assert figure.parse(on_page) == values[figure.key] == in_table, figure.key
            assert isinstance(in_table, int | float)
    assert cells["机构分类"].value == "托育机构"


def test_the_sheet_is_the_paper(book, draft):
    sheet = book["网络直报"]
    assert [c.value for c in sheet[5]] == [
        "代码",
        "指标名称",
        "计量单位",
        "本月数",
        "上月数",
        "档案数",
        "核对",
    ]
    codes = [row[0].value for row in sheet.iter_rows(min_row=6) if row[0].value]
    assert codes == [f"{number:02d}" for number in range(1, 38)]  # texts, in order
    assert sheet["A2"].value == "填报单位：阳光托育园"
    assert sheet.freeze_panes == "C6"
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_area == "'网络直报'!$A$1:$G$58"
    assert cell_of(sheet, "in_care").offset(column=2).value == 48  # as in the archive
    assert "24时" in cell_of(sheet, "in_care").offset(column=-2).comment.text
    assert book["标识"].sheet_state == "hidden"
    definitions = {row[0]: row[3] for row in book["填表说明"].iter_rows(values_only=True)}
    assert "不含餐费" in definitions["34"]


def test_only_the_figures_of_the_month_are_open(book):
    assert all(sheet.protection.sheet for sheet in book)
    sheet = book["网络直报"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert [c for c in cells if not c.protection.locked] == list(rows_of_figures(sheet))


def rows_of_figures(sheet):
    return [cell_of(sheet, key) for key in CODES]


def test_excel_refuses_what_the_server_would(book):
    sheet = book["网络直报"]
    rules = {str(v.sqref): v for v in sheet.data_validations.dataValidation}
    expected = {"enrolled": ("whole", "99999"), "fee_hourly": ("decimal", "99999.99")}
    for key, (kind, limit) in expected.items():
        rule = rules[cell_of(sheet, key).coordinate]
        assert (rule.type, rule.formula1, rule.formula2) == (kind, "0", limit)
        assert "没有" in rule.error
    category = rules[cell_of(sheet, "institution_category").coordinate]
    assert (category.type, category.formula1) == ("list", "'填表说明'!$F$2:$F$7")
    options = [cell.value for [cell] in book["填表说明"]["F2:F7"]]
    assert options[:2] == ["托育机构", "幼儿园托班"]


def test_the_formulas_are_the_checks(book):
    """Each sum and limit names the cells of its figures, and nothing else."""
    sheet = book["网络直报"]
    formulas = {
        row[6].value: row[3].value
        for row in sheet.iter_rows(min_row=6)
        if str(row[6].value).startswith("=")
    }
    checks = [check for check in MONTHLY_REPORT.checks if isinstance(check, AtMost | SumsTo)]
    assert len(formulas) == len(checks)
    for check in checks:
        limit = check.total if isinstance(check, SumsTo) else check.limit
        control = resolve(limit, {"breakdown_base": "enrolled"})
        parts = ",".join(cell_of(sheet, part).coordinate for part in check.parts)
        held = f"COUNT({parts},{cell_of(sheet, control).coordinate})={len(check.parts) + 1}"
        [formula] = [f for f in formulas if held in f]
        assert f"SUM({parts})-{cell_of(sheet, control).coordinate}" in formula
        if isinstance(check, SumsTo):
            assert formulas[formula] == f"=SUM({parts})"
            assert "✕ 少" in formula


def test_the_formulas_have_their_results(cast, director):
    """For programs that show what was worked out before."""
    report = cast.report(cast.sunshine, enr_male=32, cg_certified=13, fee_hourly=None)
    book = load_workbook(io.BytesIO(download(director, report)), data_only=True)
    sheet = book["网络直报"]
    sums = {row[1].value: (row[3].value, row[6].value) for row in sheet.iter_rows(min_row=6)}
    assert sums["性别合计（应等于 17）"] == (61, "✕ 多 1")
    assert sums["保育人员年龄合计（应等于 02）"] == (12, "✓")
    assert cell_of(sheet, "cg_certified").offset(column=3).value == "✕ 多 1"


def test_last_month_stands_beside_and_cannot_be_typed_over(cast, director):
    cast.report(cast.sunshine, JUNE, State.CONFIRMED, in_care=47, left_in_year=13)
    with clock.at("2023-08-03T10:00"):
        july = cast.report(cast.sunshine, JULY, moment="2023-08-03T10:00", **NOTHING)
        content = download(director, july)
        book = load_workbook(io.BytesIO(content))
        last = cell_of(book["网络直报"], "in_care").offset(column=1)
        assert (last.value, last.protection.locked) == (47, True)
        assert last.fill.fgColor.rgb != "00000000"
        answer = upload(director, july, filled(content))
    assert shown(answer)["in_care"] == ("—", "48", "新填", "47")


@pytest.mark.parametrize("name", ['=HYPERLINK("http://a")', "𠀀𫠝䲜幼育园", "+1/2:托*育?园"])
def test_names_are_texts_whatever_they_are(cast, signed_in, name):
    with cast.stage():
        institution = cast.institution(name, "350102001004")
        director = cast.director("某园长", institution)
    person = signed_in(director)
    cast.archive(institution)
    report = cast.report(institution)
    answer = person.get(f"/reports/{report.id}/workbook.xlsx")
    sheet = load_workbook(io.BytesIO(answer.data))["网络直报"]
    assert (sheet["A2"].value, sheet["A2"].data_type) == (f"填报单位：{name}", "s")
    says = answer.headers["Content-Disposition"]
    assert says.startswith("attachment") and says.isascii()
    assert not set(says.partition("UTF-8''")[2]) & set('/\\:*?"<>|')


def test_a_blank_is_no_zero_and_wipes_nothing(cast, director):
    report = cast.report(cast.sunshine, enr_hourly=None)
    answer = upload(director, report, filled(download(director, report), left_in_year=None))
    assert shown(answer)["left_in_year"] == ("12", "—", "未填", "—")
    import_shown(director, answer)
    assert kept(cast, report) == REPORT_FIGURES


def test_only_what_is_being_filled_in_takes_a_workbook(cast, director):
    report = cast.report(cast.sunshine)
    content = download(director, report)
    page = upload(director, report, filled(content, enrolled=61))
    with cast.stage():
        found = cast.again(report)
        cast.explain_everything(found)
        found.submit(by=cast.again(cast.sunshine_director))
    assert director.get(f"/reports/{report.id}/workbook.xlsx").status_code == 409
    for answer in (upload(director, report, content), import_shown(director, page)):
        assert answer.status_code == 409
        assert "已提交审核或已确认，不能修改" in answer.text
    assert kept(cast, report) == REPORT_FIGURES


def test_the_way_to_it_is_on_the_form(director, draft):
    links = director.get(f"/reports/{draft.id}/edit").soup.select("a")
    assert f"/reports/{draft.id}/workbook" in [link.get("href") for link in links]
    page = director.get(f"/reports/{draft.id}/workbook")
    assert page.soup.select_one("form[enctype='multipart/form-data'] input[type=file]")


def test_the_same_workbook_saved_by_another_program(director, draft):
    content = filled(download(director, draft))
    assert shown(upload(director, draft, content)) == shown(
        upload(director, draft, changed(content, lambda book: None))
    )
