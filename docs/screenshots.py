"""Takes the pictures of the README: `python -m docs.screenshots [--address http://127.0.0.1:8000]`.

Without an address it starts a demo of its own in a temporary folder and stops it again. Nothing
that it does changes the data. Needs what `bin/setup --dev` installs.
"""

import argparse
import io
import os
import signal
import socket
import subprocess
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from tests.components.browser import chromium
from tuoyu.demo.people import PASSWORD

ROOT = Path(__file__).resolve().parent.parent
PICTURES = Path(__file__).resolve().parent / "img"
DESK = {"width": 1366, "height": 768}
HEAVIEST = 200_000  # bytes of a picture
DOTS_PER_INCH = "117"  # an A4 page across is then as wide as the other pictures


def main():
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--address", help="of a demo that is running already")
    given = asked.parse_args().address
    PICTURES.mkdir(exist_ok=True)
    with nullcontext(given) if given else demo() as address, chromium() as browser:
        keep("report", report(signed_in(browser, address, "gulou_j02")))
        county = signed_in(browser, address, "gulou")
        keep("review", review(county))
        keep("sheet", sheet(county))


def report(page):
    """An institution in the middle of its month."""
    page.goto("/reports/")
    page.get_by_role("link", name="继续填报").click()
    page.locator("[name=enr_male]").fill("16")
    page.locator("[name=enr_female]").focus()
    page.get_by_text("组合计尚不相符").wait_for()
    return page.screenshot()


def review(page):
    """One month as its reviewer reads it: the doubts first, then the figures beside the last."""
    page.goto("/review/reports/")
    page.locator("main table a").first.click()
    page.wait_for_load_state()
    return page.screenshot()


def sheet(page):
    """托汇1表 of a month that is complete, as it comes out of the printer."""
    page.goto("/summaries/2023-12/")
    link = page.get_by_role("link", name="打印（PDF）").get_attribute("href")
    pdf = page.context.request.get(link).body()
    command = ["pdftoppm", "-png", "-r", DOTS_PER_INCH, "-singlefile", "-"]
    return subprocess.run(command, input=pdf, stdout=subprocess.PIPE, check=True).stdout


def signed_in(browser, address, username):
    page = browser.new_context(base_url=address, viewport=DESK, locale="zh-CN").new_page()
    page.goto("/login")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("button", name="退出").wait_for()
    return page


def keep(name, png, folder=PICTURES, heaviest=HEAVIEST):
    """Write NAME.png into the folder with as many colours as its weight allows; raises ValueError
    when sixteen are still too many."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for colours in (256, 128, 64, 32, 16):
        file = io.BytesIO()
        picture.quantize(colours, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
        if file.tell() < heaviest:
            folder.joinpath(f"{name}.png").write_bytes(file.getvalue())
            return
    raise ValueError(f"{name}.png is heavier than {heaviest} bytes")


@contextmanager
def demo():
    """A demo of our own for the length of the block; answers its address."""
    port = str(free_port())
    with TemporaryDirectory(prefix="tuoyu-screenshots.") as home:
        process = subprocess.Popen(
            [ROOT / "bin" / "demo"],
            env=os.environ | {"PORT": port, "HOST": "127.0.0.1", "TUOYU_HOME": home},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            yield address_told_by(process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def address_told_by(process):
    """Wait for the line `Ready: http://…`; raises RuntimeError when the demo gives up."""
    for line in process.stdout:
        if line.startswith("Ready: "):
            return line.split()[1]
    raise RuntimeError("The demo did not start.")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
