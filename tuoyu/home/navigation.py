"""The main navigation of each role, with what waits behind each entry."""

from flask import request, url_for
from flask_login import current_user

from tuoyu.accounts.models import OFFICERS, Role
from tuoyu.accounts.people_views import KEEPERS
from tuoyu.feedback.lists import to_do
from tuoyu.review.desk import Desk, tallies
from tuoyu.review.papers import NOUNS
from tuoyu.review.tabs import tabs_of
from tuoyu.scope import looking

KINDS = ("reports", "archives", "applications")


def init_app(app):
    app.context_processor(lambda: {"navigation": navigation})


def navigation():
    """For the layout: (label, address, is it open, count); nothing for a stranger."""
    if not current_user or not current_user.is_authenticated:
        return []
    with looking(current_user.scope):
        entries = [("首页", url_for("home.start"), None), *entries_of(current_user.role)]
    return [(label, at, is_open(at), count) for label, at, count in entries]


def entries_of(role):
    """(label, address, how many wait there or None); the counts are one statement."""
    if role == Role.INSTITUTION:
        yield "机构档案", url_for("archives.mine"), None
        yield "网络直报", url_for("reports.mine"), None
        yield "申请", url_for("applications.mine"), None
        yield "问题反馈", url_for("feedback.index"), None
    if role in OFFICERS:
        waiting = [Desk(kind, role) for kind in KINDS if tabs_of(role, kind)]
        *counts, questions = tallies([*(desk.statement() for desk in waiting), to_do(current_user)])
        for desk, count in zip(waiting, counts, strict=True):
            yield f"{NOUNS[desk.kind]}审核", url_for("review.desk", kind=desk.kind), count
        yield "汇总", url_for("summaries.index"), None
    if role in KEEPERS:
        yield "账号管理", url_for("accounts.people"), None
    if role in OFFICERS:
        yield "问题反馈", url_for("feedback.index"), questions


def is_open(address):
    home = url_for("home.start")
    return request.path == address if address == home else request.path.startswith(address)
