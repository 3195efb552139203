"""What filling in a month costs at full size: `python -m bench.month [institutions]`.

Fills a database of its own like `bench.summary`, 5,000 institutions × 36 months, and lets one of
the institutions fill in one month more. Of each request: the time in the server, beside it that of
the same SQL on a bare cursor, and the bytes over the wire, compressed as a browser gets them.
Budget: reads in 60 ms, writes in 100 ms on one quiet core; a page of 30 KB, a part of 10 KB.
"""

import json
import re
import sys
from statistics import median
from urllib.parse import urlencode

from sqlalchemy import select

from bench.measuring import own_database, recorded, run_bare, seconds, tell
from bench.summary import LAST, ROUNDS, fill
from config import Config
from tests.conftest import sign_in
from tuoyu import clock, create_app
from tuoyu.accounts.people import director
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.reports.calendar import next_month
from tuoyu.scope import EVERYWHERE, looking

NOW = "2026-07-01T10:00"
AS_A_BROWSER = {"Accept-Encoding": "gzip, deflate, br"}
FOUR = {"cg_age_16_20": "0", "cg_age_21_25": "4", "cg_age_26_35": "5", "cg_age_36_50": "3"}


class Unlimited(Config):
    """As it is served, but however often somebody asks."""

    RATELIMIT_ENABLED = False


def main(institutions=5000):
    with own_database("bench_month") as url, clock.at(NOW):
        app = create_app(Unlimited(url))
        with app.app_context(), looking(EVERYWHERE):
            db.create_all()
            fill(institutions)
            institution = db.session.scalars(select(Institution).limit(1)).one()
            user = director(institution, "bench_user", "园长", "Gui-Hua-2024-y")
            db.session.commit()
            db.session.refresh(user)
            db.session.expunge_all()
        measure(app, Filler(app, user))
        with app.app_context():
            db.engine.dispose()


class Filler:
    """A director at a browser: opens a month, and saves what is typed as the page does."""

    def __init__(self, app, user):
        self.client = sign_in(app, user)
        token = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get("/reports/").text)[
            1
        ]
        self.headers = AS_A_BROWSER | {"X-CSRFToken": token, "HX-Request": "true"}
        month = {"month": f"{next_month(LAST):%Y-%m}"}
        self.page = self.post("/reports/", month).location
        self.edition, self.kept, self.round = 1, dict.fromkeys(FOUR, ""), 0

    def get(self, address):
        self.sent = 0
        return self.client.get(address, headers=AS_A_BROWSER)

    def post(self, address, data):
        self.sent = len(urlencode(data))
        return self.client.post(address, data=data, headers=self.headers)

    def save(self, names):
        """Other figures than before, each with the one that is kept: a request of the page."""
        self.round += 1
        now = {name: str(int(FOUR[name]) + self.round % 2) for name in names}
        was = {f"was.{name}": self.kept[name] for name in names}
        self.kept |= now
        what = {"edition": self.edition, **now, **was}
        answer = self.post(self.page.replace("/edit", "/autosave"), what)
        self.edition = json.loads(unpacked(answer))["edition"]
        return answer


def unpacked(answer):
    assert answer.status_code == 200, answer.status
    assert not answer.content_encoding, "an answer as small as this is not compressed"
    return answer.data


def measure(app, filler):
    print(f"{'':42}{'here':>9}{'bare SQL':>10}")
    one, four = list(FOUR)[:1], list(FOUR)
    for what, act in (
        ("the page of the month", lambda: filler.get(filler.page)),
        ("one figure saves itself", lambda: filler.save(one)),
        ("four figures save themselves", lambda: filler.save(four)),
        ("the totals run", lambda: filler.post(filler.page.replace("/edit", "/totals"), FOUR)),
    ):
        with app.app_context(), recorded() as statements:
            answer = act()
        here = median(seconds(act) for _ in range(ROUNDS))
        with app.app_context():
            bare = median(seconds(lambda: run_bare(statements)) for _ in range(ROUNDS))
            db.session.rollback()
        tell(f"{what}（{len(statements)} statements）", here, bare)
        down, heads = len(answer.data), len(str(answer.headers))
        print(f"  {filler.sent} bytes up, {down} down, {heads} of headers with the answer")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
