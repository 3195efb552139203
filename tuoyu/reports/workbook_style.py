"""How the workbook looks: plain formats that Excel, WPS and LibreOffice draw alike."""

from tuoyu.indicators.kinds import Count, Money
from tuoyu.indicators.options import Choice

FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
BOX = FONT | {"border": 1, "border_color": "#8A949E"}
GREY = BOX | {"bg_color": "#EEF1F4", "font_color": "#4A5560"}
MARGINS = {"left": 0.7, "right": 0.5, "top": 0.6, "bottom": 0.5}
OPTIONS = "='填表说明'!$F$2:$F${last}"


class Style:
    """The formats of one workbook."""

    def __init__(self, book):
        self.add = book.add_format
        self.title = self.add(FONT | {"font_size": 15, "bold": True})
        self.plain = self.add(FONT)
        self.hint = self.add(FONT | {"font_color": "#4A5560", "font_size": 10})
        self.head = self.add(GREY | {"bold": True, "align": "center", "font_color": "#1D2733"})
        self.section = self.add(BOX | {"bold": True, "bg_color": "#DCE8F4"})
        self.code = self.add(BOX | {"num_format": "@", "align": "center"})
        self.unit = self.add(BOX | {"align": "center"})
        self.sum = self.add(GREY | {"num_format": "0", "italic": True})
        self.check = self.add(BOX | {"align": "left"})
        self.sum_check = self.add(GREY | {"align": "left"})
        self.wrong = self.add(BOX | {"locked": False, "bg_color": "#F8C9C4", "align": "right"})
        self.right = self.add({"font_color": "#1B7A3D"})
        self.false = self.add({"font_color": "#B3261E", "bold": True})
        self.names = [self.add(BOX | {"indent": 2 * level, "shrink": True}) for level in range(3)]
        self.entries = {k: self.add(BOX | {"locked": False} | f) for k, f in FORMATS.items()}
        self.references = {kind: self.add(GREY | form) for kind, form in FORMATS.items()}
        self.count_reference = self.references[Count]

    def name(self, indent):
        return self.names[indent]

    def entry(self, figure):
        return self.entries[type(figure)]

    def reference(self, figure):
        return self.references[type(figure)]


FORMATS = {
    Count: {"num_format": "0", "align": "right"},
    Money: {"num_format": "0.00", "align": "right"},
    Choice: {"align": "right", "shrink": True},
}


def set_up_page(sheet, widths, head_row):
    """One upright A4 page, protected but for the open cells; the head stays in sight."""
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_default_row(16)
    sheet.set_row(0, 24)
    sheet.set_row(head_row, 20)
    sheet.freeze_panes(head_row + 1, 2)
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.set_margins(**MARGINS)
    sheet.fit_to_pages(1, 1)
    sheet.center_horizontally()
    sheet.set_footer("&C第&P页 共&N页")
    sheet.hide_gridlines(2)
    sheet.ignore_errors({"number_stored_as_text": "A1:A200"})
    sheet.protect("", {"format_columns": True, "format_rows": True})


def validation_of(figure):
    """What Excel and WPS refuse while typing; the server asks again."""
    if isinstance(figure, Choice):
        source = OPTIONS.format(last=len(figure.options()) + 1)
        return refusing("请从下拉列表中选择机构分类。") | {"validate": "list", "source": source}
    if isinstance(figure, Money):
        message = "请填不小于 0、最多两位小数的数，最大 99999.99；没有该形式填 0。"
        return refusing(message) | between("decimal", float(figure.limit))
    return refusing("请填不小于 0 的整数，最大 99999；没有的填 0。") | between("integer", 99999)


def between(kind, maximum):
    return {"validate": kind, "criteria": "between", "minimum": 0, "maximum": maximum}


def refusing(message):
    return {"error_title": "填报有误", "error_message": message}
