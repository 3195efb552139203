"""How much one request may carry. Files may be large; what people type is not."""

from flask import Request, current_app


class Sized:
    """A request whose form, without files, is held to MAX_FORM_MEMORY_SIZE as a whole; the library
    limits fields only where files come along."""

    @Request.max_content_length.getter
    def max_content_length(self):
        limit = Request.max_content_length.fget(self)
        if self.mimetype == "multipart/form-data" or not current_app:
            return limit
        return min(limit, current_app.config["MAX_FORM_MEMORY_SIZE"])


def init_app(app):
    app.request_class = type("SizedRequest", (Sized, app.request_class), {})
