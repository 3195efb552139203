"""Refusals and mishaps, told in words, without losing what was typed."""

import json
import secrets

from flask import current_app, redirect, request, url_for
from flask_login import current_user
from flask_wtf.csrf import CSRFError, generate_csrf
from markupsafe import Markup
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from tuoyu.extensions import db
from tuoyu.refusal import Refusal
from tuoyu.web import tokens
from tuoyu.web.guard import LoginNeeded, PasswordNeeded
from tuoyu.web.pages import draw, is_htmx, page

APOLOGIES = {
    400: "请求有误，请返回重试。",
    403: "您没有权限进行此操作。",
    404: "没有找到这项内容，它可能不属于您管理的区域，或者已经不存在。",
    405: "这个地址不能这样打开，请从页面上的按钮进入。",
    413: "提交的内容过大，没有保存。请按浏览器的“后退”返回，您填写的内容仍在，改小后再提交。",
    429: "操作过于频繁，请稍等一分钟再试。",
}
KEPT = "您填写的内容都在本页，"
UNTYPED = "您刚才要做的是“{}”："
UNNAMED = "您刚才点了一个按钮："
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
TOO_OFTEN = "操作过于频繁，没有保存。{}请等一分钟再点“继续提交”。"
FOREIGN = "这项操作来自其他网站的页面，没有处理。请打开本系统，在页面上操作。"
PASSWORD_FIRST = "请先修改密码，再进行其他操作。本次操作没有保存。"
TYPED_ANEW = "密码需要重新填写。"
CHOSEN_ANEW = "文件需要重新选择。"
HIDDEN = {"csrf_token", "edition", "do", "at", "next", "k"}  # what pages send without being typed


def init_app(app):
    app.register_error_handler(Refusal, lambda refusal: explain(refusal.status, str(refusal)))
    app.register_error_handler(CSRFError, renew_token)
    app.register_error_handler(LoginNeeded, ask_to_sign_in)
    app.register_error_handler(PasswordNeeded, ask_for_a_password)
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


def plainly(status, sentence):
    """Without a page around it, which would begin a session and carry its token."""
    return sentence, status, {"Content-Type": "text/plain; charset=utf-8"}


def is_foreign():
    """Whether the browser says that the page of another site sent this form."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    host = request.host if origin is None else origin.partition("://")[2]
    return request.method == "POST" and (host != request.host or site == "cross-site")


def hold(status, reason):
    """A form that could not be taken: keep everything typed, and offer to send it again. One that
    another site sent is not offered: sent again from here it would be ours. Until the right person
    has signed in it stays with the token of the page where it was filled in."""
    if is_foreign():
        return plainly(400, FOREIGN)
    sent = request.form.items(multi=True)
    kept = [(name, value) for name, value in sent if name != "csrf_token" and not secret(name)]
    needs_login = status in (401, 403)
    return page(
        "layouts/held.html",
        reason=reason.format(what_is_kept()) + what_is_not_kept(),
        kept=kept,
        chosen=chosen(),
        typed=typed(),
        address=request.full_path.rstrip("?"),
        needs_login=needs_login,
        token=tokens.sent() if needs_login and tokens.owner() else generate_csrf(),
    ), status


def what_is_kept():
    """That what was typed is there, or else what the button was to do."""
    if typed():
        return KEPT
    act = getattr(current_app.view_functions[request.endpoint], "act", None)
    return UNTYPED.format(act) if act else UNNAMED


def what_is_not_kept():
    """What no page can offer again by itself."""
    passwords = TYPED_ANEW if any(secret(name) for name in request.form) else ""
    return passwords + (CHOSEN_ANEW if chosen() else "")


def chosen():
    """{name of the field: names of the files that were chosen in it}."""
    files = {name: [f.filename for f in sent if f.filename] for name, sent in request.files.lists()}
    return {name: names for name, names in files.items() if names}


def secret(name):
    return "password" in name


def typed():
    """What the person typed into the form that was sent, passwords left out."""
    if request.method != "POST":
        return []
    try:
        sent = list(request.form.items(multi=True))
    except HTTPException:  # too large to be read
        return []
    return [text for name, text in sent if text.strip() and name not in HIDDEN and not secret(name)]


def explain_http_error(error):
    if error.code < 400:
        return error
    if isinstance(error, InternalServerError):
        return explain_mishap(error)
    if error.code == 429 and request.method == "POST" and not is_htmx():
        return hold(429, TOO_OFTEN)
    return explain(error.code, APOLOGIES.get(error.code, APOLOGIES[400]))


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
