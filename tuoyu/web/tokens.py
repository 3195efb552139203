"""The token of a form also tells for whose page it was drawn: what one person typed must not be
sent on as somebody else's who signs in meanwhile."""

import secrets

from flask import current_app, request, session
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer


def begin_for(user):
    """From now on the forms of this session are those of `user`, a saved User."""
    session["csrf_token"] = f"{user.id}.{secrets.token_hex(20)}"


def sent():
    """The token that came with the form, "" for none."""
    return request.form.get("csrf_token") or request.headers.get("X-CSRFToken", "")


def owner():
    """The number (a text) of the account on whose page the form was filled in; "" when nobody was
    signed in there, or when the token is none of ours."""
    signed = URLSafeTimedSerializer(current_app.secret_key, salt="wtf-csrf-token")
    try:
        return signed.loads(sent()).rpartition(".")[0]
    except BadData:
        return ""


def is_anothers():
    """Whether the form was filled in on the page of another account than the one signed in now."""
    return current_user.is_authenticated and owner() not in ("", str(current_user.id))
