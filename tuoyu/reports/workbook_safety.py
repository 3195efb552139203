"""What an uploaded file must be before anybody reads it as a workbook: a plain .xlsx of modest size.

The name of the file is not asked. Nothing is unpacked to disk, followed or executed; sizes are
looked at before anything is unpacked, and an XML part that declares entities is not read. What the
parts are called says nothing either: they are read by whatever the workbook says of them.
"""

import re
import zlib
from contextlib import nullcontext, suppress
from functools import partial
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from tuoyu.refusal import NotAcceptable

MB = 1024 * 1024
LARGEST, UNPACKED = 2 * MB, 12 * MB
MOST_PARTS, MOST_ELEMENTS = 200, 100_000
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MAIN = "spreadsheetml.sheet.main+xml"
SAVE_AS = "请在 WPS 或 Excel 中用“另存为”保存为“Excel 工作簿（.xlsx）”再上传。"
NO_XML = re.compile(r"(^mimetype|\.(png|jpe?g|gif|bmp|emf|wmf|bin))$", re.IGNORECASE)
LOOSE_XML = re.compile(r"\.vml$", re.IGNORECASE)  # where notes stand; Excel's is not always sound
NO_END = (expat.ExpatError, LookupError, ValueError)  # no parser reads what lies behind
DAMAGED = (
    BadZipFile,
    NotImplementedError,  # a later ZIP than ours, or a part encrypted or compressed in its way
    EOFError,
    OSError,
    LookupError,
    ValueError,
    zlib.error,
    expat.ExpatError,
)
USUAL = {ZIP_STORED, ZIP_DEFLATED}

FORBIDDEN = (
    (re.compile("vba|macro", re.IGNORECASE), "文件带有宏，为了安全不能接收"),
    (re.compile("externallink", re.IGNORECASE), "表格引用了其他工作簿（外部链接），不能接收"),
    (
        re.compile("embedding|oleobject|activex|ctrlprop", re.I),
        "表格嵌入了其他文件或控件，不能接收",
    ),
    (re.compile(r"connections(\.|\+)|querytable", re.I), "表格带有外部数据连接，不能接收"),
)


class NotAWorkbook(NotAcceptable):
    """The file cannot be taken at all."""

    def __init__(self, what, advice=SAVE_AS):
        super().__init__(f"{what}。{advice}")


class Outline:
    """What a first look at every part finds: {part: merged ranges}, and the types they declare."""

    def __init__(self):
        self.merged, self.declared, self.elements = {}, [], 0

    def look_at(self, name, xml):
        """Parse one part without keeping it; doctypes and masses of cells end it, and so does XML
        where a picture should be."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = refuse if NO_XML.search(name) else partial(self.meet, name)
        parser.StartDoctypeDeclHandler = refuse
        may_break = NO_XML.search(name) or LOOSE_XML.search(name)
        with suppress(*NO_END) if may_break else nullcontext():
            if xml:
                parser.Parse(xml, True)

    def meet(self, name, tag, attributes):
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise too_much()
        if tag.endswith("mergeCell"):
            self.merged.setdefault(name, []).append(attributes.get("ref", ""))
        if name.lower().endswith((".rels", "[content_types].xml")):
            self.declared.extend(attributes.values())


def refuse(*_):
    raise NotAWorkbook("文件内容异常，为了安全不能接收")


def look_through(content):
    """The Outline of a file that may be read. Raises NotAWorkbook in words for any other."""
    insist_container(content)
    try:
        with ZipFile(BytesIO(content)) as parts:
            insist_size(parts.infolist())
            insist_plain(parts.namelist())
            outline = outline_of(parts)
    except DAMAGED:
        raise NotAWorkbook("文件已损坏，无法读取") from None
    insist_plain(outline.declared)
    if not any(MAIN in declared for declared in outline.declared):
        raise NotAWorkbook("这不是 Excel 工作簿（如 .ods、.xlsb、.docx）")
    return outline


def insist_container(content):
    """Size and kind of the file, by its first bytes."""
    if not content:
        raise NotAWorkbook("文件是空的", "请选择填好的表格。")
    if len(content) > LARGEST:
        raise NotAWorkbook("文件超过 2 MB", "请使用本页下载的表格，不要插入图片或其他内容。")
    if content.startswith(OLE) and ENCRYPTED in content:
        raise NotAWorkbook("文件设有打开密码", "请在 WPS 或 Excel 中取消密码，保存后再上传。")
    if content.startswith(OLE):
        raise NotAWorkbook("这是旧格式的文件（.xls、.et 等）")
    if not content.startswith(b"PK\3\4"):
        raise NotAWorkbook("这不是 Excel 工作簿（如 .csv、图片或文本）")


def insist_size(parts):
    """What the parts would be when unpacked; none is read beyond the size it declares."""
    if any(part.flag_bits & 1 for part in parts):
        raise NotAWorkbook("文件设有打开密码", "请取消密码，保存后再上传。")
    if any(part.compress_type not in USUAL for part in parts):
        raise BadZipFile
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise too_much()


def too_much():
    return NotAWorkbook("文件解压后内容过多", "请使用本页下载的表格，不要添加其他工作表。")


def insist_plain(names):
    """Raise NotAWorkbook for what could do more than hold figures."""
    for pattern, complaint in FORBIDDEN:
        if any(pattern.search(name) for name in names):
            raise NotAWorkbook(complaint)


def outline_of(parts):
    outline = Outline()
    for part in parts.infolist():
        outline.look_at(part.filename, parts.read(part))
    return outline
