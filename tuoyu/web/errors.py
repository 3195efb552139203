"""Refusals and mishaps, told in words, without losing what was typed."""

import json
import secrets

from flask import current_app, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError, TooManyRequests

from tuoyu.extensions import db
from tuoyu.refusal import Refusal
from tuoyu.web import tokens
from tuoyu.web.guard import LoginNeeded, PasswordNeeded
from tuoyu.web.held import hold, is_foreign, plainly, typed
from tuoyu.web.pages import draw, is_htmx, page

APOLOGIES = {
    400: "请求有误，请返回重试。",
    403: "您没有权限进行此操作。",
    404: "没有找到这项内容，它可能不属于您管理的区域，或者已经不存在。",
    405: "这个地址不能这样打开，请从页面上的按钮进入。",
    413: "提交的内容过大，没有保存。请按浏览器的“后退”返回，您填写的内容仍在，改小后再提交。",
}
LOGIN_FIRST = "登录已过期，没有保存。{}请先登录，再点“继续提交”。"
LOGIN_BESIDE = Markup(
    "登录已过期，没有保存。您填写的内容仍在本页：请先"
    '<a href="{}" target="_blank">在新窗口登录</a>，再回到本页点一次按钮。'
)
FORM_EXPIRED = "页面打开的时间过长，没有保存。{}点“继续提交”即可。"
OF_ANOTHER = (
    "这是另一账号填写的内容，没有保存。{}请在新页面中退出现在的账号，"
    "用填写时的账号登录，再回到本页点“继续提交”。"
)
OF_ANOTHER_BESIDE = (
    "这是另一账号填写的内容，没有保存。您填写的内容仍在本页：请在新页面中退出现在的账号，"
    "用填写时的账号登录，再回到本页点一次按钮。"
)
PRESS_AGAIN = "页面打开的时间过长，没有保存。您填写的内容仍在本页，请再点一次按钮。"
TOO_OFTEN = "操作过于频繁，请等{}分钟再试。"
SENT_TOO_OFTEN = "操作过于频繁，没有保存。{{}}请等{}分钟再点“继续提交”。"
PASSWORD_FIRST = "请先修改密码，再进行其他操作。本次操作没有保存。"


def init_app(app):
    app.register_error_handler(Refusal, lambda refusal: explain(refusal.status, str(refusal)))
    app.register_error_handler(CSRFError, renew_token)
    app.register_error_handler(LoginNeeded, ask_to_sign_in)
    app.register_error_handler(PasswordNeeded, ask_for_a_password)
    app.register_error_handler(TooManyRequests, explain_too_often)
    app.register_error_handler(HTTPException, explain_http_error)
    app.register_error_handler(SecurityError, refuse_host)


def ask_to_sign_in(_):
    """Whoever was typing stays on the page and signs in beside it."""
    login = url_for("accounts.login")
    if request.method == "POST":
        return explain(401, LOGIN_BESIDE.format(login)) if is_htmx() else hold(401, LOGIN_FIRST)
    if is_htmx():
        return "", 401, {"HX-Redirect": login}
    return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")))


def ask_for_a_password(_):
    """A page gives way to the one where the password is changed; a form is told so."""
    if request.method == "POST":
        return explain(403, PASSWORD_FIRST)
    way = url_for("accounts.password")
    return ("", 403, {"HX-Redirect": way}) if is_htmx() else redirect(way)


def renew_token(error):
    """The page is older than the session. One that htmx works on gets the token of the session
    (static/js/messages.js), so that pressing again succeeds. What somebody else typed gets none."""
    if current_app.view_functions[request.endpoint].open_to:
        if not current_user.is_authenticated:
            return ask_to_sign_in(error)
        if tokens.is_anothers():
            return refuse_anothers()
    if not is_htmx():
        return hold(400, FORM_EXPIRED)
    content, status, headers = explain(400, PRESS_AGAIN)
    return content, status, headers | {"HX-Trigger": json.dumps({"fresh-token": generate_csrf()})}


def refuse_anothers():
    """Sent on as it stands it would be the word of whoever is signed in now."""
    return explain(403, OF_ANOTHER_BESIDE) if is_htmx() else hold(403, OF_ANOTHER)


def refuse_host(_):
    """Without a host no address can be built, so there is no page to show."""
    return plainly(400, APOLOGIES[400])


def explain_http_error(error):
    if error.code < 400:
        return error
    if isinstance(error, InternalServerError):
        return explain_mishap(error)
    return explain(error.code, APOLOGIES.get(error.code, APOLOGIES[400]))


def explain_too_often(error):
    """With how many minutes it takes, at most, until the address may come again."""
    wait = error.retry_after // 60
    if request.method == "POST" and not is_htmx():
        return hold(429, SENT_TOO_OFTEN.format(wait))
    return explain(429, TOO_OFTEN.format(wait))


def explain_mishap(error):
    db.session.rollback()  # the page is drawn with queries, which a failed transaction refuses
    number = secrets.token_hex(4).upper()
    current_app.logger.error("incident %s: %r", number, error.original_exception)
    return explain(
        500, f"系统出了点问题，本次操作没有保存。请联系技术支持，并告知事件编号 {number}。"
    )


def explain(status, reason):
    """In a page of its own, or above the page htmx is working on, which stays as it was. The
    session stays too: somebody may be signing in beside. A form of another site gets no page."""
    if is_foreign():
        return plainly(status, reason)
    if is_htmx():
        return draw("layouts/error.html", apology=reason), status, {"HX-Reswap": "none"}
    return page("layouts/error.html", reason=reason, typed=typed()), status
