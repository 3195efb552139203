"""Typing while browsers, servers, sessions and lines break. Each test counts what was lost: nothing."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Error, expect

from tests.cast import Cast
from tests.components.browser import FLAGS, serve
from tests.database import connect
from tests.figures import REPORT_FIGURES
from tests.journeys import story
from tests.journeys.people import PATIENCE, Person
from tuoyu import clock
from tuoyu.accounts.people import director
from tuoyu.workflow.states import State

ROOT = Path(__file__).parents[2]
DIRECTOR, COLLEAGUE = "yangguang_2023", "yangguang_2024"
MORNING, NOON = "2023-07-17T10:00:00", "2023-07-17T12:30:00"
TYPED = {"ft_staff": 18, "enrolled": 61, "enr_male": 32, "enr_full_day": 46, "fee_hourly": 31}
LOST, FOUND = "未保存：网络不通", "已找回上次没有保存的"


@pytest.fixture
def cast(strict_app):
    """阳光 has an archive in force, another version of it as a draft, and a draft of June whose
    children do not fit; two people work there."""
    cast = Cast(strict_app)
    cast.archive(cast.sunshine)
    cast.page = cast.archive(cast.sunshine, State.DRAFT)
    cast.draft = cast.report(cast.sunshine, in_care=47, left_in_year=13)
    with cast.stage():
        for username, name in ((DIRECTOR, "阳光园长"), (COLLEAGUE, "李老师")):
            director(cast.again(cast.sunshine), username, name, story.PASSWORD)
    with clock.at(MORNING):
        yield cast


@pytest.fixture
def address(cast):
    with serve(cast.app) as address:
        yield address


@pytest.fixture
def sit_down(browser, address, cast):
    """sit_down() is the director in a browser of their own, who has opened the month."""
    people = []

    def enter(username=DIRECTOR, path=None, **options):
        person = Person(browser, address, album="nothing is lost", **options)
        people.append(person)
        person.sign_in(username, story.PASSWORD)
        person.open(path or month(cast))
        return person

    yield enter
    for person in people:
        person.context.close()


def month(cast):
    return f"/reports/{cast.draft.id}/edit"


def write(person, figures):
    """Type as a person does, a moment after coming to the field, and go on with Enter."""
    for key, value in figures.items():
        field = person.page.locator(f"#{key}")
        field.focus()
        person.page.wait_for_timeout(50)  # leaving a field saves it: not in the same millisecond
        person.page.keyboard.type(str(value))
        person.page.keyboard.press("Enter")


def lost(cast, figures, paper=None):
    """What of the figures typed did not come to the database."""
    with cast.stage(clock.now()):
        row = cast.again(paper or cast.draft)
        return {key: value for key, value in figures.items() if getattr(row, key) != value}


def says(person, words):
    expect(person.page.locator("#saved")).to_contain_text(words, timeout=PATIENCE)


def shown(person, key):
    return person.page.input_value(f"#{key}")


def mirrored(person):
    """What this browser still holds back, by field."""
    kept = person.page.evaluate("Object.values(localStorage)")
    return sorted(name for one in kept for name, *_ in json.loads(one))


def until(holds, seconds=PATIENCE / 1000):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.05)


# The ordinary day


def test_what_is_typed_is_saved_without_a_word(cast, sit_down):
    person = sit_down()
    write(person, TYPED)
    says(person, "已暂存 10:00:00")
    until(lambda: not lost(cast, TYPED))
    assert person.page.evaluate("document.activeElement.id") == "fee_temporary"
    person.page.fill("#enr_female", "２９．")  # and without leaving the field
    person.page.fill("#enr_female", "２８")
    until(lambda: not lost(cast, {"enr_female": 28}))
    assert shown(person, "enr_female") == "２８"  # nobody meddles while it is typed
    person.page.focus("#enr_male")
    expect(person.page.locator("#enr_female")).to_have_value("28")
    until(lambda: mirrored(person) == [])
    assert person.page.locator("#saved").get_attribute("aria-live") == "off"


def test_saving_by_hand_goes_on_beside_it(cast, sit_down):
    person = sit_down()
    write(person, {"enrolled": 61})
    person.page.keyboard.type("48")
    person.page.keyboard.press("Control+s")
    person.reads("已暂存 10:00:00。", inside="#flashes")
    assert not lost(cast, {"enrolled": 61, "in_care": 48})
    person.page.fill("#enr_male", "32")
    person.press("保存并核对")
    person.is_on("核对2023年6月月报")
    assert not lost(cast, {"enr_male": 32})


def test_what_is_no_figure_is_kept_and_told_at_its_place(cast, sit_down):
    person = sit_down()
    write(person, {"enrolled": "4l"})
    person.reads("应为不小于 0 的整数", inside="#enrolled-error")
    person.shoot("no figure")
    person.page.reload()
    assert shown(person, "enrolled") == "4l"
    person.page.fill("#enrolled", "41")
    person.page.focus("#in_care")
    expect(person.page.locator("#enrolled-error")).to_be_hidden()
    until(lambda: not lost(cast, {"enrolled": 41}))


def test_a_pasted_column_is_one_request(cast, sit_down):
    person = sit_down()
    keys = [key for key in REPORT_FIGURES if key != "institution_category"]
    person.asked.clear()
    person.page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text", text);
            const cell = document.querySelector("#ft_staff");
            cell.focus();
            cell.dispatchEvent(new ClipboardEvent("paste",
                { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        "\n".join(str(n + 2) for n, _ in enumerate(keys)),
    )
    person.reads("已粘贴 37 项", inside="#flashes")
    says(person, "已暂存")
    assert not lost(cast, {key: n + 2 for n, key in enumerate(keys)})
    assert len([url for url in person.asked if url.endswith("/autosave")]) == 1


def test_the_archive_keeps_every_way_of_typing(cast, sit_down):
    person = sit_down(path=f"/archives/{cast.page.id}/details")
    person.page.fill("#managers", "３")
    person.page.fill("[name=subsidies-OPER-amount]", "12.5")
    person.page.locator("[name=has_own_kitchen]").first.check()
    person.page.select_option("#assistance_type", index=1)
    person.page.fill("#remark", "第一行\n第二行")
    person.reads("请同时填写金额（万元）和年度", inside="#subsidies-error")
    person.page.fill("[name=subsidies-OPER-year]", "2023")
    person.follow("核对并提交审核")  # at once, without leaving the field
    person.is_on("核对并提交审核")
    grants = {"OPER": {"amount": "12.50", "year": "2023"}}
    typed = {
        "managers": 3,
        "remark": "第一行\n第二行",
        "subsidies": grants,
        "has_own_kitchen": True,
    }
    assert not lost(cast, typed, cast.page)
    person.reads("第一行")


def test_an_explanation_is_kept_while_it_is_written(cast, sit_down):
    person = sit_down(path=f"/reports/{cast.draft.id}/check")
    person.page.fill("#explanation-S01", "6月底退托2人")
    says(person, "已暂存")
    person.page.reload()
    assert shown(person, "explanation-S01") == "6月底退托2人"
    person.page.fill("#explanation-S01", "6月底退托1人")
    person.press("提交审核")
    person.reads("待乡镇审核")
    with cast.stage():
        [kept] = cast.again(cast.draft).explanations.values()
    assert kept["text"] == "6月底退托1人"


# Lines, sessions


def test_a_line_that_is_lost_and_comes_back(cast, sit_down):
    person = sit_down()
    person.context.set_offline(True)
    write(person, TYPED)
    says(person, "未保存：网络不通，您填写的内容仍在本页，网络恢复后自动保存")
    person.press("保存并核对")  # leads nowhere now, and must not lead away
    person.press("暂存")
    person.shoot("no line")
    assert person.page.locator("#flashes .flash").count() == 0  # it is said once
    assert set(mirrored(person)) == set(TYPED)
    assert lost(cast, TYPED) == TYPED
    person.context.set_offline(False)
    says(person, "已暂存")
    until(lambda: not lost(cast, TYPED))
    assert mirrored(person) == []


def test_a_session_that_ended_leads_over_the_login_to_the_same_place(cast, sit_down):
    person = sit_down()
    with clock.at(NOON):
        write(person, TYPED)
        says(person, "未保存：登录已过期")
        person.shoot("session ended")
        person.follow("登录后自动保存")
        person.type({"username": DIRECTOR, "password": story.PASSWORD})
        person.press("登录")
        person.is_on("2023年6月月报")
        says(person, f"{FOUND} 5 项")
        until(lambda: not lost(cast, TYPED))
    assert {key: shown(person, key) for key in TYPED} == {k: str(v) for k, v in TYPED.items()}
    assert mirrored(person) == []


@pytest.mark.parametrize("gone", [False, True])
def test_signing_in_beside_is_enough(cast, sit_down, gone):
    person = sit_down()
    with clock.at(NOON):
        if gone:  # the next session knows nothing of this page's token
            person.context.clear_cookies()
        write(person, TYPED)
        says(person, "未保存：登录已过期")
        waiting, person.page = person.page, person.context.new_page()
        person.sign_in(DIRECTOR, story.PASSWORD)
        person.page.close()
        person.page = waiting
        says(person, "已暂存 12:30:00")
    assert not lost(cast, TYPED)


def test_what_was_held_back_is_shown_to_nobody_else(cast, sit_down):
    person = sit_down()
    person.context.set_offline(True)
    write(person, {"enrolled": 61})
    says(person, LOST)
    person.context.clear_cookies()
    person.context.set_offline(False)
    says(person, "未保存：登录已过期")
    person.sign_in(COLLEAGUE, story.PASSWORD)
    person.open(month(cast))
    assert shown(person, "enrolled") == "60"
    person.context.clear_cookies()
    person.sign_in(DIRECTOR, story.PASSWORD)
    person.open(month(cast))
    says(person, f"{FOUND} 1 项")
    assert not lost(cast, {"enrolled": 61})


# Two windows


def test_two_windows_on_one_draft(cast, sit_down):
    one, other = sit_down(), sit_down()
    write(one, {"enr_male": 32, "enrolled": 61})
    says(one, "已暂存")
    until(lambda: not lost(cast, {"enr_male": 32, "enrolled": 61}))
    write(other, {"enrolled": 62, "ft_staff": 18, "in_care": 46})
    other.reads("您填的是 62，另一窗口 10:00 保存的是 61", inside="#enrolled-clash")
    until(lambda: not lost(cast, {"enr_male": 32, "ft_staff": 18, "in_care": 46, "enrolled": 61}))
    assert shown(other, "enr_male") == "32"  # came over by itself
    says(other, "有 1 项与另一窗口不同，请在该项下选择")
    other.shoot("two windows")
    other.page.focus("#enrolled")
    other.page.keyboard.press("Tab")
    other.page.keyboard.press("Enter")
    until(lambda: not lost(cast, {"enrolled": 62}))
    assert other.page.evaluate("document.activeElement.id") == "enrolled"

    write(one, {"enrolled": 63})
    one.reads("您填的是 63，另一窗口 10:00 保存的是 62", inside="#enrolled-clash")
    one.press("用另一窗口的")
    expect(one.page.locator("#enrolled")).to_have_value("62")
    one.press("暂存")
    one.reads("已暂存 10:00:00。", inside="#flashes")
    assert not lost(cast, {"enr_male": 32, "ft_staff": 18, "in_care": 46, "enrolled": 62})


def deaf(person):
    """From now on what the page saves arrives, and no answer comes back."""

    def swallow(route):
        route.fetch()
        route.abort()

    person.page.route("**/autosave", swallow)


def test_an_answer_is_lost_while_somebody_types_on(cast, sit_down):
    person = sit_down()
    deaf(person)
    person.page.locator("#enrolled").focus()
    person.page.keyboard.type("6")
    says(person, LOST)
    person.page.unroute("**/autosave")
    person.page.keyboard.type("1")
    until(lambda: lost(cast, {"enrolled": 61}) == {})
    assert person.page.locator(".clash").count() == 0


def test_what_was_mended_elsewhere_does_not_come_back_from_an_old_window(cast, sit_down):
    """The office PC saved 61 and never heard; on the phone it was set right."""
    office, phone = sit_down(), sit_down()
    deaf(office)
    write(office, {"enrolled": 61})
    says(office, LOST)
    assert mirrored(office) == ["enrolled"]
    office.page.goto("about:blank")
    phone.page.reload()
    assert shown(phone, "enrolled") == "61"
    write(phone, {"enrolled": 60})
    until(lambda: lost(cast, {"enrolled": 60}) == {})
    office.page.unroute("**/autosave")
    office.open(month(cast))
    expect(office.page.locator(".clash")).to_contain_text("您填的是 61", timeout=PATIENCE)
    assert lost(cast, {"enrolled": 60}) == {}
    office.page.get_by_role("button", name="用另一窗口的").click()
    until(lambda: not mirrored(office))
    assert lost(cast, {"enrolled": 60}) == {}
    assert shown(office, "enrolled") == "60"


@pytest.mark.parametrize("choice", ["保留我填的", "用已保存的"])
def test_two_windows_without_javascript(cast, sit_down, choice):
    one, other = sit_down(javascript=False), sit_down(javascript=False)
    one.type({"enr_male": "32", "enrolled": "61"})
    one.press("暂存")
    one.reads("已暂存")
    other.type({"ft_staff": "18", "enrolled": "62"})
    other.press("暂存")
    other.reads("您填的是 62，另一窗口 10:00 保存的是 61")
    other.reads("您填的是 31，另一窗口 10:00 保存的是 32")  # nobody typed it; it must be told apart
    assert lost(cast, {"enr_male": 32, "enrolled": 61}) == {}
    assert (shown(other, "enrolled"), shown(other, "ft_staff")) == ("62", "18")
    other.shoot("two windows without JavaScript")
    other.page.get_by_label("用已保存的").nth(1).check()
    other.page.get_by_label(choice).nth(0).check()
    other.press("暂存")
    other.reads("已暂存")
    enrolled = 62 if choice == "保留我填的" else 61
    assert not lost(cast, {"enr_male": 32, "ft_staff": 18, "enrolled": enrolled})


# Power cuts


class Server:
    """The program in processes of its own, which can be killed."""

    def __init__(self, cast, database):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "DATABASE_URL": database.url,
            "SECRET_KEY": cast.app.config["SECRET_KEY"],
            "TUOYU_NOW": MORNING,
        }
        self.start()

    def start(self):
        bind = f"127.0.0.1:{self.port}"
        gunicorn = [sys.executable, "-m", "gunicorn", "--bind", bind, "--threads", "4", "wsgi:app"]
        self.process = subprocess.Popen(
            gunicorn,
            cwd=ROOT,
            env=self.environment,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until(self.answers)

    def answers(self):
        try:
            return urlopen(f"{self.address}/login", timeout=1).status == 200
        except OSError:
            return False

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(cast, worker_database):
    server = Server(cast, worker_database)
    yield server
    server.kill()


@contextmanager
def holding(cast, database):
    """Whoever wants to write the draft waits for the length of the block."""
    with connect(database.url) as keeper, keeper.transaction():
        keeper.execute("select 1 from monthly_reports where id = %s for update", [cast.draft.id])
        yield


def waits_for_a_row(database):
    asked = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = %s"
    return database.keeper.execute(asked, [database.name]).fetchone()


def test_a_server_killed_while_it_saves(cast, browser, server, worker_database):
    person = Person(browser, server.address, album="nothing is lost")
    person.sign_in(DIRECTOR, story.PASSWORD)
    person.open(month(cast))
    with holding(cast, worker_database):
        person.page.fill("#enrolled", "61")
        person.page.focus("#in_care")
        until(lambda: waits_for_a_row(worker_database))
        server.kill()
    says(person, LOST)
    write(person, {"in_care": 46, "left_in_year": 15})
    assert lost(cast, {"enrolled": 61}) == {"enrolled": 61}  # the old one, whole
    server.start()
    says(person, "已暂存")
    until(lambda: not lost(cast, {"enrolled": 61, "in_care": 46, "left_in_year": 15}))
    person.context.close()


def processes_of(profile):
    """The processes of the browser that was started with this profile of ours."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if str(profile) in (folder / "cmdline").read_text():
                yield int(folder.name)
        except OSError:
            continue


class Killed(Person):
    """A person at a browser with a profile on disk, as at home."""

    def __init__(self, browser_type, profile, address):
        self.profile, self.address, self.javascript = profile, address, True
        self.context = browser_type.launch_persistent_context(
            profile, executable_path="/usr/bin/chromium", args=FLAGS, base_url=address
        )
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()

    def cut_the_power(self):
        for number in list(processes_of(self.profile)):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        with suppress(Error):  # there is nothing left to close
            self.context.close()


def test_a_browser_killed_while_somebody_types(cast, browser, address, tmp_path):
    person = Killed(browser.browser_type, tmp_path, address)
    person.sign_in(DIRECTOR, story.PASSWORD)
    person.open(month(cast))
    write(person, {"ft_staff": 18, "enr_male": 32})
    person.page.keyboard.type("28")  # still in the field
    until(lambda: not lost(cast, {"enr_female": 28}))
    person.context.set_offline(True)
    write(person, {"enrolled": 61, "in_care": 46})
    says(person, LOST)
    time.sleep(6)  # a browser writes its storage down every five seconds
    person.cut_the_power()

    person = Killed(browser.browser_type, tmp_path, address)
    person.sign_in(DIRECTOR, story.PASSWORD)
    person.open(month(cast))
    says(person, f"{FOUND} 2 项")
    typed = {"ft_staff": 18, "enr_male": 32, "enr_female": 28, "enrolled": 61, "in_care": 46}
    assert not lost(cast, typed)
    assert {key: shown(person, key) for key in typed} == {k: str(v) for k, v in typed.items()}
    person.context.close()
