"""A form that could not be taken: nothing that was typed into it is lost."""

from flask import current_app, request
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import HTTPException

from tuoyu.web import tokens
from tuoyu.web.pages import page

KEPT = "您填写的内容都在本页，"
UNTYPED = "您刚才要做的是“{}”："
UNNAMED = "您刚才点了一个按钮："
FOREIGN = "这项操作来自其他网站的页面，没有处理。请打开本系统，在页面上操作。"
TYPED_ANEW = "密码需要重新填写。"
CHOSEN_ANEW = "文件需要重新选择。"
HIDDEN = {"csrf_token", "edition", "do", "at", "next", "k"}  # what pages send without being typed


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


def plainly(status, sentence):
    """Without a page around it, which would begin a session and carry its token."""
    return sentence, status, {"Content-Type": "text/plain; charset=utf-8"}
