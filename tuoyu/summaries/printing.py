"""The file name of a sheet, and the code by which a paper copy is checked against the system."""

from dataclasses import replace

from tuoyu.summaries.sheet import SHEET_NAME
from tuoyu.web import printing
from tuoyu.web.printing import safe_name


def file_name(sheet, day, ending="pdf"):
    """福建省鼓楼区_托汇1表_2023年06月_20230723.pdf"""
    region = sheet.region_name if sheet.region_name == "福建省" else f"福建省{sheet.region_name}"
    return safe_name(
        f"{region}_{SHEET_NAME}_{sheet.month.year}年{sheet.month.month:02}月_{day:%Y%m%d}.{ending}"
    )


def checked(sheet):
    """The sheet with its check code."""
    return replace(sheet, check_code=check_code(sheet))


def check_code(sheet, key=None):
    """The check code over sheet, region, month, version and every figure."""
    rows = [[row.code, row.name, row.figures, row.instead] for row in (sheet.total, *sheet.rows)]
    said = [SHEET_NAME, sheet.region_code, f"{sheet.month:%Y-%m}", sheet.version, sheet.unconfirmed]
    return printing.check_code([*said, rows, str(sheet.supplement)], key)
