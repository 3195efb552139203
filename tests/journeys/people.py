"""A person at a browser: opens pages, types, presses buttons, reads what the page says."""

import os
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import expect

DESK, PHONE = (1366, 768), (390, 844)
SCREENS = Path(__file__).parents[2] / "var" / "screens"
PATIENCE = 20_000  # milliseconds, on a busy machine


class Person:
    """Where a step does not succeed within PATIENCE, the test fails and names the step."""

    pictures = os.environ.get("TEST_PICTURES") == "1"  # of every step; a failure is always kept

    def __init__(self, browser, address, javascript=True, size=DESK, state=None, album="."):
        self.address, self.javascript, self.album = address, javascript, SCREENS / album
        self.context = browser.new_context(
            base_url=address,
            java_script_enabled=javascript,
            viewport={"width": size[0], "height": size[1]},
            locale="zh-CN",
            storage_state=state,
        )
        self.context.set_default_timeout(PATIENCE)
        self.asked, self.broken = [], []
        self.context.on("request", lambda request: self.asked.append(request.url))
        self.context.on("weberror", lambda error: self.broken.append(str(error.error)))
        self.context.on("console", self.hear)
        self.page = self.context.new_page()

    def hear(self, message):
        """The browser's complaints, except that an answer was not 200, which pages explain."""
        if message.type == "error" and "status of 4" not in message.text:
            self.broken.append(f"{message.location['url']}: {message.text}")

    def open(self, path):
        self.page.goto(path)

    def sign_in(self, username, password):
        self.open("/login")
        self.type({"username": username, "password": password})
        self.press("登录")
        expect(self.page.get_by_role("button", name="退出")).to_be_visible(timeout=PATIENCE)

    def type(self, values):
        """Fill in fields by their names: text, one option, or a list of options."""
        for name, value in values.items():
            self.fill(self.page.locator(f'[name="{name}"]:not([type="hidden"])'), value)

    def fill(self, field, value):
        kind = field.first.evaluate("e => e.type")
        if kind in ("radio", "checkbox"):
            for one in value if isinstance(value, list) else [value]:
                field.and_(self.page.locator(f'[value="{one}"]')).check()
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)

    def press(self, label, inside="body"):
        """Press the button, and once more in the dialog that asks back."""
        self.page.locator(inside).get_by_role("button", name=label, exact=True).click()
        dialog = self.page.locator("dialog[open]")
        if self.javascript and dialog.count():
            dialog.get_by_role("button").first.click()

    def follow(self, label, inside="body"):
        """Follow the link of this name; in the navigation a number may stand behind it."""
        exact = inside != "nav"
        self.page.locator(inside).get_by_role("link", name=label, exact=exact).first.click()

    def is_on(self, heading):
        """Wait for the page with this heading (or part of it)."""
        expect(self.page.locator("h1")).to_contain_text(heading, timeout=PATIENCE)

    def reads(self, words, inside="body"):
        """Wait until these words stand on the page."""
        expect(self.page.locator(inside)).to_contain_text(words, timeout=PATIENCE)

    def shoot(self, name):
        """Keep a picture of the whole page for whoever wants to look."""
        if self.pictures:
            self.take_picture(name)

    def take_picture(self, name):
        path = self.album / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        # Hiding the caret would leave a style attribute on every field, which the CSP forbids.
        self.page.screenshot(path=path, full_page=True, caret="initial")

    @property
    def strangers(self):
        """What was asked of other origins."""
        ours = urlsplit(self.address).netloc
        return [url for url in self.asked if urlsplit(url).netloc not in (ours, "")]


@contextmanager
def at_a_browser(browser, address, **options):
    """A Person for the length of the block, whose browser asked nobody else and met no error."""
    person = Person(browser, address, **options)
    try:
        yield person
        assert not person.strangers, person.strangers
        assert not person.broken, person.broken
    except BaseException:
        person.take_picture("where it failed")
        raise
    finally:
        person.context.close()
