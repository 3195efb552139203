"""The operators of an institution, and the hand-over of its main account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from tests.accounts.conftest import PASSWORD
from tuoyu import clock
from tuoyu.accounts.handover import Handover
from tuoyu.accounts.handover import hand_over as hand_over_account
from tuoyu.accounts.models import User
from tuoyu.extensions import db
from tuoyu.refusal import Refusal
from tuoyu.scope import EVERYWHERE, looking

NEW = "Gui-Hua-2024-y"


def typed(number):
    return {
        "display_name": f"操作员{number}",
        "username": f"helper_{number}",
        "mobile": f"1390000000{number}",
    }


@pytest.fixture
def main(enter):
    return enter()


@pytest.fixture
def add(main):
    """add(1) makes the operator helper_1; answers the page with the link."""
    return lambda number: main.post("/account/operators/new", data=typed(number))


@pytest.fixture
def join(app, add, user_named):
    """join(1) makes the operator helper_1, who chooses the password NEW; answers the User."""

    def through_the_link(number):
        key = link_on(add(number)).partition("k=")[2]
        chosen = {"k": key, "password": NEW, "password_confirm": NEW}
        assert app.test_client().post("/password/new", data=chosen).status_code == 302
        return user_named(f"helper_{number}")

    return through_the_link


def link_on(answer):
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.soup.textarea.get_text(strip=True)


def test_an_operator_chooses_a_password_within_a_day_and_works_alike(client, add, enter):
    with clock.at("2023-07-16T12:00"):
        link = link_on(add(1))
    with clock.at("2023-07-17T12:00"):
        assert client.get(link).status_code == 410
    with clock.at("2023-07-17T11:59"):
        assert "helper_1" in client.get(link).text
        chosen = {"k": link.partition("k=")[2], "password": NEW, "password_confirm": NEW}
        assert client.post("/password/new", data=chosen).location == "/login"
    helper = enter("helper_1", NEW)
    assert helper.get("/reports/").status_code == 200
    assert "兰花托育园" in helper.get("/account").soup.header.get_text()


def test_there_are_three_at_most(add, main, user_named):
    for number in (1, 2, 3):
        assert add(number).status_code == 200
    assert "已满" in main.get("/account/operators").text
    full = add(4)
    assert full.status_code == 409
    assert "最多同时有3名" in full.text
    third = user_named("helper_3").id
    assert main.post(f"/account/operators/{third}/disabling").status_code == 302
    assert add(4).status_code == 200
    assert main.post(f"/account/operators/{third}/enabling").status_code == 409


def test_of_two_who_are_added_at_once_only_one_finds_room(app, add, enter, database_of):
    add(1), add(2)
    windows = [enter(), enter()]

    def press(number):
        return windows[number].post("/account/operators/new", data=typed(number + 5)).status_code

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(press, [0, 1])) == [200, 409]
    assert database_of(select(func.count(User.id)).where(~User.is_main, User.active))[0] == 4


def test_a_taken_name_is_told_beside_the_field(main):
    answer = main.post("/account/operators/new", data=typed(1) | {"username": "CLERK_1"})
    assert answer.status_code == 422
    assert "已被注册" in answer.soup.find(id="username-error").get_text()


def test_who_is_disabled_is_out_at_the_next_click(main, join, enter):
    helper = join(1)
    inside = enter("helper_1", NEW)
    main.post(f"/account/operators/{helper.id}/disabling")
    assert inside.get("/account").location.startswith("/login")
    assert not enter("helper_1", NEW).is_in
    main.post(f"/account/operators/{helper.id}/enabling")
    assert enter("helper_1", NEW).is_in


def test_a_new_link_for_an_operator_voids_the_password(main, join, enter, client):
    helper = join(1)
    link = link_on(main.post(f"/account/operators/{helper.id}/link"))
    assert not enter("helper_1", NEW).is_in
    assert client.get(link).status_code == 200


def test_an_operator_manages_nobody(join, enter):
    helper = join(1)
    inside = enter("helper_1", NEW)
    page = inside.get("/account/operators").soup.main
    assert page.select("form") == []
    for address in ("/account/operators/new", "/account/handover"):
        assert inside.get(address).status_code == 403
    assert inside.post("/account/operators/new", data=typed(2)).status_code == 403
    assert inside.post(f"/account/operators/{helper.id}/disabling").status_code == 403


def test_the_main_account_is_no_operator_of_itself(main, user_named):
    own = user_named("Garden_1").id
    assert main.post(f"/account/operators/{own}/disabling").status_code == 404


@pytest.fixture
def hand_over(main):
    def post(operator, client=main, **more):
        data = {"operator": operator.id, "reason": "园长调离", **more}
        return client.post("/account/handover", data=data)

    return post


def test_the_main_account_passes_on_with_date_reason_and_both_names(
    main, join, hand_over, user_named, database_of
):
    helper = join(1)
    with clock.at("2023-07-16T12:00"):
        assert hand_over(helper).location == "/account/operators"
        assert not user_named("Garden_1").is_main
        assert user_named("helper_1").is_main
        [kept] = database_of(select(Handover))
        assert (kept.from_name, kept.to_name) == ("兰园长", "操作员1")
        assert (kept.handed_on, kept.reason) == (date(2023, 7, 16), "园长调离")
        assert main.get("/account/handover").status_code == 403
        paper = main.get("/account/handovers.pdf")
        assert "交给 操作员1：园长调离" in main.get("/account").text
    assert paper.mimetype == "application/pdf"
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(paper.data)).pages)
    assert all(
        word in text for word in ("兰园长", "操作员1", "园长调离", "2023年7月16日", "兰花托育园")
    )


def test_who_leaves_is_out(main, join, hand_over, enter):
    helper = join(1)
    assert hand_over(helper, leaves="y").location == "/login"
    assert main.get("/account").location.startswith("/login")
    assert not enter().is_in
    assert enter("helper_1", NEW).get("/account/handover").status_code == 200


def test_who_has_no_password_yet_cannot_take_over(add, main, user_named):
    add(1)
    form = main.get("/account/handover").soup
    assert form.select("select") == []
    typed = {"operator": user_named("helper_1").id, "reason": "园长调离"}
    assert main.post("/account/handover", data=typed).status_code == 422


def test_of_two_hand_overs_at_once_one_happens(join, hand_over, enter, database_of):
    first, second = join(1), join(2)
    windows = [enter(), enter()]
    with ThreadPoolExecutor(2) as two:
        answers = two.map(
            lambda pair: hand_over(*pair).status_code, zip((first, second), windows, strict=True)
        )
        assert sorted(answers) == [302, 403]
    assert len(database_of(select(Handover))) == 1


def test_who_was_disabled_a_moment_ago_cannot_take_over(app, join, user_named):
    operator = join(1)
    with app.app_context(), looking(EVERYWHERE):
        main, seen = (
            db.session.scalars(select(User).where(User.username == name)).one()
            for name in ("Garden_1", operator.username)
        )
        with db.engine.begin() as elsewhere:
            elsewhere.execute(update(User).where(User.id == seen.id).values(active=False))
        with pytest.raises(Refusal):
            hand_over_account(main, seen, "离职")


def test_two_main_accounts_cannot_be_kept(join, change):
    join(1)
    with pytest.raises(IntegrityError):
        change("helper_1", is_main=True)


def test_the_old_password_stays_with_the_person(join, hand_over, enter):
    hand_over(join(1))
    assert enter(password=PASSWORD).is_in
