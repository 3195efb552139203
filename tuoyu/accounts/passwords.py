"""What a password must be like (GB/T 22239-2019 8.1.4.1 a), told in words."""

import re
from itertools import pairwise

from flask import current_app
from flask_security import PasswordUtil, hash_password
from pypinyin import lazy_pinyin

SHORTEST, LONGEST = 10, 128
ADVICE = (
    f"至少{SHORTEST}位，大写字母、小写字母、数字、符号中至少用三类；"
    "不要包含账号、手机号或机构名称的拼音。"
)
KINDS = (r"[A-Z]", r"[a-z]", r"[0-9]", r"[^A-Za-z0-9]")
COMMON = (
    "password", "passwd", "admin", "welcome", "letmein", "iloveyou", "woaini", "qwer", "asdf", "zxcv",
    "1qaz", "2wsx", "qazwsx", "abc123", "abcd", "1234", "4321", "5678", "8765", "6789", "9876",
    "0000", "1111", "2222", "3333", "6666", "7777", "8888", "9999", "112233", "123123", "5201314",
    "fujian", "tuoyu",
)  # fmt: skip
LOOKALIKES = str.maketrans({"@": "a", "$": "s", "0": "o", "!": "i"})


class PasswordPolicy(PasswordUtil):
    """The rules, at the place where Flask-Security asks for them."""

    def validate(self, password, is_register, **about):
        """(sentences or None, the password in its normal form). `about` are the names the person
        goes by, or `user` alone when an account changes its password."""
        if user := about.get("user"):
            about = names_of(user)
        password = self.normalize(password)
        return list(weaknesses(password, **about)) or None, password


def names_of(user):
    return {
        "username": user.username,
        "mobile": user.mobile,
        "email": user.email,
        "institution_name": user.institution.name if user.institution else "",
    }


def weaknesses(password, username="", mobile="", email="", institution_name="", **_):
    """What is wrong with the password, a sentence each."""
    if not SHORTEST <= len(password) <= LONGEST:
        yield f"密码应为{SHORTEST}至{LONGEST}位，现为{len(password)}位"
    if sum(bool(re.search(kind, password)) for kind in KINDS) < 3:
        yield "密码应包含大写字母、小写字母、数字、符号中的至少三类"
    if holds(password, (username, mobile, (email or "").partition("@")[0])):
        yield "密码不能包含登录账号、手机号或邮箱名"
    if holds(password, map("".join, pairwise(lazy_pinyin(institution_name or "")))):
        yield "密码不能包含机构名称的拼音"
    if any(word in spelt for word in COMMON for spelt in spellings(password)):
        yield "密码中有过于常见的词或数字，容易被猜到，请换一个"


def holds(password, names):
    return any(len(name or "") >= 4 and name.lower() in password.lower() for name in names)


def spellings(password):
    """The password in lower case, and with its signs read as the letters they stand for."""
    return password.lower(), password.lower().translate(LOOKALIKES)


class Hash(str):
    """A password that is hashed already."""


def hashed(password):
    """The Hash under which a password is kept; a Hash stays what it is."""
    return password if isinstance(password, Hash) else Hash(hash_password(normal(password)))


def normal(password):
    """The form in which passwords are compared: full-width signs of an input method narrowed."""
    return current_app.extensions["security"].password_util.normalize(password)


def complaints(password, **about):
    """Why this password is refused, sentences; empty when it is good."""
    refused, _ = current_app.extensions["security"].password_util.validate(password, True, **about)
    return refused or []
