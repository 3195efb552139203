"""A forgotten password, with a real mail server (Manual 5.2)."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, local

import pytest
from sqlalchemy import event, select

from tests.accounts.conftest import PASSWORD
from tuoyu import clock
from tuoyu.accounts.events import AccountEvent, Event
from tuoyu.accounts.links import Link, Purpose, make
from tuoyu.extensions import db

NEW = "Gui-Hua-2024-y"
TYPED = {"username": "garden_1", "contact": "13800000001"}
NOON = "2023-07-16T12:00"


@pytest.fixture
def ask(client, accounts, post):
    """ask(contact="…") fills in the form of the forgotten password."""
    return lambda **typed: client.post("/password/forgotten", data=TYPED | typed)


@pytest.fixture
def choose(app):
    """choose(link) sets a password behind it, in a browser of its own."""

    def send(link, password=NEW, again=None):
        key = link.partition("k=")[2]
        typed = {"k": key, "password": password, "password_confirm": again or password}
        return app.test_client().post("/password/new", data=typed)

    return send


@pytest.mark.parametrize("contact", ["138 0000 0001", "GARDEN@example.org", "garden@Example。org"])
def test_a_link_comes_to_the_reserved_mailbox_and_opens_once(
    client, ask, post, choose, enter, database_of, contact
):
    answer = ask(contact=contact)
    assert (answer.status_code, answer.location) == (302, "/password/sent")
    link = post.link()
    [letter] = post.letters
    assert letter.recipients == [letter["To"]] == ["Garden@example.org"]
    assert letter["Subject"] == "找回密码 - 福建省托育服务登记系统"
    assert letter["From"].addresses[0].display_name == "福建省托育服务登记系统"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert "Garden_1" in letter.get_content()
    shown = client.get(link)
    assert (shown.status_code, shown.headers["Referrer-Policy"]) == (200, "strict-origin")
    assert client.get(link).status_code == 200  # looking does not use it up
    [kept] = database_of(select(Link))
    assert kept.digest not in link
    assert choose(link).location == "/login"
    assert enter(password=NEW).is_in
    assert not enter(password=PASSWORD).is_in
    assert client.get(link).status_code == choose(link, "Mei-Hua-2025-z").status_code == 410
    assert "已失效" in client.get(link).text


@pytest.mark.parametrize(
    "name", ["138 0000 0001", "+86 138 0000 0001", "garden@EXAMPLE。org", "garden @example.org"]
)
def test_whoever_can_sign_in_by_a_name_can_ask_by_it(ask, post, enter, name):
    assert enter(name).is_in
    ask(username=name)
    assert post.wait_for()[0].recipients == ["Garden@example.org"]


@pytest.fixture
def over_https(limited):
    """A browser that came by HTTPS to the program as it is served."""
    return limited(WTF_CSRF_ENABLED=True)


HTTPS = {"base_url": "https://localhost"}


def referer_after(answer):
    """What a browser says of the page `answer`, to ourselves, in the head of the next request."""
    told = {"strict-origin": "https://localhost/", "same-origin": answer.request.url}
    policy = answer.headers["Referrer-Policy"]
    return {"Referer": told[policy]} if policy in told else {}


def test_over_https_the_form_behind_a_link_is_taken(ask, post, over_https, enter):
    ask()
    link = post.link()
    shown = over_https.get(link, **HTTPS)
    typed = {i["name"]: i.get("value", "") for i in shown.soup.select("main form input[name]")}
    typed |= {"password": NEW, "password_confirm": NEW}
    came_from = referer_after(shown)
    assert typed["k"] not in str(came_from)
    answer = over_https.post("/password/new", data=typed, headers=came_from, **HTTPS)
    assert (answer.status_code, answer.location) == (302, "/login")
    assert enter(password=NEW).is_in


def test_a_form_that_grew_too_old_does_not_list_its_key(ask, post, over_https):
    ask()
    typed = {"k": post.link().partition("k=")[2], "password": NEW, "password_confirm": NEW}
    held = over_https.post("/password/new", data=typed)
    assert held.status_code == 400
    assert held.soup.select_one("main form [name=k]")["value"] == typed["k"]
    assert not held.soup.select("main li")
    assert NEW not in held.text


@pytest.mark.parametrize("email", ["lan-hua@example.org", "86138@example.org"])
def test_a_mailbox_is_known_by_its_own_spelling(ask, post, change, email):
    change("Garden_1", email=email)
    ask(contact=f" {email}")
    assert post.wait_for()[0].recipients == [email]


@pytest.mark.parametrize(
    "typed",
    [
        {"username": "nobody_1"},
        {"contact": "13900000009"},
        {"contact": "other@example.org"},
        {"username": "clerk_1", "contact": "13700000002"},
    ],
)
def test_an_account_that_is_not_there_gets_the_same_answer(ask, post, change, database_of, typed):
    change("clerk_1", mobile="13700000002", email="clerk@example.org")
    unknown, known = ask(**typed), ask()
    assert unknown.data == known.data
    assert dict(unknown.headers) == dict(known.headers)
    post.wait_for()
    assert [letter["To"] for letter in post.letters] == ["Garden@example.org"]
    rows = database_of(select(AccountEvent).order_by(AccountEvent.id))
    assert [(row.kind, row.user_id is None) for row in rows] == [
        (Event.RECOVERY, True),
        (Event.RECOVERY, False),
    ]


def test_a_closed_account_gets_no_letter(ask, post, change, database_of):
    change("Garden_1", active=False)
    assert ask().location == "/password/sent"
    assert database_of(select(Link)) == []


def test_a_link_lasts_half_an_hour(client, ask, post, choose):
    with clock.at("2023-07-16T12:00:00"):
        ask()
    with clock.at("2023-07-16T12:29:59"):
        assert client.get(post.link()).status_code == 200
    with clock.at("2023-07-16T12:30:00"):
        assert client.get(post.link()).status_code == 410
        assert choose(post.link()).status_code == 410


def test_a_new_link_makes_the_old_one_void(client, ask, post):
    for number in (1, 2):
        ask()
        post.wait_for(number)
    assert client.get(post.link(1)).status_code == 410
    assert client.get(post.link(2)).status_code == 200


def test_of_two_who_click_at_once_one_is_told(ask, post, choose, enter):
    ask()
    link = post.link()
    tries = [NEW, "Mei-Hua-2025-z"]
    with ThreadPoolExecutor(2) as two:
        answers = list(two.map(lambda password: choose(link, password).status_code, tries))
    assert sorted(answers) == [302, 410]
    assert [enter(password=password).is_in for password in tries] == [
        status == 302 for status in answers
    ]


def at_once(app, *calls):
    """The statuses of two requests; each waits for the other, if it comes, after the first thing
    that it writes about an account."""
    here, gate = local(), Barrier(2, timeout=0.5)

    def meet(connection, cursor, statement, *_):
        if "login_attempts" in statement or statement.startswith("SELECT") or hasattr(here, "met"):
            return
        here.met = True
        with suppress(BrokenBarrierError):
            gate.wait()

    with app.app_context():
        engine = db.engine
    event.listen(engine, "after_cursor_execute", meet)
    try:
        with ThreadPoolExecutor(2) as two:
            return [answer.status_code for answer in two.map(lambda call: call(), calls)]
    finally:
        event.remove(engine, "after_cursor_execute", meet)


@pytest.mark.parametrize(
    ("one", "other", "statuses"),
    [
        ("reset", "reset", [{200}, {200}]),
        ("choose", "reset", [{302, 410}, {200}]),
        ("choose", "ask", [{302, 410}, {302}]),
        ("confirm", "reset", [{302, 410}, {200}]),
        ("wish", "reset", [{302, 401}, {200}]),
        ("change", "reset", [{302, 401}, {200}]),
        ("change", "change", [{302, 401}, {302, 401}]),
    ],
)
def test_what_is_done_to_an_account_at_once_is_done_in_turn(
    app, cast, signed_in, enter, ask, choose, user_named, one, other, statuses
):
    user = user_named("Garden_1")
    officers = iter([signed_in(cast.gulou_officer), signed_in(cast.gulou_officer)])
    keys = {}
    with cast.stage(NOON):
        for purpose in Purpose:
            keys[purpose] = make(cast.again(user), purpose, address="new@example.org")
    called_back = {"reason": "已回拨"}
    wish = {"email": "other@example.org", "password": PASSWORD}
    change = {"old_password": PASSWORD, "password": NEW, "password_confirm": NEW}
    inside = iter([enter(), enter()])
    acts = {
        "reset": lambda: next(officers).post(f"/accounts/{user.id}/reset", data=called_back),
        "choose": lambda: choose(f"k={keys[Purpose.PASSWORD]}"),
        "confirm": lambda: app.test_client().post(
            "/account/email/new", data={"k": keys[Purpose.EMAIL]}
        ),
        "ask": ask,
        "wish": lambda: next(inside).post("/account/email", data=wish),
        "change": lambda: next(inside).post("/account/password", data=change),
    }
    with clock.at(NOON):
        answers = at_once(app, acts[one], acts[other])
    assert all(status in may for status, may in zip(answers, statuses, strict=True))


def test_every_session_ends_and_a_lock_is_taken_off(ask, post, choose, enter):
    inside = enter()
    assert inside.get("/account").status_code == 200
    with clock.at(NOON):
        for _ in range(5):
            enter(password="wrong")
        assert not enter().is_in
        ask()
        choose(post.link())
        assert enter(password=NEW).is_in
    assert inside.get("/account").location.startswith("/login")


@pytest.mark.parametrize(
    ("password", "again", "piece"),
    [
        ("short", None, "10至128位"),
        ("Lanhua-2077-b", None, "拼音"),
        (NEW, "other", "不一致"),
        (PASSWORD, None, "最近5次"),
    ],
)
def test_a_password_that_will_not_do_leaves_the_link_open(
    ask, post, choose, password, again, piece
):
    ask()
    answer = choose(post.link(), password, again)
    assert answer.status_code == 422
    assert piece in answer.text
    assert choose(post.link()).status_code == 302


def test_letters_are_not_showered_on_a_mailbox(ask, post, database_of):
    for minute in range(7):
        with clock.at(f"2023-07-16T12:0{minute}"):
            ask()
    with clock.at("2023-07-16T13:10"):
        ask()
    assert len(post.wait_for(6)) == 6


def test_who_asks_on_and_on_keeps_nobody_out(ask, post):
    for hour in (12, 13):
        for minute in range(0, 60, 10):
            with clock.at(f"2023-07-16T{hour}:{minute:02}"):
                ask()
    assert len(post.wait_for(10)) == 10


def test_asks_at_once_get_no_more_letters(app, post, accounts, database_of):
    def ask(_):
        return app.test_client().post("/password/forgotten", data=TYPED)

    with ThreadPoolExecutor(8) as crowd:
        assert {answer.status_code for answer in crowd.map(ask, range(16))} == {302}
    kinds = [event.kind for event in database_of(select(AccountEvent))]
    assert [kinds.count(kind) for kind in (Event.RECOVERY, Event.RECOVERY_REFUSED)] == [5, 11]


def test_an_address_that_asks_without_end_is_stopped(limited):
    client = limited(RECOVERIES_PER_ADDRESS="2 per minute")
    asked = [client.post("/password/new", data={}).status_code for _ in range(3)]
    assert asked == [410, 410, 429]


def test_whoever_is_stopped_is_told_for_how_long(limited, accounts, post):
    client = limited(RECOVERIES_PER_ADDRESS="10 per minute; 3 per hour")
    for _ in range(4):
        answer = client.post("/password/forgotten", data=TYPED)
    assert "请等60分钟再点“继续提交”" in answer.soup.main.get_text()
    told = client.post("/password/forgotten", data=TYPED, headers={"HX-Request": "true"})
    assert "请等60分钟再试" in told.text


def test_the_mail_server_may_be_down(ask, post, app, monkeypatch, caplog):
    server = app.config["MAIL_SERVER"]
    monkeypatch.setitem(app.config, "MAIL_SERVER", server._replace(port=1))
    assert ask().location == "/password/sent"
    wait_until(lambda: "given up" in caplog.text)
    monkeypatch.setitem(app.config, "MAIL_SERVER", server)
    ask()
    link = post.link()
    assert len(post.letters) == 1
    assert "example.org" not in caplog.text
    assert link.partition("k=")[2] not in caplog.text


def test_a_letter_that_is_not_taken_is_tried_again(ask, post, caplog):
    post.refusals = ["451 later", "451 later"]
    ask()
    assert post.link()
    assert caplog.text.count("again in") == 2


def test_a_letter_refused_for_good_is_given_up(ask, post, caplog):
    post.refusals = ["554 never"]
    ask()
    wait_until(lambda: "given up" in caplog.text)
    assert post.letters == []
    assert "again in" not in caplog.text


def test_no_name_gets_into_the_head_of_a_letter(ask, post, change):
    change("Garden_1", display_name="兰园长\r\nBcc: evil@example.org\r\n\r\n请点 http://evil")
    ask()
    [letter] = post.wait_for()
    assert letter["Bcc"] is None
    assert letter.recipients == ["Garden@example.org"]
    assert "evil" not in letter.as_string()


def test_a_link_leads_to_the_address_of_the_system(ask, post, app, client, accounts, monkeypatch):
    monkeypatch.setitem(app.config, "TUOYU_ADDRESS", "https://tuoyu.example.cn")
    client.post("/password/forgotten", data=TYPED, headers={"Host": "evil.example.org"})
    assert "https://tuoyu.example.cn/password/new?k=" in post.wait_for()[0].get_content()


def test_without_a_mail_server_the_page_says_whom_to_call(client, accounts, database_of):
    page = client.get("/password/forgotten")
    assert page.soup.select("form[method=post][action='/password/forgotten']") == []
    assert len(page.soup.select("optgroup")) == 10
    asked = client.get("/password/forgotten?county=350102000000")
    assert "福州市鼓楼区卫生健康局" in asked.soup.find(role="status").get_text()
    assert client.post("/password/forgotten", data=TYPED).status_code == 409
    assert database_of(select(Link)) == []


def test_the_login_page_leads_there_and_shows_the_address(client):
    page = client.get("/login").soup
    assert page.select_one("a[href='/password/forgotten']")
    drawing = client.get(page.select_one("main img")["src"])
    assert drawing.mimetype == "image/svg+xml"
    assert b"<svg" in drawing.data
    assert "max-age" in drawing.headers["Cache-Control"]


def wait_until(true):
    import time

    end = time.monotonic() + 5
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)
