"""From a template to paper, and files with Chinese names."""

import hashlib
import hmac
import json
import mimetypes
import re
from pathlib import Path
from urllib.parse import quote, urlsplit

from flask import Response, current_app, render_template
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse
from werkzeug.utils import safe_join

PICTURE_DPI = 200
HERE = "https://paper.invalid"  # where a printout's relative addresses lead; nothing answers there


class OnlyOurStaticFiles(URLFetcher):
    """Reads the files of our own static folder from disk, takes the pictures that were enclosed,
    {address: bytes of a JPEG}, and nothing else."""

    def __init__(self, enclosed=None):
        super().__init__()
        self.enclosed = enclosed or {}

    def fetch(self, url, headers=None):
        """Raises ValueError for any other address."""
        if picture := self.enclosed.get(url.removeprefix(HERE)):
            return URLFetcherResponse(url, picture, {"Content-Type": "image/jpeg"})
        folder = f"{HERE}{current_app.static_url_path}/"
        path = url.startswith(folder) and safe_join(
            current_app.static_folder, urlsplit(url).path[len(folder) - len(HERE) :]
        )
        if not path:
            raise ValueError(f"a printout must not fetch {url}")
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        return URLFetcherResponse(url, Path(path).read_bytes(), {"Content-Type": kind})


def pdf_of(html, enclosed=None):
    """The bytes of a PDF of this page; pictures in it are no finer than a printer draws."""
    fetcher = OnlyOurStaticFiles(enclosed)
    return HTML(string=html, base_url=f"{HERE}/", url_fetcher=fetcher).write_pdf(dpi=PICTURE_DPI)


def as_pdf(template, filename, enclosed=None, **context):
    """An answer that shows the template as a PDF; `filename` may be Chinese (RFC 5987)."""
    html = render_template(template, **context)
    return attached(pdf_of(html, enclosed), filename, "application/pdf")


def attached(content, filename, mimetype):
    """An answer with a file, whose Chinese name survives; a PDF is shown, anything else saved."""
    how = "inline" if mimetype == "application/pdf" else "attachment"
    name = safe_name(filename)
    plain = f"sheet.{name.rpartition('.')[2]}"
    return Response(
        content,
        mimetype=mimetype,
        headers={
            "Content-Disposition": f"{how}; filename={plain}; filename*=UTF-8''{quote(name)}",
            "Cache-Control": "no-store",
        },
    )


def safe_name(filename):
    """Without the characters that file systems do not take."""
    return re.sub(r'[\\/:*?"<>|\s\u202a-\u202e\u2066-\u2069]+', "_", filename)


def check_code(said, key=None):
    """The first 8 hex digits of an HMAC over what a paper says, plain data, by which a copy is
    checked against the system. `key` is the program's own unless given."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True)
    key = key or current_app.config["SECRET_KEY"]
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()[:8].upper()
