"""What gunicorn and `flask` open."""

import os

from werkzeug.middleware.proxy_fix import ProxyFix

from tuoyu import create_app

app = create_app()
if proxies := int(os.environ.get("TUOYU_PROXIES") or 0):
    # The host is taken from Host alone: a proxy that does not know X-Forwarded-Host passes on
    # what the visitor wrote there.
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies)
