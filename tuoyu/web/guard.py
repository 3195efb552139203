"""Every route says who may enter. A route that says nothing does not start."""

from flask import abort, current_app, g, request
from flask_login import current_user

from tuoyu.scope import EVERYWHERE


class UnguardedRoute(RuntimeError):
    """A route that does not say who may enter."""


class LoginNeeded(Exception):
    """Nobody is signed in; the hall shows the way to the login page."""


class PasswordNeeded(Exception):
    """The person must choose a password first; the hall shows the way to that page."""


def open_to(*roles):
    """Mark a view: these roles may enter, each seeing its own corner of the map."""

    def mark(view):
        view.open_to = frozenset(roles)
        return view

    return mark


def before_all_else(view):
    """Mark a view: it opens also to somebody who must choose a password first."""
    view.before_all_else = True
    return view


def called(act):
    """Mark a view: what its button does, told to whoever pressed it when it could not be done and
    there is nothing typed to be shown."""

    def mark(view):
        view.act = act
        return view

    return mark


def public(view):
    """Mark a view: anybody may enter. It looks everywhere, so it must choose what it shows."""
    view.open_to = None
    return view


def init_app(app):
    public(app.view_functions["static"])
    app.before_request(let_in)


def let_in():
    if request.endpoint is None:
        return
    g.scope = EVERYWHERE  # to find out who is asking
    view = current_app.view_functions[request.endpoint]
    allowed = view.open_to
    if allowed is None:
        return
    if not current_user.is_authenticated:
        raise LoginNeeded
    if current_user.role not in allowed:
        abort(403)
    if current_user.must_change and not hasattr(view, "before_all_else"):
        raise PasswordNeeded
    g.scope = current_user.scope


def insist_every_route_is_guarded(app):
    """Raise UnguardedRoute naming every view that lacks @open_to or @public."""
    unguarded = [name for name, view in app.view_functions.items() if not hasattr(view, "open_to")]
    if unguarded:
        raise UnguardedRoute(", ".join(sorted(unguarded)))
