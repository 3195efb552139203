"""我的账号: what people change about themselves (Manual 5.1)."""

import pytest
from sqlalchemy import select

from tests.accounts.conftest import PASSWORD
from tuoyu import clock
from tuoyu.accounts.links import Link

NEW = "Gui-Hua-2024-y"
DETAILS = {"display_name": "林园长", "mobile": "139 0000 0009"}
MAILBOX = {"email": "lin@example.org", "password": PASSWORD}


@pytest.fixture
def inside(enter):
    return enter()


def error_at(answer, name):
    assert answer.status_code == 422
    return answer.soup.find(id=f"{name}-error").get_text()


def events_on(client):
    [table] = [t for t in client.get("/account").soup.select("table") if "最近" in t.caption.text]
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in table.select("tbody tr")
    ]


def test_the_name_in_the_head_leads_to_the_account(inside):
    assert inside.get("/privacy").soup.select_one(".person a")["href"] == "/account"
    page = inside.get("/account").soup
    text = page.main.get_text()
    assert all(word in text for word in ("Garden_1", "兰园长", "13800000001", "未验证", "鼓东街道"))
    assert page.main.select("input") == []  # the region, above all, is for reading


def test_name_and_mobile_are_changed_and_written_down(inside, user_named):
    with clock.at("2023-07-16T12:00"):
        assert inside.post("/account/details", data=DETAILS).location == "/account"
    user = user_named("Garden_1")
    assert (user.display_name, user.mobile) == ("林园长", "13900000009")
    newest = events_on(inside)[:2]
    assert {tuple(row) for row in newest} == {
        ("2023-07-16 12:00 本人 127.0.0.1", "修改显示名称 兰园长 → 林园长"),
        ("2023-07-16 12:00 本人 127.0.0.1", "修改手机号 138****0001 → 139****0009"),
    }


@pytest.mark.parametrize("taken", ["13700000002", "13600000003"])
def test_a_name_of_somebody_far_away_cannot_be_taken(inside, change, taken):
    change("clerk_1", mobile="13700000002", username="13600000003")
    answer = inside.post("/account/details", data=DETAILS | {"mobile": taken})
    assert "已被注册" in error_at(answer, "mobile")


def test_what_is_not_asked_is_not_changed(inside, user_named):
    more = {"region_code": "350103001002", "is_main": "", "role": "sysadmin", "username": "other_1"}
    inside.post("/account/details", data=DETAILS | more)
    user = user_named("Garden_1")
    assert (user.region_code, user.is_main, user.role) == ("350102001004", True, "institution")


def test_an_officer_needs_no_mobile(enter):
    clerk = enter("clerk_1")
    assert clerk.post("/account/details", data={"display_name": "鼓东新人"}).status_code == 302


def test_a_new_mailbox_is_proven_by_a_link_that_goes_there(inside, client, post, user_named):
    with clock.at("2023-07-16T12:00"):
        assert inside.post("/account/email", data=MAILBOX).location == "/account"
        assert user_named("Garden_1").email == "Garden@example.org"
        link = post.link()
        assert post.letters[0].recipients == ["lin@example.org"]
        assert post.letters[0]["Subject"] == "确认邮箱 - 福建省托育服务登记系统"
    with clock.at("2023-07-16T12:31"):
        assert client.get(link).status_code == 410
    key = {"k": link.partition("k=")[2]}
    with clock.at("2023-07-16T12:29"):
        assert "lin@example.org" in client.get(link).text
        assert user_named("Garden_1").email == "Garden@example.org"  # looking changes nothing
        assert client.post("/account/email/new", data=key).status_code == 302
        assert client.post("/account/email/new", data=key).status_code == 410
    user = user_named("Garden_1")
    assert (user.email, user.email_confirmed_at.minute) == ("lin@example.org", 29)
    farewell = post.wait_for(2)[1]
    assert farewell.recipients == ["Garden@example.org"]
    assert "已更换" in farewell["Subject"]
    assert "lin@example.org" not in farewell.get_content()


def test_a_new_mailbox_is_kept_as_letters_reach_it(inside, user_named):
    inside.post("/account/email", data=MAILBOX | {"email": "lin@QQ。com"})
    assert user_named("Garden_1").email == "lin@qq.com"


def test_a_mailbox_that_is_somebody_elses_by_then_is_not_taken(
    inside, client, post, change, user_named
):
    inside.post("/account/email", data=MAILBOX)
    change("clerk_1", email="LIN@example.org")
    key = {"k": post.link().partition("k=")[2]}
    assert client.post("/account/email/new", data=key).status_code == 422
    assert user_named("Garden_1").email == "Garden@example.org"


def test_letters_are_not_showered_on_strangers(inside, post, user_named):
    for minute in range(5):
        with clock.at(f"2023-07-16T12:0{minute}"):
            mailbox = MAILBOX | {"email": f"stranger{minute}@example.org"}
            assert inside.post("/account/email", data=mailbox).status_code == 302
    with clock.at("2023-07-16T12:59"):
        answer = inside.post("/account/email", data=MAILBOX)
        assert "一小时内最多寄出5封确认邮件，请稍后再试" in error_at(answer, "email")
        assert answer.soup.select_one("[name=email]")["value"] == MAILBOX["email"]
    with clock.at("2023-07-16T13:01"):
        assert inside.post("/account/email", data=MAILBOX).status_code == 302
    assert post.wait_for(6)[5].recipients == [MAILBOX["email"]]


def test_an_address_that_asks_for_letters_without_end_is_stopped(limited, accounts):
    client = limited(RECOVERIES_PER_ADDRESS="2 per minute")
    client.post("/login", data={"username": "garden_1", "password": PASSWORD})
    asked = [client.post("/account/email", data={}).status_code for _ in range(3)]
    assert asked == [422, 422, 429]


@pytest.mark.parametrize("mended", ["by the owner", "by the office"])
def test_who_got_into_an_account_cannot_take_its_mailbox_after_it_was_mended(
    inside, client, post, mended, user_named, cast, signed_in
):
    inside.post("/account/email", data=MAILBOX | {"email": "thief@example.org"})
    link, owner = post.link(), user_named("Garden_1")
    if mended == "by the owner":
        changed = inside.post("/account/password", data=passwords(PASSWORD, NEW))
        assert changed.status_code == 302
    else:
        reason = {"reason": "回拨登记电话，园长本人说账号被盗"}
        reset = signed_in(cast.gulou_officer).post(f"/accounts/{owner.id}/reset", data=reason)
        assert reset.status_code == 200
    key = {"k": link.partition("k=")[2]}
    assert client.post("/account/email/new", data=key).status_code == 410
    assert user_named("Garden_1").email == "Garden@example.org"


def test_a_link_to_a_mailbox_opens_no_password(inside, client, post):
    inside.post("/account/email", data=MAILBOX)
    key = post.link().partition("k=")[2]
    assert client.get(f"/password/new?k={key}").status_code == 410


def test_without_a_mail_server_the_mailbox_changes_at_once_unproven(inside, user_named, change):
    change("Garden_1", email_confirmed_at=clock.now())
    assert "未验证" not in inside.get("/account").soup.main.get_text()
    inside.post("/account/email", data=MAILBOX)
    user = user_named("Garden_1")
    assert (user.email, user.email_confirmed_at) == ("lin@example.org", None)
    assert "未验证" in inside.get("/account").soup.main.get_text()


@pytest.mark.parametrize(
    ("typed", "field", "piece"),
    [
        ({"password": "wrong"}, "password", "密码不正确"),
        ({"email": "clerk@example.org"}, "email", "已被注册"),
        ({"email": "GARDEN@example.org"}, "email", "与现在的邮箱相同"),
        ({"email": "lin@example.org\r\nBcc: evil@example.org"}, "email", "格式"),
    ],
)
def test_a_mailbox_that_will_not_do_is_refused(
    inside, post, change, database_of, typed, field, piece
):
    change("clerk_1", email="clerk@example.org")
    assert piece in error_at(inside.post("/account/email", data=MAILBOX | typed), field)
    assert database_of(select(Link)) == []


def test_guessing_the_password_of_an_open_account_locks_it(inside):
    with clock.at("2023-07-16T12:00"):
        for _ in range(5):
            inside.post("/account/email", data=MAILBOX | {"password": "wrong"})
        answer = inside.post("/account/email", data=MAILBOX)
        assert "锁定" in error_at(answer, "password")


def passwords(old, new):
    return {"old_password": old, "password": new, "password_confirm": new}


def test_a_new_password_ends_the_sessions_elsewhere_but_not_here(inside, enter):
    elsewhere = enter()
    assert inside.post("/account/password", data=passwords(PASSWORD, NEW)).location == "/account"
    assert inside.get("/account").status_code == 200
    assert elsewhere.get("/account").location.startswith("/login")
    assert enter(password=NEW).is_in
    assert events_on(inside)[0][1] == "修改密码"


def test_the_old_password_is_asked(inside, enter):
    answer = inside.post("/account/password", data=passwords("wrong", NEW))
    assert "不正确" in error_at(answer, "old_password")
    assert NEW not in answer.text
    assert enter().is_in


def test_the_page_for_a_new_password_tells_nothing_of_the_old_one(inside):
    """What was used before is told to whoever knows the password; guesses are counted."""
    with clock.at("2023-07-16T12:00"):
        for _ in range(5):
            answer = inside.post("/account/password", data=passwords("wrong", PASSWORD))
            assert answer.soup.find(id="password-error") is None
        assert "锁定" in error_at(
            inside.post("/account/password", data=passwords("wrong", PASSWORD)), "old_password"
        )


def test_the_right_old_password_locks_nothing_whatever_the_new_one_is(inside, enter):
    with clock.at("2023-07-16T12:00"):
        for _ in range(6):
            answer = inside.post("/account/password", data=passwords(PASSWORD, PASSWORD))
            assert "最近5次" in error_at(answer, "password")
        assert enter().is_in


def test_the_last_five_passwords_are_refused(inside):
    old = PASSWORD
    for number in range(5):
        assert "最近5次" in error_at(
            inside.post("/account/password", data=passwords(old, PASSWORD)), "password"
        )
        new = f"Gui-Hua-{number}07-y"
        assert inside.post("/account/password", data=passwords(old, new)).status_code == 302
        old = new
    assert inside.post("/account/password", data=passwords(old, PASSWORD)).status_code == 302


def test_who_must_choose_a_password_first_gets_nowhere_else(inside, change, htmx):
    change("Garden_1", must_change=True)
    assert inside.get("/").location == "/account/password"
    assert inside.get("/account").location == "/account/password"
    assert inside.get("/reports/", headers=htmx("content")).headers["HX-Redirect"]
    refused = inside.post("/account/details", data=DETAILS)
    assert refused.status_code == 403
    assert "请先修改密码" in refused.text
    page = inside.get("/account/password")
    assert "请先设置自己的新密码" in page.text
    assert inside.post("/account/password", data=passwords(PASSWORD, NEW)).status_code == 302
    assert inside.get("/account").status_code == 200


def test_who_must_choose_a_password_may_leave(inside, change):
    change("Garden_1", must_change=True)
    assert inside.post("/logout").location == "/login"
