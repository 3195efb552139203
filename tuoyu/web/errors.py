"""Refusals and mishaps, told in words, without losing what was typed."""

import secrets

from flask import current_app, flash, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from tuoyu.refusal import Refusal
from tuoyu.web.guard import LoginNeeded
from tuoyu.web.pages import draw, is_htmx, page

APOLOGIES = {
    400: "请求有误，请返回重试。",
    403: "您没有权限进行此操作。",
    404: "没有找到这项内容，它可能不属于您管理的区域，或者已经不存在。",
    405: "这个地址不能这样打开，请从页面上的按钮进入。",
    413: "提交的内容过大，没有保存。请按浏览器的“后退”返回，您填写的内容仍在，改小后再提交。",
    429: "操作过于频繁，请稍等一分钟再试。",
}
LOGIN_FIRST = "登录已过期。您填写的内容都在本页：请先登录，再点“继续提交”。"
FORM_EXPIRED = "页面停留时间过长，表单已过期。您填写的内容都在本页，点“继续提交”即可。"


def init_app(app):
    app.register_error_handler(Refusal, lambda refusal: explain(refusal.status, str(refusal)))
    app.register_error_handler(CSRFError, lambda error: hold(400, FORM_EXPIRED))
    app.register_error_handler(LoginNeeded, ask_to_sign_in)
    app.register_error_handler(HTTPException, explain_http_error)
    app.register_error_handler(SecurityError, refuse_host)


def ask_to_sign_in(_):
    if request.method == "POST":
        return hold(401, LOGIN_FIRST)
    if is_htmx():
        return "", 401, {"HX-Redirect": url_for("accounts.login")}
    return redirect(url_for("accounts.login", next=request.full_path.rstrip("?")))


def refuse_host(_):
    """Without a host no address can be built, so there is no page to show."""
    return APOLOGIES[400], 400, {"Content-Type": "text/plain; charset=utf-8"}


def hold(status, reason):
    """A form that could not be taken: keep everything typed, and offer to send it again."""
    if is_htmx():
        return explain(
            status, reason.partition("。")[0] + "。请刷新本页后再试，已填写的内容请先复制。"
        )
    typed = [(name, value) for name, value in request.form.items(multi=True) if is_typed(name)]
    context = {"reason": reason, "typed": typed, "address": request.full_path.rstrip("?")}
    return page("layouts/held.html", needs_login=status == 401, **context), status


def is_typed(name):
    return name != "csrf_token" and "password" not in name


def explain_http_error(error):
    if error.code < 400:
        return error
    if isinstance(error, InternalServerError):
        return explain_mishap(error)
    return explain(error.code, APOLOGIES.get(error.code, APOLOGIES[400]))


def explain_mishap(error):
    number = secrets.token_hex(4).upper()
    current_app.logger.error("incident %s: %r", number, error.original_exception)
    return explain(
        500, f"系统出了点问题，本次操作没有保存。请联系技术支持，并告知事件编号 {number}。"
    )


def explain(status, reason):
    """In a page of its own, or above the page htmx is working on, which stays as it was."""
    if is_htmx():
        flash(reason, "error")
        return draw("layouts/error.html"), status, {"HX-Reswap": "none"}
    return page("layouts/error.html", reason=reason), status
