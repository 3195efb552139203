"""A stub app on a real port, and Debian's Chromium to look at it."""

import threading
from contextlib import contextmanager

from playwright.sync_api import sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# page.evaluate(PASTE, [id, text]): that text is pasted into that control
PASTE = """([id, text]) => {
  const data = new DataTransfer();
  data.setData("text", text);
  const cell = document.querySelector("#" + id);
  cell.focus();
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  cell.dispatchEvent(new ClipboardEvent("paste", options));
}"""


class Quiet(WSGIRequestHandler):
    def log_request(self, *_):
        pass


@contextmanager
def serve(app):
    """Serve the app for the length of the block; answers its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()


@contextmanager
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()
