"""Photograph the gallery: python -m tests.components.pictures FOLDER"""

import sys
from pathlib import Path

from tests.components.browser import chromium, serve
from tests.components.stub import gallery_app

SIZES = {"desk": (1366, 768), "phone": (390, 844)}


def main(folder):
    with serve(gallery_app()) as address, chromium() as browser:
        for name, (width, height) in SIZES.items():
            page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
            page.goto(address)
            page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


if __name__ == "__main__":
    main(sys.argv[1])
