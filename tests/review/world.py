"""What the tests of the desk need besides the cast."""

import re
from datetime import date

from sqlalchemy import select

from tests.cast import FIRST_WINDOW
from tests.figures import ARCHIVE_FIGURES
from tuoyu import clock
from tuoyu.archives.models import ArchiveRevision
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.workflow.states import State

JUNE, JULY = date(2023, 6, 1), date(2023, 7, 1)
AUGUST_3, AUGUST_7 = "2023-08-03T10:00", "2023-08-07T09:30"

PATHS = {
    "approve": "approval",
    "take_back": "withdrawal-of-approval",
    "approve_for_township": "approval-for-township",
    "confirm": "confirmation",
    "send_back": "return",
    "send_to_township": "township-return",
}


def waiting_report(cast, state=State.AT_TOWNSHIP, institution=None, **options):
    """A report of an institution whose archive is in force."""
    institution = institution or cast.sunshine
    cast.archive(institution)
    return cast.report(institution, state=state, **options)


def stamp(client, kind, paper, move, headers=None, edition=None, moment=FIRST_WINDOW, **form):
    """Post a stamp at that moment, as the form on the page does."""
    with clock.at(moment):
        return post(client, kind, paper, move, headers, edition, **form)


def post(client, kind, paper, move, headers=None, edition=None, **form):
    form = {"edition": paper.edition if edition is None else edition, **form}
    return client.post(f"/review/{kind}/{paper.id}/{PATHS[move]}", data=form, headers=headers)


def look(client, address, moment=FIRST_WINDOW):
    with clock.at(moment):
        return client.get(address)


def names_in(answer):
    """The institutions of a list, from top to bottom."""
    return [cell.get_text(strip=True) for cell in answer.soup.select("tbody th")]


def tabs_in(answer):
    """{label: (count, address)} of the tabs above a list."""
    found = {}
    for link in answer.soup.select(".tabs a"):
        label, count = re.fullmatch(r"(\D+?)\s*(\d+)", link.get_text(" ", strip=True)).groups()
        found[label] = (int(count), link["href"])
    return found


def state_of(cast, paper):
    with cast.stage():
        return cast.again(paper).state


def steps_of(cast, paper):
    with cast.stage():
        return [step.move for step in cast.again(paper).steps]


def many_archives(cast, count):
    """So many institutions of 鼓东街道 whose archives wait at the township, some of them anew."""
    with cast.stage():
        region = cast.region("350102001004")
        for number in range(count):
            code = "91350100M000100Y43"
            institution = Institution(name=f"第{number:03}托育园", unified_social_credit_code=code)
            institution.settle_in(region)
            db.session.add(institution)
            db.session.flush()
            db.session.add(
                ArchiveRevision(
                    institution_id=institution.id,
                    region_path=region.path,
                    state=State.AT_TOWNSHIP,
                    submitted_at=clock.now(),
                    institution_name=institution.name,
                    unified_social_credit_code=code,
                    **ARCHIVE_FIGURES,
                )
            )
        db.session.flush()
        return [a.id for a in db.session.scalars(select(ArchiveRevision))]
