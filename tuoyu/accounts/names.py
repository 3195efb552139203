"""The names an account answers to: username, mobile number, e-mail. No two accounts share one."""

import re

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import func, or_, select

from tuoyu.accounts.models import User
from tuoyu.extensions import db
from tuoyu.indicators.normal import half_width
from tuoyu.refusal import NotAcceptable
from tuoyu.scope import EVERYWHERE, looking

LONGEST_EMAIL = 100
NO_EMAIL = "邮箱格式不正确，请核对：“@”前面只用英文字母、数字和常用符号，不能有汉字"


def goes_by(name):
    """Criterion: this username or e-mail in any letter case, or this mobile number."""
    return or_(
        func.lower(User.username) == func.lower(name),
        func.lower(User.email) == func.lower(name),
        User.mobile == name,
    )


def account_named(name):
    """The User who goes by this name, wherever, or None."""
    with looking(EVERYWHERE):
        return db.session.scalar(select(User).where(goes_by(name)))


def bare_mobile(text):
    """A mobile number as it is kept: "+86 138 0000 1234" and "１３８００００１２３４" are eleven digits."""
    return re.sub(r"^(\+?86)(?=1\d{10}$)", "", re.sub(r"[\s-]", "", half_width(text)))


def bare_email(text):
    """An e-mail as it is kept and letters reach it: "yuan@QQ。com" is yuan@qq.com, a host in Chinese
    is in ASCII. What is none stays as it was typed."""
    try:
        return deliverable(half_width(text))
    except EmailNotValidError:
        return half_width(text)


def bare_contact(text):
    """A mobile number or an e-mail as it is kept; the hyphen of an e-mail belongs to it."""
    return bare_email(text) if "@" in half_width(text) else bare_mobile(text)


def bare_name(text):
    """What somebody goes by at sign-in, without the spaces and the +86 that phones add."""
    name = re.sub(r"\s", "", half_width(text))
    return bare_email(name) if "@" in name else re.sub(r"^\+86(?=1\d{10}$)", "", name)


def deliverable(text):
    """The e-mail in the spelling that every mail server takes; raises EmailNotValidError."""
    dotted = text.replace("。", ".")
    return validate_email(dotted, check_deliverability=False, allow_smtputf8=False).ascii_email


def a_free_username(text):
    """`text` as a new username; raises NotAcceptable when it is malformed or somebody's name."""
    if not re.fullmatch(r"[A-Za-z0-9_]{6,32}", text):
        raise NotAcceptable("登录账号应为6至32位，只用字母、数字和下划线")
    return insist_free(text, "登录账号")


def a_free_mobile(text, but=None):
    """`text` as the mobile number of an account (`but`, or a new one); raises NotAcceptable like
    the username."""
    if not re.fullmatch(r"1[3-9]\d{9}", text, re.ASCII):
        raise NotAcceptable("手机号应为11位数字，请核对")
    return insist_free(text, "手机号", but)


def a_free_email(text, but=None):
    """`text` as the e-mail of an account (`but`, or a new one) is kept; raises NotAcceptable like
    the username."""
    try:
        email = deliverable(text)
    except EmailNotValidError:
        raise NotAcceptable(NO_EMAIL) from None
    if len(email) > LONGEST_EMAIL:
        raise NotAcceptable(f"邮箱不能超过{LONGEST_EMAIL}个字符")
    return insist_free(email, "邮箱", but)


def insist_free(name, what, but=None):
    """Raise NotAcceptable when `name` is a username, a mobile number or an e-mail of an account
    other than `but`: one field takes all three at sign-in, so they must differ across the three
    as well."""
    owner = account_named(name)
    if owner and (but is None or owner.id != but.id):
        raise NotAcceptable(f"该{what}已被注册，请换一个；如是本人注册，请直接登录")
    return name


def masked(name):
    """A mobile number or an e-mail as it may stand in a list: 138****0001, l***@example.org."""
    if not name:
        return "无"
    if "@" in name:
        owner, _, host = name.rpartition("@")
        return f"{owner[0]}***@{host}"
    return f"{name[:3]}****{name[-4:]}"
