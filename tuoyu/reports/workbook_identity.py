"""Whose workbook it is, and for which month: signed, so that a foreign or altered one is noticed."""

from hashlib import sha256

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from tuoyu.refusal import NotAcceptable
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.web.filters import cn_month

IDENTITY_SHEET = "标识"  # hidden; its first cell carries the identity
ADVICE = "请在本页下载本月的表格，把数填进去再上传。"
FORM = sha256("".join(f"{i.code}{i.key}{i.unit}" for i in MONTHLY_REPORT).encode()).hexdigest()[:8]


class WrongWorkbook(NotAcceptable):
    """Not the workbook of this institution, month and form."""

    def __init__(self, what):
        super().__init__(f"{what}，没有导入。{ADVICE}")


def serializer():
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="workbook of a month")


def identity_of(report):
    """The text that the workbook of this report carries."""
    return serializer().dumps([report.institution_id, report.month.isoformat(), FORM])


def insist_identity(text, report):
    """Raise WrongWorkbook in words unless `text` was written for this report."""
    if not text:
        raise WrongWorkbook("这不是从本系统下载的表格")
    try:
        institution, month, form = serializer().loads(text)
    except (BadData, ValueError, TypeError):
        raise WrongWorkbook("表格中的标识被改动过，认不出是哪家机构、哪个月的表") from None
    if institution != report.institution_id:
        raise WrongWorkbook("这是其他机构的表格")
    if month != report.month.isoformat():
        filled = cn_month(report.month.fromisoformat(month))
        raise WrongWorkbook(f"这是{filled}的表格，现在填报的是{cn_month(report.month)}")
    if form != FORM:
        raise WrongWorkbook("这是旧版表式的表格")
