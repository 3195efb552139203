"""Reading a PDF back, and measuring where its words stand."""

import subprocess
import tempfile
from pathlib import Path

from bs4 import BeautifulSoup

MM = 72 / 25.4
HUGE = 20  # millimetres; no line of text is as high


def text_of(pdf):
    """The text of each page."""
    return pdftotext(pdf, "-layout").split("\f")[:-1]


def words_of(pdf):
    """The words of each page as (left, top, right, bottom, word), in millimetres."""
    pages = BeautifulSoup(pdftotext(pdf, "-bbox"), "html.parser").find_all("page")
    return [[box_of(word) for word in page.find_all("word")] for page in pages]


def pdftotext(pdf, option):
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "paper.pdf"
        file.write_bytes(pdf)
        command = ["pdftotext", option, file, "-"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def box_of(word):
    left, top, right, bottom = (float(word[k]) / MM for k in ("xmin", "ymin", "xmax", "ymax"))
    return left, top, right, bottom, word.text


def sticks_out(pdf, left=24.9, right=195.2, top=19, bottom=283.5):
    """The words outside the margins of a portrait A4 page."""

    def inside(box):
        return box[0] >= left and box[2] <= right and box[1] >= top and box[3] <= bottom

    return [box for page in written(pdf) for box in page if not inside(box)]


def collisions(pdf):
    """Pairs of words that are written into each other."""
    return [
        (one, other)
        for page in written(pdf)
        for number, one in enumerate(page)
        for other in page[number + 1 :]
        if overlap(one, other)
    ]


def written(pdf):
    """The words of each page without the mark across it."""
    return [[box for box in page if box[3] - box[1] < HUGE] for page in words_of(pdf)]


def overlap(one, other, tolerance=0.3):
    """Whether the inked middle of two words is at the same place."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3] - one[1], other[3] - other[1])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > tolerance and down > height * 0.45
