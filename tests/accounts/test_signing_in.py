from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from tests.accounts.conftest import PASSWORD
from tuoyu import clock
from tuoyu.accounts.models import LoginAttempt
from tuoyu.accounts.visits import WRONG

NOON = "2023-07-16T12:00"


@pytest.fixture
def sign_in(client, accounts):
    def post(username="garden_1", password=PASSWORD, to="", client=client):
        typed = {"username": username, "password": password, "next": to}
        return client.post("/login", data=typed)

    return post


def said(answer):
    return answer.soup.select_one(".error-summary").get_text(" ", strip=True)


def is_in(client):
    return client.get("/login").status_code == 302


@pytest.mark.parametrize(
    "name", ["Garden_1", "GARDEN_1", "13800000001", "garden@example.ORG", " ＧＡＲＤＥＮ＿１ "]
)
def test_account_mobile_and_mail_all_open(client, sign_in, name):
    answer = sign_in(name)
    assert (answer.status_code, answer.location) == (302, "/")
    assert "兰园长" in client.get("/privacy").soup.header.get_text()


def test_a_password_typed_full_width_is_the_same(client, sign_in):
    assert sign_in(password=PASSWORD.replace("2023", "２０２３")).status_code == 302


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("garden_1", PASSWORD.lower()),
        ("nobody_1", PASSWORD),
        ("garden_1\x00", "x\x00y"),
        ("%", "' or 1=1 --"),
        ("garden_1", "x" * 10_000),
    ],
)
def test_who_and_what_was_wrong_is_not_told(client, sign_in, name, password):
    answer = sign_in(name, password)
    assert answer.status_code == 422
    assert WRONG in said(answer)
    assert answer.soup.select_one("input[name=password]").get("value", "") == ""
    assert not is_in(client)


def test_a_name_nobody_has_costs_a_hash_as_well(sign_in, monkeypatch):
    hashed = []
    monkeypatch.setattr("tuoyu.accounts.visits.hashed", hashed.append)
    sign_in("nobody_1", "Some-Thing-1")
    assert hashed == ["Some-Thing-1"]


def test_blanks_are_told_beside_the_fields(client):
    answer = client.post("/login", data={})
    assert answer.status_code == 422
    assert answer.soup.find(id="username-error")
    assert answer.soup.find(id="password-error")


def test_a_suspended_account_is_told_so_to_its_owner_only(client, sign_in, change):
    change("Garden_1", active=False)
    assert "已停用" in said(sign_in())
    assert WRONG in said(sign_in(password="wrong"))


def test_a_session_ends_with_the_suspension(client, sign_in, change):
    sign_in()
    assert is_in(client)
    change("Garden_1", active=False)
    assert not is_in(client)


@pytest.mark.parametrize("name", ["garden_1", "nobody_1"])
def test_the_fifth_wrong_password_locks_for_a_quarter_of_an_hour(client, sign_in, name):
    for minute in range(5):
        with clock.at(f"2023-07-16T12:0{minute}"):
            assert WRONG in said(sign_in(name, "wrong"))
    with clock.at("2023-07-16T12:18:59"):
        locked = sign_in(name)
        assert locked.status_code == 422
        assert "12:19" in said(locked)
        assert not is_in(client)
    with clock.at("2023-07-16T12:19:01"):
        assert "锁定" not in sign_in(name).get_data(as_text=True)
        assert is_in(client) == (name == "garden_1")


def test_a_lock_by_any_name_is_the_lock_of_the_account(sign_in):
    with clock.at(NOON):
        for name in ("garden_1", "GARDEN_1", "13800000001", "garden@example.org", "garden_1"):
            sign_in(name, "wrong")
        assert "锁定" in said(sign_in("13800000001"))
        assert sign_in("clerk_1").status_code == 302


def test_guesses_sent_all_at_once_are_counted_too(app, sign_in, database_of):
    def guess(number):
        return said(sign_in(password=f"guess {number}", client=app.test_client()))

    with clock.at(NOON), ThreadPoolExecutor(12) as many:
        answers = list(many.map(guess, range(24)))
    assert sum(WRONG in answer for answer in answers) == 5
    assert database_of(select(func.count(LoginAttempt.id))) == [5]


def test_five_wrong_passwords_spread_over_the_day_lock_nothing(sign_in):
    for minute in (0, 4, 8, 12, 16, 20):
        with clock.at(f"2023-07-16T12:{minute:02d}"):
            assert WRONG in said(sign_in(password="wrong"))


def test_the_right_password_clears_the_slate(sign_in, client):
    with clock.at(NOON):
        for _ in range(4):
            sign_in(password="wrong")
        assert sign_in().status_code == 302
        client.post("/logout")
        for _ in range(4):
            assert WRONG in said(sign_in(password="wrong"))
        assert sign_in().status_code == 302


def test_old_tries_do_not_pile_up(sign_in, database_of):
    with clock.at(NOON):
        for number in range(3):
            sign_in(f"nobody_{number}", "wrong")
    with clock.at("2023-07-16T13:00"):
        sign_in("nobody_9", "wrong")
    assert database_of(select(func.count(LoginAttempt.id))) == [1]


def test_what_was_typed_as_a_name_is_not_kept(sign_in, database_of):
    sign_in("My-Secret-1", "wrong")
    assert "my-secret-1" not in database_of(select(LoginAttempt.account))[0]


def test_signing_out_closes_every_copy_of_the_session(app, client, sign_in):
    sign_in()
    copied = client.get_cookie("session").value
    elsewhere = app.test_client()
    elsewhere.set_cookie("session", copied)
    assert is_in(elsewhere)
    answer = client.post("/logout")
    assert (answer.status_code, answer.location) == (302, "/login")
    assert "已退出" in client.get("/login").soup.find(id="flashes").get_text()
    assert not is_in(client)
    assert not is_in(elsewhere)


def test_signing_out_without_a_session_is_no_mishap(client):
    assert client.post("/logout").location == "/login"
    assert client.get("/logout").status_code == 405


def test_the_session_of_before_is_not_carried_into_the_new_one(client, sign_in):
    with client.session_transaction() as session:
        session.update(planted="x", csrf_token="planted")
    sign_in()
    with client.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != "planted"


@pytest.mark.parametrize(
    ("to", "goes"),
    [
        ("/reports/12?tab=2", "/reports/12?tab=2"),
        ("", "/"),
        ("https://example.org/", "/"),
        ("//example.org", "/"),
        ("/\\example.org", "/"),
        ("\\\\example.org", "/"),
        ("/\t/example.org", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: x=1", "/"),
    ],
)
def test_only_a_page_of_ours_comes_next(client, sign_in, to, goes):
    shown = client.get("/login", query_string={"next": to})
    assert shown.soup.select_one("input[name=next]")["value"] == goes
    assert sign_in(to=to).location == goes
    assert client.get("/login", query_string={"next": to}).location == goes


@pytest.mark.parametrize(("name", "minutes"), [("garden_1", 30), ("clerk_1", 15)])
def test_a_pause_that_is_too_long_ends_the_visit(client, sign_in, name, minutes):
    with clock.at("2023-07-16T08:00"):
        sign_in(name)
    with clock.at(f"2023-07-16T08:{minutes - 1}"):
        assert is_in(client)
    hour, minute = divmod(8 * 60 + 2 * minutes - 2, 60)
    with clock.at(f"2023-07-16T{hour:02d}:{minute:02d}"):
        assert is_in(client)
    with clock.at("2023-07-16T12:00"):
        assert not is_in(client)


def test_a_form_from_before_the_pause_can_still_be_sent(client, sign_in):
    with clock.at("2023-07-16T08:00"):
        sign_in()
        with client.session_transaction() as session:
            session["csrf_token"] = "mine"
    with clock.at("2023-07-16T12:00"):
        sign_in()
        with client.session_transaction() as session:
            assert session["csrf_token"] == "mine"


@pytest.fixture
def desk(strict_app, accounts):
    """A browser that several people use, to which forms must bring their token."""
    return strict_app.test_client()


def token_on(answer):
    return answer.soup.select_one("main [name=csrf_token]")["value"]


def enter_at(desk, name, token=None):
    token = token or token_on(desk.get("/login"))
    typed = {"username": name, "password": PASSWORD, "csrf_token": token}
    assert desk.post("/login", data=typed).status_code == 302


def press_again(desk, held):
    fields = held.soup.select("main form input[type=hidden]")
    sent = {field["name"]: field["value"] for field in fields}
    return desk.post(held.soup.select_one("main form")["action"], data=sent)


@pytest.mark.parametrize("lost", ["by a pause", "with its cookie", "to who signed in beside"])
def test_what_one_person_typed_is_never_sent_as_another_s(desk, user_named, lost):
    with clock.at("2023-07-16T08:00"):
        enter_at(desk, "garden_1")
        token = token_on(desk.get("/account/details"))
    with clock.at("2023-07-16T12:00" if lost == "by a pause" else "2023-07-16T08:10"):
        if lost == "with its cookie":
            desk.delete_cookie("session")
        if lost == "to who signed in beside":
            enter_at(desk, "clerk_1", token)
        typed = {"display_name": "林园长", "mobile": "13900000009", "csrf_token": token}
        held = desk.post("/account/details", data=typed)
        if lost != "to who signed in beside":
            assert held.status_code == 401
            enter_at(desk, "clerk_1")
            held = press_again(desk, held)
        for _ in range(2):
            assert held.status_code == 403
            assert "这是另一账号填写的内容，没有保存" in held.soup.main.get_text()
            assert "林园长" in held.soup.main.li.get_text()
            held = press_again(desk, held)
        in_place = desk.post("/account/details", data=typed, headers={"HX-Request": "true"})
        assert in_place.status_code == 403
        assert "另一账号" in in_place.text
        assert "HX-Trigger" not in in_place.headers
        assert user_named("clerk_1").mobile is None
        desk.delete_cookie("session")
        enter_at(desk, "garden_1")
        press_again(desk, press_again(desk, held))
        assert user_named("Garden_1").display_name == "林园长"


def test_the_cookie_is_for_the_server_alone(sign_in):
    flags = sign_in().headers["Set-Cookie"]
    assert "HttpOnly" in flags
    assert "SameSite=Lax" in flags


def test_a_form_without_its_token_is_not_taken(strict_app, accounts):
    typed = {"username": "garden_1", "password": PASSWORD}
    answer = strict_app.test_client().post("/login", data=typed)
    assert answer.status_code == 400
    assert PASSWORD not in answer.text


def test_an_address_that_knocks_without_end_is_stopped(limited):
    client = limited(LOGINS_PER_ADDRESS="2 per minute")
    assert [client.post("/login", data={}).status_code for _ in range(3)] == [422, 422, 429]
    from_elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.post("/login", data={}, environ_base=from_elsewhere).status_code == 422


def test_a_page_that_is_not_there_still_knows_who_asked(client, sign_in):
    sign_in()
    answer = client.get("/no-such-page")
    assert answer.status_code == 404
    assert "兰花托育园" in answer.soup.header.get_text()
