"""How often one address may knock: softer than the lock of an account, as an office shares one
address. It stands where other systems show a picture with crooked letters, which not everybody
can read. Each server process counts for itself.
"""

from functools import wraps

from flask import current_app, request
from flask_limiter.util import get_remote_address
from limits import parse_many
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests


def init_app(app):
    app.config.setdefault("RATELIMIT_ENABLED", True)
    app.extensions["throttle"] = FixedWindowRateLimiter(MemoryStorage())


def throttled(setting):
    """Mark a view: the setting of this name ("30 per minute; 300 per hour") limits how often an
    address may post to it; 429 beyond. GETs are free."""

    def mark(view):
        @wraps(view)
        def guarded(*args, **kwargs):
            if request.method == "POST":
                insist_may_knock(setting)
            return view(*args, **kwargs)

        return guarded

    return mark


def insist_may_knock(setting):
    """Count one more knock of this address; raise TooManyRequests, which knows for how many seconds
    at most, when it has knocked as often as the setting lets it."""
    if not current_app.config["RATELIMIT_ENABLED"]:
        return
    counter, address = current_app.extensions["throttle"], get_remote_address()
    limits = parse_many(current_app.config[setting])
    used_up = [limit for limit in limits if not counter.hit(limit, setting, address)]
    if used_up:
        raise TooManyRequests(retry_after=max(limit.get_expiry() for limit in used_up))
