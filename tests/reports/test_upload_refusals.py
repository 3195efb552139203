"""Files that are no workbook of this month: each is refused in words, and nothing is kept."""

import io
import zipfile

import pytest

from tests.cast import JULY
from tests.figures import REPORT_FIGURES
from tests.reports.workbooks import (
    IN_SHEET,
    cell_of,
    changed,
    download,
    filled,
    part_of,
    upload,
    with_part,
)
from tuoyu import clock
from tuoyu.reports import workbook_identity

pytestmark = pytest.mark.usefixtures("first_window")
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
TYPES, LINKS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
MACRO = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ODD = "文件内容异常，为了安全不能接收"
BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><worksheet>&d;</worksheet>'


@pytest.fixture
def draft(cast, director):
    return cast.report(cast.sunshine)


@pytest.fixture
def content(director, draft):
    return filled(download(director, draft), enrolled=61)


def zip_of(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name.replace("__", "/"), data)
    return file.getvalue()


def drop_identity(book):
    del book["标识"]


def alter_identity(book):
    cell = book["标识"]["A1"]
    cell.value = cell.value[:-2] + "xx"


def drop_head(book):
    book["网络直报"]["D5"].value = "数"


TEXTS = '<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>a</t></si></sst>'
OF_TEXTS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def under_another_name(ending, change=str, encoding="utf-8"):
    """The texts of the workbook in a part that is called a picture; readers ask for its type."""

    def add(content):
        part = f"xl/sharedStrings.{ending}"
        of_part = f'<Override PartName="/{part}" ContentType="{OF_TEXTS}"/></Types>'
        content = with_part(content, TYPES, part_of(content, TYPES).replace("</Types>", of_part))
        texts = change(TEXTS.replace("UTF-8", encoding.removesuffix("-sig")))
        return with_part(content, part, texts.encode(encoding))

    return add


def with_doctype(xml):
    return xml.replace("<sst ", '<!DOCTYPE sst [<!ENTITY b "c">]><sst ', 1)


def endless_texts(xml):
    return xml.replace("</sst>", "<si/>" * 10**5 + "</sst>")


def second_head(head):
    """A column more, far to the right, as somebody keeps last month's figures beside."""

    def add(book):
        book["网络直报"]["L5"].value = f" {head} "

    return lambda content: changed(content, add)


def copy_sheet(book):
    book.copy_worksheet(book["网络直报"])


def endless(content):
    sheet = part_of(content, IN_SHEET)
    return with_part(
        content, IN_SHEET, sheet.replace("<sheetData>", "<sheetData>" + "<row/>" * 10**5)
    )


def encrypted_zip(content):
    """The flag that every reader looks at first."""
    content = bytearray(content)
    for signature, offset in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        content[content.index(signature) + offset] |= 1
    return bytes(content)


def later_zip(content):
    """The first part asks for a reader of a version that there is not."""
    content = bytearray(content)
    content[content.index(b"PK\1\2") + 6] = 255
    return bytes(content)


REFUSED = {
    "empty": (lambda c: b"", "文件是空的"),
    "xls": (lambda c: OLE + b"\0" * 600, "这是旧格式的文件（.xls、.et 等）"),
    "password": (lambda c: OLE + "EncryptedPackage".encode("utf-16-le"), "文件设有打开密码"),
    "password of the zip": (encrypted_zip, "文件设有打开密码"),
    "csv": (lambda c: "代码,指标名称,本月数\n01,全职,5".encode(), "这不是 Excel 工作簿"),
    "picture": (lambda c: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "这不是 Excel 工作簿"),
    "later zip": (later_zip, "文件已损坏，无法读取"),
    "torn": (lambda c: c[: len(c) // 2], "文件已损坏，无法读取"),
    "scratched": (lambda c: c[:900] + bytes(200) + c[1100:], "文件已损坏，无法读取"),
    "no xml": (lambda c: with_part(c, IN_SHEET, "<worksheet><a>"), "文件已损坏，无法读取"),
    "odd xml": (lambda c: with_part(c, IN_SHEET, "<worksheet/>"), "没有找到“代码”“指标名称”"),
    "odd row": (
        lambda c: with_part(c, IN_SHEET, part_of(c, IN_SHEET).replace('<row r="30"', '<row r="x"')),
        "文件已损坏，无法读取",
    ),
    "word": (lambda c: zip_of(word__document="<a/>"), "这不是 Excel 工作簿（如 .ods"),
    "ods": (lambda c: zip_of(mimetype="application/vnd.oasis"), "这不是 Excel 工作簿（如 .ods"),
    "large": (lambda c: c + b"\0" * 2 * 1024 * 1024, "文件超过 2 MB"),
    "zip bomb": (lambda c: with_part(c, "xl/a.xml", b" " * 13 * 1024 * 1024), "解压后内容过多"),
    "many parts": (
        lambda c: zip_of(**{f"a{n}": "" for n in range(300)}),
        "解压后内容过多",
    ),
    "many cells": (endless, "解压后内容过多"),
    "entities": (lambda c: with_part(c, IN_SHEET, BOMB), "文件内容异常，为了安全不能接收"),
    "entities elsewhere": (
        lambda c: with_part(c, "xl/x.xml", BOMB.encode("utf-16")),
        "文件内容异常，为了安全不能接收",
    ),
    "entities in a picture": (under_another_name("png", with_doctype), ODD),
    "entities in a UTF-16 picture": (under_another_name("JPG", with_doctype, "utf-16"), ODD),
    "entities in a drawing": (under_another_name("vml", with_doctype), ODD),
    "entities in a UTF-16 drawing": (under_another_name("vml", with_doctype, "utf-16"), ODD),
    "texts in a picture": (under_another_name("png"), ODD),
    "texts with a mark in a picture": (under_another_name("bin", str, "utf-8-sig"), ODD),
    "texts in a UTF-16 picture": (under_another_name("emf", str, "utf-16"), ODD),
    "texts in the type of the file": (lambda c: with_part(c, "mimetype", "<sst/>"), ODD),
    "many texts in a drawing": (under_another_name("vml", endless_texts), "解压后内容过多"),
    "macro": (lambda c: with_part(c, "xl/vbaProject.bin", b"\0"), "文件带有宏"),
    "macro type": (
        lambda c: with_part(c, TYPES, part_of(c, TYPES).replace(PLAIN, MACRO)),
        "文件带有宏",
    ),
    "macro under another name": (
        lambda c: with_part(
            c,
            LINKS,
            part_of(c, LINKS).replace(
                "</Relationships>",
                '<Relationship Id="r9" Target="a.bin" Type="http://schemas.microsoft.com/office/2006/'
                'relationships/vb&#x61;Project"/></Relationships>',
            ),
        ),
        "文件带有宏",
    ),
    "external link": (
        lambda c: with_part(c, "xl/externalLinks/externalLink1.xml", "<a/>"),
        "表格引用了其他工作簿（外部链接）",
    ),
    "embedded": (lambda c: with_part(c, "xl/embeddings/a.docx", "a"), "表格嵌入了其他文件或控件"),
    "connection": (lambda c: with_part(c, "xl/connections.xml", "<a/>"), "带有外部数据连接"),
    "own table": (
        lambda c: changed(c, drop_identity),
        "这不是从本系统下载的表格，没有导入。请在本页下载",
    ),
    "altered": (lambda c: changed(c, alter_identity), "表格中的标识被改动过"),
    "no head": (lambda c: changed(c, drop_head), "没有找到“代码”“指标名称”“本月数”的表头"),
    "two columns of figures": (second_head("本月数"), "表头“本月数”出现了不止一次，不知以哪一列"),
    "two columns of codes": (second_head("代码"), "表头“代码”出现了不止一次，不知以哪一列为准"),
    "two columns of names": (second_head("指标名称"), "请删去多余的一列"),
    "two sheets": (lambda c: changed(c, copy_sheet), "表格中有不止一张填报表"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_words(cast, director, draft, content, case):
    make, sentence = REFUSED[case]
    refused(cast, upload(director, draft, make(content)), draft, sentence)


def refused(cast, answer, draft, sentence):
    assert answer.status_code == 422, answer.soup.select("tr[id]")[:1]
    assert sentence in answer.soup.select_one(".error-summary").get_text()
    with cast.stage():
        assert cast.again(draft).enrolled == REPORT_FIGURES["enrolled"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("xl/media/image1.png", b"\x89PNG\r\n\x1a\n<a>"),
        ("xl/printerSettings/printerSettings1.bin", "HP LaserJet <1>".encode("utf-16-le")),
        ("xl/drawings/vmlDrawing1.vml", b'<xml xmlns:v="urn:v"><v:shape><br>text</v:shape></xml>'),
        ("xl/drawings/vmlDrawing1.vml", b'<?xml version="1.0" encoding="GB2312"?><xml/>'),
        ("mimetype", b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ],
)
def test_what_excel_and_wps_put_beside_is_no_obstacle(director, draft, content, name, data):
    assert upload(director, draft, with_part(content, name, data)).status_code == 200


def test_no_file_was_chosen(cast, director, draft):
    refused(cast, director.post(f"/reports/{draft.id}/workbook"), draft, "请先选择填好的表格")


def test_the_name_says_nothing(director, draft, content):
    assert upload(director, draft, content, "六月.csv").status_code == 200


def test_the_table_of_another_month(cast, director, draft, content):
    with clock.at("2023-08-03T10:00"):
        july = cast.report(cast.sunshine, JULY, moment="2023-08-03T10:00")
        answer = upload(director, july, content)
    refused(cast, answer, july, "这是2023年6月的表格，现在填报的是2023年7月，没有导入")


def test_the_table_of_another_institution(cast, signed_in, draft, content):
    cast.archive(cast.star)
    other = cast.report(cast.star)
    answer = upload(signed_in(cast.star_director), other, content)
    refused(cast, answer, other, "这是其他机构的表格，没有导入")
    assert "阳光托育园" not in answer.text


def test_the_table_of_an_older_form(cast, director, draft, monkeypatch):
    with monkeypatch.context() as earlier:
        earlier.setattr(workbook_identity, "FORM", "00000000")
        content = download(director, draft)
    refused(cast, upload(director, draft, content), draft, "这是旧版表式的表格，没有导入")


def test_merging_everything_costs_nothing(director, draft, content):
    """A merged range as wide as a sheet is only looked at, never laid out."""
    sheet = part_of(content, IN_SHEET)
    merged = '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    sheet = sheet.replace("</sheetData>", merged)
    answer = upload(director, draft, with_part(content, IN_SHEET, sheet))
    assert answer.text.count("与其他单元格合并了") >= 38


def test_a_figure_far_below_is_not_looked_for(director, draft, content):
    def far_away(book):
        cell = cell_of(book["网络直报"], "fee_temporary")
        book["网络直报"].move_range(f"A{cell.row}:G{cell.row}", rows=100_000)

    answer = upload(director, draft, changed(content, far_away))
    assert "表格中没有找到“37 临时托”这一行" in answer.text
