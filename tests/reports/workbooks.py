"""Workbooks as they come back: filled in with another program, broken, forged."""

import io
import zipfile

from openpyxl import load_workbook

from tests.figures import REPORT_FIGURES
from tuoyu.reports.checks import MONTHLY_REPORT

CATEGORY = "托育机构"
CODES = {indicator.key: indicator.code for indicator in MONTHLY_REPORT}
IN_SHEET = "xl/worksheets/sheet1.xml"


def download(client, report):
    """The bytes of the month's workbook."""
    answer = client.get(f"/reports/{report.id}/workbook.xlsx")
    assert answer.status_code == 200
    return answer.data


def upload(client, report, content, name="六月.xlsx"):
    sent = {"workbook": (io.BytesIO(content), name)}
    return client.post(f"/reports/{report.id}/workbook", data=sent)


def rows_of(sheet):
    """{code, or name where there is none: the cell of 本月数}."""
    rows = sheet.iter_rows(min_row=6)
    return {row[0].value or row[1].value: row[3] for row in rows if row[1].value}


def cell_of(sheet, key):
    return rows_of(sheet)[CODES[key] or "机构分类"]


def changed(content, edit):
    """The workbook after `edit(book)` in another program."""
    book = load_workbook(io.BytesIO(content))
    edit(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def filled(content, figures=REPORT_FIGURES, **more):
    """The workbook with these figures typed into it."""

    def fill(book):
        for key, value in (figures | more).items():
            typed = CATEGORY if key == "institution_category" and value == "A" else value
            cell_of(book["网络直报"], key).value = typed

    return changed(content, fill)


def with_part(content, name, data):
    """The same zip with one part more, or another one in its place."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", 8) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, data)
    return file.getvalue()


def part_of(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return parts.read(name).decode()


def shown(answer):
    """{key: (现有, 表中, 对照, 上月)} as the page of the comparison shows them."""
    rows = answer.soup.select("tr[id^=offer-]")
    return {
        row["id"].removeprefix("offer-"): tuple(
            " ".join(cell.get_text().split()) for cell in row.select("td:not(.code):not(.unit)")
        )
        for row in rows
    }


def pressed(answer, **choices):
    """What the form of the comparison sends when 导入 is pressed."""
    [form] = answer.soup.select("main form")
    sent = {}
    for field in form.select("input[type=hidden]"):
        sent.setdefault(field["name"], []).append(field.get("value", ""))
    return form["action"], sent | {f"choice.{key}": choice for key, choice in choices.items()}


def import_shown(client, answer, **choices):
    address, sent = pressed(answer, **choices)
    return client.post(address, data=sent)
