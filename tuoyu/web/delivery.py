"""Few bytes on slow lines: answers are compressed, static files kept for a year by their content."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask_compress import Compress

YEAR = 365 * 24 * 3600
ALGORITHMS = ["br", "gzip"]  # plain http offers no brotli


def init_app(app):
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = YEAR
    app.config["COMPRESS_ALGORITHM"] = app.config["COMPRESS_ALGORITHM_STREAMING"] = ALGORITHMS
    Compress(app)

    @app.url_defaults
    def name_static_files_by_content(endpoint, values):
        if endpoint == "static" and "v" not in values:
            values["v"] = digest(Path(app.static_folder, values["filename"]), app.debug)


@cache
def kept_digest(path):
    return sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else None


def digest(path, changing):
    """Eight characters that change with the file; read anew each time while developing."""
    return (kept_digest.__wrapped__ if changing else kept_digest)(path)
