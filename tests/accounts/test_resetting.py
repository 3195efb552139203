"""An office sets the accounts right that it keeps, after calling back."""

import pytest
from sqlalchemy import select

from tests.accounts.conftest import PASSWORD
from tuoyu import clock
from tuoyu.accounts.events import AccountEvent, Event
from tuoyu.accounts.passwords import hashed

REASON = {"reason": "7月16日10时回拨档案登记电话，园长本人接听"}
NEW = "Gui-Hua-2024-y"


@pytest.fixture
def reset(signed_in):
    """reset(officer, user) presses the button; answers the page with the link."""

    def press(by, user, data=REASON):
        return signed_in(by).post(f"/accounts/{user.id}/reset", data=data)

    return press


def test_a_county_helps_an_institution_with_a_link_to_hand_over(
    app, cast, reset, signed_in, client, database_of
):
    with cast.stage():
        cast.again(cast.sunshine_director).password = hashed(PASSWORD)
    director = signed_in(cast.sunshine_director)
    with clock.at("2023-07-16T12:00"):
        shown = reset(cast.gulou_officer, cast.sunshine_director)
    assert shown.status_code == 200
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.soup.main.img["src"].startswith("data:image/svg+xml")
    link = shown.soup.textarea.get_text(strip=True)
    assert director.get("/account").location.startswith("/login")
    typed = {"username": cast.sunshine_director.username, "password": PASSWORD}
    assert client.post("/login", data=typed).status_code == 422  # whoever else knew it is out, too
    assert client.get("/reports/").location.startswith("/login")
    with clock.at("2023-07-16T12:30"):
        assert client.get(link).status_code == 410
    chosen = {"k": link.partition("k=")[2], "password": NEW, "password_confirm": NEW}
    fresh = app.test_client()
    with clock.at("2023-07-16T12:29"):
        assert fresh.post("/password/new", data=chosen).status_code == 302
        assert fresh.post("/password/new", data=chosen).status_code == 410
        fresh.post("/login", data=typed | {"password": NEW})
        assert fresh.get("/reports/").status_code == 200
        assert "回拨档案登记电话" in fresh.get("/account").text
    event = database_of(select(AccountEvent).where(AccountEvent.kind == Event.RESET))[0]
    assert event.by_name == "福州市鼓楼区卫生健康局 鼓楼专干"
    assert (event.detail, event.ip) == (REASON["reason"], "127.0.0.1")


@pytest.mark.parametrize(
    ("officer", "seen"),
    [
        ("gulou_officer", {"阳光园长", "星星园长", "鼓东经办", "鼓西经办"}),
        ("fuzhou_officer", {"鼓楼专干", "台江专干"}),
        ("province_officer", {"福州专班", "厦门专班", "平潭专干"}),
        ("xiamen_officer", set()),
    ],
)
def test_an_office_sees_the_accounts_it_keeps(cast, signed_in, officer, seen):
    with cast.stage():
        cast.officer("平潭专干", "county", "ZONE-PT")
    rows = signed_in(getattr(cast, officer)).get("/accounts").soup.select("tbody tr")
    names = {row.select("td")[0].get_text(strip=True) for row in rows if len(row.select("td")) > 1}
    assert names == seen


def test_a_sysadmin_is_the_last_resort(cast, signed_in, reset):
    page = signed_in(cast.sysadmin).get("/accounts").soup
    assert "省级专班" in page.main.get_text()
    assert "阳光托育园" in page.main.get_text()
    assert "系统管理员" not in page.main.get_text()
    assert reset(cast.sysadmin, cast.province_officer).status_code == 200
    assert reset(cast.sysadmin, cast.sunshine_director).status_code == 200
    assert reset(cast.sysadmin, cast.sysadmin).status_code == 404


@pytest.mark.parametrize("typed", ["阳光", "13500000005", "阳光园长"])
def test_an_account_is_found_by_name(cast, signed_in, typed):
    with cast.stage():
        cast.again(cast.sunshine_director).mobile = "13500000005"
    officer = signed_in(cast.gulou_officer)
    rows = officer.get("/accounts", query_string={"q": typed}).soup.select("tbody tr")
    assert [row.select("td")[0].get_text(strip=True) for row in rows] == ["阳光园长"]
    assert "135****0005" in rows[0].get_text()


def test_why_must_be_told(cast, reset):
    answer = reset(cast.gulou_officer, cast.sunshine_director, data={})
    assert answer.status_code == 422
    assert "核实" in answer.soup.find(id="reason-error").get_text()


def test_a_closed_account_stays_closed(cast, reset):
    with cast.stage():
        cast.again(cast.sunshine_director).active = False
    assert reset(cast.gulou_officer, cast.sunshine_director).status_code == 409


@pytest.mark.parametrize("address", ["/accounts", "/branches"])
@pytest.mark.parametrize("asked", ["q=%00", "page=99999999999999999999", "page=-1"])
def test_an_address_that_nobody_sends_finds_nothing(cast, signed_in, address, asked):
    assert signed_in(cast.gulou_officer).get(f"{address}?{asked}").status_code == 200
