"""One template, two readings: the whole page, or only the parts htmx asked for.

A part is a `{% block %}` whose name is also the id of the element it draws.
"""

from flask import current_app, redirect, render_template, request
from markupsafe import Markup


def init_app(app):
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    @app.after_request
    def vary_on_htmx(response):
        response.vary.update(("HX-Request", "HX-Target"))
        return response


def page(template, **context):
    """The whole page, or the one block htmx is about to replace."""
    if (block := block_asked_for(template)) is not None:
        return draw(template, block, **context)
    return render(template, "layouts/page.html", (), context)


def parts(template, *names, otherwise, **context):
    """What an action answers: these blocks to htmx, the first in place, the others out of band;
    to a browser without it, the way to the page `otherwise`."""
    if not is_htmx():
        return redirect(otherwise)
    return draw(template, *names, **context)


def draw(template, *names, **context):
    """These blocks of the template and nothing around them."""
    return render(template, "layouts/parts.html", names, context)


def is_htmx():
    """Whether a fragment is expected: an htmx request that is not a boosted link."""
    return bool(request.htmx) and not request.htmx.boosted


def block_asked_for(template):
    target = request.headers.get("HX-Target") if is_htmx() else None
    return target if target in current_app.jinja_env.get_template(template).blocks else None


def render(template, layout, names, context):
    def oob(name):
        return Markup(' hx-swap-oob="true"') if name in names[1:] else ""

    return render_template(template, layout=layout, parts=names, oob=oob, **context)
