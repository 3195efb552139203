"""Reading the figures of an uploaded workbook: found by their codes, each with its cell."""

import re
from io import BytesIO
from typing import NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from tuoyu.indicators.kinds import LONGEST_FIGURE
from tuoyu.indicators.normal import half_width
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.upload_cells import fault_of, figure_text
from tuoyu.reports.workbook_identity import IDENTITY_SHEET, WrongWorkbook, insist_identity
from tuoyu.reports.workbook_safety import NotAWorkbook, look_through

ROWS, COLUMNS = 500, 40  # what lies beyond is no table of ours
HEADS = CODE, NAME, VALUE = "代码", "指标名称", "本月数"
BY_CODE = {indicator.code: indicator for indicator in MONTHLY_REPORT if indicator.code}
BY_NAME = {indicator.label: indicator for indicator in MONTHLY_REPORT if not indicator.code}


class Entry(NamedTuple):
    """What the workbook says of one figure: its cell and text as written, the value, and what is
    wrong with it in a sentence; no text and no fault is a blank."""

    address: str
    text: str
    value: object = None
    fault: str = ""
    is_formula: bool = False


class Line(NamedTuple):
    """One row of the table; `cell` holds the figure, `formula` the same cell as it was written."""

    number: int
    code: str
    name: str
    cell: object
    formula: object
    address: str


class Upload(NamedTuple):
    """{key: Entry} for every figure, and sentences about rows that are none of ours."""

    entries: dict
    strays: list


def read_upload(content, report):
    """The Upload in these bytes. Raises NotAWorkbook or WrongWorkbook in words; changes nothing."""
    outline = look_through(content)
    try:
        book, formulas = (opened(content, data_only) for data_only in (True, False))
        insist_identity(identity_in(book), report)
        sheet, heads = table_in(book)
        merged = [range_boundaries(r) for r in outline.merged.get(sheet._worksheet_path, ())]
        return upload_of(lines_of(sheet, formulas[sheet.title], heads), merged)
    except (WrongWorkbook, NotAWorkbook):
        raise
    except Exception:  # whatever a broken or forged part makes the library raise
        raise NotAWorkbook("文件已损坏，无法读取") from None


def opened(content, data_only):
    """Without links, and without the parts that cannot be read row by row."""
    return load_workbook(BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def identity_in(book):
    if IDENTITY_SHEET not in book.sheetnames:
        return None
    [row] = book[IDENTITY_SHEET].iter_rows(max_row=1, max_col=1, values_only=True)
    return row[0] and str(row[0])


def table_in(book):
    """The one sheet with our head, and (row, {head: column}) of the head."""
    found = [(sheet, heads) for sheet in book.worksheets if (heads := heads_of(sheet))]
    if len(found) != 1:
        what = "表格中有不止一张填报表" if found else "没有找到“代码”“指标名称”“本月数”的表头"
        raise WrongWorkbook(what)
    return found[0]


def heads_of(sheet):
    """(row, {head: column}) of the head, None without one; raises WrongWorkbook when a column of
    ours is there twice: which one was filled in would be a guess."""
    for number, row in enumerate(sheet.iter_rows(max_row=30, max_col=COLUMNS, values_only=True), 1):
        heads = [bare(value) for value in row]
        if set(HEADS) <= set(heads):
            insist_once(heads)
            return number, {head: heads.index(head) for head in HEADS}
    return None


def insist_once(heads):
    for head in HEADS:
        if heads.count(head) > 1:
            what = f"表头“{head}”出现了不止一次，不知以哪一列为准，请删去多余的一列"
            raise WrongWorkbook(what)


def lines_of(sheet, formulas, heads):
    """The rows below the head."""
    first, columns = heads
    area = {"min_row": first + 1, "max_row": ROWS, "max_col": COLUMNS}
    both = zip(sheet.iter_rows(**area), formulas.iter_rows(**area), strict=True)
    for number, (row, formula) in enumerate(both, first + 1):
        code, name, cell = (row[columns[head]] for head in (CODE, NAME, VALUE))
        yield Line(
            number,
            code_of(code.value),
            bare(name.value),
            cell,
            formula[columns[VALUE]],
            f"{get_column_letter(columns[VALUE] + 1)}{number}",
        )


def code_of(value):
    """05, whether it stands there as text or has become a number."""
    text = bare(value)
    return text.zfill(2) if text.isdigit() else text


def bare(value):
    """Words without spaces, as they are compared."""
    return "" if value is None else re.sub(r"\s", "", half_width(str(value)))


def upload_of(lines, merged):
    """The Upload in these rows."""
    found, strays = {}, []
    for line in lines:
        indicator = BY_CODE.get(line.code) if line.code else BY_NAME.get(line.name)
        if indicator:
            found.setdefault(indicator.key, []).append(line)
        elif line.code:
            strays.append(f"第 {line.number} 行的代码“{line.code[:20]}”不在本表中，没有读取")
    entries = {i.key: entry(i, found.get(i.key, []), merged) for i in MONTHLY_REPORT.typed_in}
    return Upload(entries, strays)


def entry(indicator, lines, merged):
    """What these rows, ideally one, say of the figure."""
    where = f"{indicator.code} {indicator.label}".strip()
    if not lines:
        return Entry("", "", fault=f"表格中没有找到“{where}”这一行")
    if len(lines) > 1:
        rows = "、".join(str(line.number) for line in lines)
        return Entry(
            lines[0].address, "", fault=f"“{where}”出现了不止一次（第 {rows} 行），不知以哪个为准"
        )
    return entry_of(indicator, lines[0], merged, where)


def entry_of(indicator, line, merged, where):
    text = figure_text(line.cell)
    is_formula = line.formula.data_type == "f"
    there = Entry(line.address, text[:LONGEST_FIGURE], is_formula=is_formula)
    if line.name != bare(indicator.label):
        said = f"第 {line.number} 行的代码是 {indicator.code}，名称却是“{line.name[:40]}”，请对照模板核对"
        return there._replace(fault=said)
    if is_merged(line, merged):
        return there._replace(
            fault=f"{line.address}（{where}）与其他单元格合并了，请取消合并后再填"
        )
    value, fault = fault_of(indicator, line.cell, text, is_formula)
    return there._replace(value=value, fault=fault and f"{line.address}（{where}）{fault}")


def is_merged(line, merged):
    column = range_boundaries(line.address)[0]
    return any(
        left <= column <= right and top <= line.number <= bottom
        for left, top, right, bottom in merged
    )
