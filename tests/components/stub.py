"""A Flask app that draws the components and nothing else: no database, no rooms."""

from pathlib import Path
from types import SimpleNamespace

from flask import Flask, flash, render_template
from flask_wtf import CSRFProtect

from tests.components.samples import everything
from tuoyu.web import filters, security_headers

ROOT = Path(__file__).parents[2]
OFFICER = SimpleNamespace(
    is_authenticated=True,
    office="鼓东街道",
    display_name="王秀英",
    role=SimpleNamespace(value="township", label="乡镇审核员"),
)
NAVIGATION = [
    ("首页", "/", True, None),
    ("待我审核", "/review", False, 7),
    ("机构档案", "/archives", False, None),
    ("月报", "/reports", False, None),
    ("汇总", "/summaries", False, None),
]


def make_app(**config):
    """An app with the layouts' globals and addresses the layouts link to."""
    app = Flask("stub", template_folder=ROOT / "templates", static_folder=ROOT / "static")
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.config.update(SECRET_KEY="for drawing only", TESTING=True, **config)
    CSRFProtect(app)
    filters.init_app(app)
    app.context_processor(lambda: {"current_user": OFFICER, "navigation": lambda: NAVIGATION})
    for name in ("login", "logout", "mine"):
        app.add_url_rule(f"/{name}", f"accounts.{name}", lambda: "", methods=["GET", "POST"])
    app.add_url_rule("/list", "list", lambda: "")
    return app


def draw(template, **context):
    """The template as a whole page."""
    context = {"layout": "layouts/page.html", "parts": (), "oob": lambda name: "", **context}
    return render_template(template, **context)


def gallery_app():
    """The stub with the gallery at its root, under the same headers as the real program."""
    app = make_app(DEMO=True, SITE_SPONSOR="福建省卫生健康委员会", SITE_PHONE="0591-00000000")
    security_headers.init_app(app)

    @app.get("/")
    def gallery():
        flash("已退回 2 家。")
        flash("有 1 家的状态已经变化，未退回。", "error")
        return draw("components/gallery.html", **everything())

    return app
