"""填表说明: the second sheet of the workbook, with the definition of every figure."""

from tuoyu.indicators.options import Choice
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.workbook_style import BOX, FONT, GREY, MARGINS

NOTES_SHEET = "填表说明"
LINE = 20  # characters in one line of a note
HEADS = ("代码", "指标名称", "计量单位", "口径", "", "机构分类可选项")
WIDTHS = (6, 40, 12, 50, 3, 18)
RULES = (
    "一、只填“网络直报”页白色的“本月数”，灰色的上月数、档案数仅供核对。",
    "二、人数填不小于 0 的整数，费用最多两位小数；没有的填 0，不能留空。",
    "三、“核对”栏显示 ✓ 表示相符，✕ 表示还要核对。不相符也可以上传，在网页上改好后再提交审核。",
    "四、请勿改动代码和指标名称，也不要合并单元格。每月、每家机构的表格各不相同，请每月重新下载。",
    "五、上传后先看对照表，点“导入”才会保存；导入后还要在网页上核对、提交审核。",
)


def note(text):
    """The text, and how large its note is, for the writer of comments."""
    lines = -(-len(text) // LINE)
    return text, {"author": "填表说明", "width": 290, "height": 24 + 18 * lines, "font_size": 10}


def write_notes(book):
    sheet = book.add_worksheet(NOTES_SHEET)
    head = book.add_format(GREY | {"bold": True, "align": "center"})
    cell = book.add_format(BOX | {"text_wrap": True, "valign": "top"})
    for column, (title, width) in enumerate(zip(HEADS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        if title:
            sheet.write_string(0, column, title, head)
    write_definitions(sheet, cell)
    write_options(sheet, cell)
    rule = book.add_format(FONT)
    for row, text in enumerate(RULES, len(list(MONTHLY_REPORT)) + 2):
        sheet.write_string(row, 0, text, rule)
    set_up(sheet)


def write_definitions(sheet, cell):
    for row, figure in enumerate(MONTHLY_REPORT, 1):
        for column, text in enumerate((figure.code, figure.full_name, figure.unit, figure.hint)):
            sheet.write_string(row, column, text, cell)


def write_options(sheet, cell):
    """The list that the cell of the category chooses from."""
    [category] = [figure for figure in MONTHLY_REPORT if isinstance(figure, Choice)]
    for row, (_, label) in enumerate(category.options(), 1):
        sheet.write_string(row, len(HEADS) - 1, label, cell)


def set_up(sheet):
    sheet.freeze_panes(1, 0)
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.set_margins(**MARGINS)
    sheet.fit_to_pages(1, 1)
    sheet.ignore_errors({"number_stored_as_text": "A1:A200"})
    sheet.protect()
