"""The month as a workbook: one sheet in the order of the paper, filled in away from the system.

Only the cells of 本月数 are open to typing. Texts are written as strings, never as formulas, and the
formulas of the sums come from the same check objects that the server asks.
"""

from io import BytesIO
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_cell_to_rowcol, xl_rowcol_to_cell

from tuoyu.clock import now
from tuoyu.dictionaries.lookup import parameter
from tuoyu.indicators.checks import balances_of
from tuoyu.indicators.options import Choice
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.comparison import comparison
from tuoyu.reports.workbook_identity import IDENTITY_SHEET, identity_of
from tuoyu.reports.workbook_notes import note, write_notes
from tuoyu.reports.workbook_style import Style, set_up_page, validation_of
from tuoyu.reports.workbook_sums import addition, agreement, agreement_now

SHEET = "网络直报"
HEADS = ("代码", "指标名称", "计量单位", "本月数", "上月数", "档案数", "核对")
WIDTHS = (6, 54, 12, 12, 10, 10, 14)
CODE, NAME, UNIT, THIS, LAST, ARCHIVE, CHECK = range(len(HEADS))
HEAD_ROW = 4
MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HINT = "只填白色的“本月数”；没有的填 0，不能留空。填好后保存，到“用 Excel 填报”页上传。"


class Mark(NamedTuple):
    """A cell that could not be read: what stands in it, and why."""

    text: str
    why: str


def file_name(report, remark=""):
    """福建省_阳光托育园_2023年06月_网络直报.xlsx; web.printing.safe_name makes it safe."""
    name = report.institution.name[:40]
    return f"福建省_{name}_{report.month:%Y年%m月}_网络直报{remark and '_'}{remark}.xlsx"


def workbook_of(report, figures=None, marks=None):
    """The bytes of the report's workbook, filled with its figures, or with `figures` {key: value}
    and the cells of `marks` {key: Mark} coloured."""
    figures = report.sheet.values(report) if figures is None else figures
    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_urls": False}) as book:
        moment = now().replace(tzinfo=None)
        book.set_properties({"title": report.title, "created": moment})
        Paper(book, report, figures, marks or {}).write()
        write_notes(book)
        identity = book.add_worksheet(IDENTITY_SHEET)
        identity.write_string("A1", identity_of(report))
        identity.protect()
        identity.hide()
    return file.getvalue()


class Paper:
    """The sheet that is filled in."""

    def __init__(self, book, report, figures, marks):
        self.report, self.figures, self.marks = report, figures, marks
        self.sheet, self.style = book.add_worksheet(SHEET), Style(book)
        self.row = HEAD_ROW + 1
        self.cells = {}  # key: address of its figure
        self.places = {}  # check of a sum: (row, format) of its mark
        context = {"breakdown_base": parameter("breakdown_base")}
        self.balances = balances_of(MONTHLY_REPORT, figures, context)

    def write(self):
        set_up_page(self.sheet, WIDTHS, HEAD_ROW)
        self.write_head()
        section = None
        for row in comparison(self.report):
            if section != row.section:
                section = row.section
                self.write_section(section)
            self.write_figure(row)
            for balance in self.balances:
                if balance.parts[-1] is row.indicator and balance.check.is_exact:
                    self.write_sum(balance)
        self.write_marks()
        self.sheet.print_area(0, 0, self.row - 1, CHECK)

    def write_head(self):
        text = self.sheet.write_string
        text(0, 0, f"网络直报　{self.report.title}", self.style.title)
        text(1, 0, f"填报单位：{self.report.institution.name}", self.style.plain)
        text(2, 0, HINT, self.style.hint)
        for column, head in enumerate(HEADS):
            text(HEAD_ROW, column, head, self.style.head)

    def write_section(self, section):
        for column in range(len(HEADS)):
            self.sheet.write_blank(self.row, column, None, self.style.section)
        self.sheet.write_string(self.row, NAME, section.title, self.style.section)
        self.row += 1

    def write_figure(self, row):
        figure, style = row.indicator, self.style
        self.cells[figure.key] = xl_rowcol_to_cell(self.row, THIS)
        self.sheet.write_string(self.row, CODE, figure.code, style.code)
        self.sheet.write_string(self.row, NAME, figure.label, style.name(figure.indent))
        self.sheet.write_string(self.row, UNIT, figure.unit, style.unit)
        self.write_value(LAST, figure, row.last, style.reference(figure))
        self.write_value(ARCHIVE, figure, row.archive, style.count_reference)
        self.sheet.write_blank(self.row, CHECK, None, style.check)
        if figure.hint:
            self.sheet.write_comment(self.row, NAME, *note(figure.hint))
        self.write_entry(figure)
        self.row += 1

    def write_entry(self, figure):
        """The one open cell of the row."""
        self.sheet.data_validation(self.row, THIS, self.row, THIS, validation_of(figure))
        if mark := self.marks.get(figure.key):
            self.sheet.write_string(self.row, THIS, mark.text, self.style.wrong)
            self.sheet.write_comment(self.row, THIS, *note(mark.why))
        else:
            value = self.figures.get(figure.key)
            self.write_value(THIS, figure, value, self.style.entry(figure))

    def write_value(self, column, figure, value, style):
        if value is None:
            self.sheet.write_blank(self.row, column, None, style)
        elif isinstance(figure, Choice):
            self.sheet.write_string(self.row, column, figure.words(value), style)
        else:
            self.sheet.write_number(self.row, column, value, style)

    def write_sum(self, balance):
        """A row that adds up a group, and says which figure it must be equal to."""
        for column in range(len(HEADS)):
            self.sheet.write_blank(self.row, column, None, self.style.sum)
        label = f"{balance.name}（应等于 {balance.control.code}）"
        self.sheet.write_string(self.row, NAME, label, self.style.sum)
        parts = f"={addition(balance, self.cells)}"
        self.sheet.write_formula(self.row, THIS, parts, self.style.sum, balance.found)
        self.places[balance.check] = self.row, self.style.sum_check
        self.row += 1

    def beside(self, figure):
        return xl_cell_to_rowcol(self.cells[figure.key])[0], self.style.check

    def write_marks(self):
        """✓ or ✕ beside each sum and beside each figure that has a limit, once all cells are known."""
        for balance in self.balances:
            row, style = self.places.get(balance.check) or self.beside(balance.parts[0])
            formula = agreement(balance, self.cells)
            self.sheet.write_formula(row, CHECK, formula, style, agreement_now(balance))
        for sign, style in (("✓", self.style.right), ("✕", self.style.false)):
            rule = {"type": "text", "criteria": "begins with", "value": sign, "format": style}
            self.sheet.conditional_format(HEAD_ROW + 1, CHECK, self.row, CHECK, rule)
