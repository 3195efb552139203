from flask import Blueprint, abort, request

from tuoyu.indicators.normal import plain
from tuoyu.manual.chapters import (
    CHAPTERS,
    chapter_about,
    chapter_named,
    context_of,
    search,
)
from tuoyu.web.guard import public
from tuoyu.web.pages import page

bp = Blueprint("manual", __name__, url_prefix="/manual")
bp.record_once(lambda setup: setup.app.context_processor(lambda: {"help_chapter": help_chapter}))


def help_chapter():
    """The chapter about the page that is being shown, None where there is none."""
    return chapter_about(request.endpoint)


@bp.get("/")
@public
def contents():
    """The chapters, or what was found in them."""
    words = plain(request.args.get("q", ""))[:50]
    return page("manual/contents.html", chapters=CHAPTERS, words=words, hits=search(words))


@bp.get("/<name>")
@public
def chapter(name):
    found = chapter_named(name)
    if found is None:
        abort(404)
    return page(found.template, **context_of(found))
