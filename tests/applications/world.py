"""What the tests of the applications do: ask, stamp, look."""

import io

from PIL import Image

from tests.cast import JUNE
from tuoyu import clock
from tuoyu.applications.models import Application
from tuoyu.extensions import db
from tuoyu.workflow.states import State

JULY_17 = "2023-07-17T10:00"
AFTER_CLOSING = "2023-07-24T09:00"  # the first month closes on 23 July
NEW_VILLAGE = {"same county": "350102002002", "other county": "350103001002"}
REASON = {"reason": "租约到期，另租新址"}
ASKED = {
    "move": REASON | {"region_code": NEW_VILLAGE["other county"], "new_address": "茶亭街5号"},
    "suspend": {"starts_on": "2023-08-01", "ends_on": "2023-08-20", "reason": "暑期装修"},
    "close": {
        "starts_on": "2023-08-31",
        "settlement": "48 名婴幼儿已转至邻近机构，预收费用已退清",
        "reason": "租约到期",
    },
    "reopen": {"starts_on": "2023-08-10", "reason": "装修完工"},
}
PATHS = {
    "approve": "approval",
    "approve_for_township": "approval-for-township",
    "confirm": "confirmation",
    "release": "release",
    "receive": "acceptance",
    "pass_up": "forwarding",
    "send_back": "return",
    "send_to_township": "township-return",
    "take_back": "withdrawal-of-approval",
}


def a_picture(colour="white", kind="JPEG", size=(60, 40)):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind)
    file.seek(0)
    return file


def a_pdf():
    return io.BytesIO(b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")


def ask(client, kind, do="submit", moment=JULY_17, **changes):
    """Fill in the form of this kind and press a button."""
    with clock.at(moment):
        data = ASKED.get(kind, {}) | {"do": do} | changes
        return client.post(f"/applications/new/{kind}", data=data)


def correct(client, report, do="submit", moment=JULY_17, files=None, **figures):
    """Fill in the form of a correction of this month."""
    proof = [(a_picture(), "在册登记.jpg")] if files is None else files
    data = {"reason": "统计时多算 2 人", "do": do, "evidence": proof} | figures
    with clock.at(moment):
        return client.post(f"/applications/corrections/{report.id}", data=data)


def the_application(cast):
    """The one on the stage, as it stands now."""
    with cast.stage():
        found = db.session.scalars(db.select(Application).order_by(Application.id.desc())).first()
        return cast.detached(found) if found else None


def stamp(client, application, move, moment=JULY_17, edition=None, **form):
    form = {"edition": application.edition if edition is None else edition, **form}
    with clock.at(moment):
        return client.post(f"/review/applications/{application.id}/{PATHS[move]}", data=form)


def see(client, address, moment=JULY_17):
    with clock.at(moment):
        return client.get(address)


def state_of(cast, application):
    with cast.stage():
        return cast.again(application).state


def moves_of(cast, application):
    with cast.stage():
        return [step.move for step in cast.again(application).steps]


def confirmed_june(cast, institution=None):
    return cast.report(institution or cast.sunshine, JUNE, State.CONFIRMED)


def current_line(answer):
    """The one line that says where the application stands."""
    return answer.soup.select_one("#standing").get_text(" ", strip=True)
