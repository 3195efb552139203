"""How much one request may carry, and of what kind. Files may be large; what people type is not."""

from flask import Request, abort, current_app, request
from werkzeug.routing import IntegerConverter

from tuoyu.refusal import NotAcceptable

LARGEST_NUMBER = 2**31 - 1  # of a thing in the database
NO_FORM = "这样提交的内容无法读取，没有保存。请在页面上填写后提交。"


class Sized:
    """A request whose form, without files, is held to MAX_FORM_MEMORY_SIZE as a whole; the library
    limits fields only where files come along."""

    @Request.max_content_length.getter
    def max_content_length(self):
        limit = Request.max_content_length.fget(self)
        if self.mimetype == "multipart/form-data" or not current_app:
            return limit
        return min(limit, current_app.config["MAX_FORM_MEMORY_SIZE"])


class Number(IntegerConverter):
    """The number of a thing in an address; one that the database cannot know leads nowhere."""

    def __init__(self, map, *args, max=LARGEST_NUMBER, **options):
        super().__init__(map, *args, max=max, **options)


def init_app(app):
    app.request_class = type("SizedRequest", (Sized, app.request_class), {})
    app.url_map.converters["int"] = Number
    app.before_request(refuse_what_no_page_sends)


def refuse_what_no_page_sends():
    """404 for an address that no text column can hold; 422 for a body that is no form."""
    if "\0" in request.path:
        abort(404)
    if request.is_json:
        raise NotAcceptable(NO_FORM)
