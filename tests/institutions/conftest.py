"""An institution that moves from 鼓东街道 to 台江区, and what stands there."""

import pytest

from tuoyu.institutions.changes import record

SOUTH = "350103001002"  # a community of 台江区


@pytest.fixture
def change(cast):
    """change("moved", "2023-08-01", at=…) records it for 阳光托育园, by the officer of 鼓楼区."""

    def made(kind, day, at="2023-07-20T10:00", to=SOUTH, institution=None, **more):
        with cast.stage(at):
            where = {"region": cast.region(to)} if kind == "moved" else {}
            return record(
                cast.again(institution or cast.sunshine),
                kind,
                date(day),
                cast.again(cast.gulou_officer),
                **where,
                **more,
            ).id

    return made


def date(text):
    from datetime import date

    return date.fromisoformat(text)
