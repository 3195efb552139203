"""机构档案表: every figure of the form on paper, its pictures, and pages cut where they should be."""

import io
import re

import pytest
from bs4 import BeautifulSoup
from PIL import Image
from werkzeug.datastructures import FileStorage

from tests.conftest import sign_in
from tests.paper import collisions, sticks_out, text_of
from tuoyu.archives.checks import ARCHIVE
from tuoyu.archives.pictures import MOST_PICTURES, add_pictures
from tuoyu.archives.record import CONTINUED, HEAD, PAGE_LINE, PAPER, record_of
from tuoyu.workflow.states import State

LONG = "政府提供场地，减免三年租金，并按月补助水电。" * 22
FULL = {
    "government_support": LONG,
    "remark": LONG,
    "hygiene_evaluation_note": "已于六月整改完成。" * 20,
    "address": "福州市鼓楼区鼓东街道中山路" * 15,
    "registered_address": "福州市鼓楼区鼓东街道中山路" * 15,
    "employer_name": "福州市鼓楼区" * 16,
    "subsidies": {
        c: {"amount": "99999.99", "year": "2023"} for c in ("BUILD", "OPER", "AWARD", "RENT", "SOC")
    },
}


def picture(number):
    file = io.BytesIO()
    Image.new("RGB", (400 + 60 * number, 400), (25 * number, 90, 120)).save(file, "JPEG")
    file.seek(0)
    return FileStorage(file, filename=f"{number}.jpg")


@pytest.fixture
def director(cast):
    return sign_in(cast.app, cast.sunshine_director)


@pytest.fixture
def full(cast):
    """A draft as full as it may be, with nine pictures and long captions."""
    draft = cast.archive(cast.sunshine, State.DRAFT, **FULL)
    with cast.stage():
        paper = cast.again(draft)
        assert add_pictures(paper, [picture(n) for n in range(MOST_PICTURES)]) == []
        for placed in paper.pictures:
            placed.caption = "二楼南侧活动室" * 7
        paper.explanations = {
            f"SA{n}": {"message": f"第{n}项与档案不符", "text": "情况属实，" * 99}
            for n in range(1, 9)
        }
    return draft


def bare(text):
    return re.sub(r"\s", "", text)


def test_every_figure_of_the_form_is_on_paper(cast, director):
    archive = cast.archive(cast.sunshine)
    paper = bare("".join(text_of(director.get(f"/archives/{archive.id}/record.pdf").data)))
    with cast.stage():
        shown = {i.key: bare(i.show(getattr(archive, i.key))) for i in ARCHIVE}
    assert [key for key, words in shown.items() if words not in paper] == []
    for section in ARCHIVE.sections:
        if section.page != "classes":
            assert section.title in paper
            for indicator in section.indicators:
                assert bare(indicator.label)[:4] in paper
    for words in ("第1版", "已生效", "鼓楼专干", "回执TY-DA01-", "第1页共2页", "第2页共2页"):
        assert words in paper, words


def test_it_may_be_as_full_as_it_likes(full, director):
    pdf = director.get(f"/archives/{full.id}/record.pdf").data
    texts = text_of(pdf)
    for number, text in enumerate(texts, 1):
        assert f"第{number}页共{len(texts)}页" in bare(text)
    assert not sticks_out(pdf)
    assert not collisions(pdf)
    paper = bare("".join(texts))
    assert all(f"{n}.二楼南侧活动室" in paper for n in range(1, 10))
    assert all(f"{n}.第{n}项与档案不符" in paper for n in range(1, 9))
    assert pdf.count(b"/Subtype /Image") + pdf.count(b"/Subtype/Image") >= 9


def test_no_page_is_fuller_than_paper_and_no_heading_stands_alone(cast, full):
    with cast.stage():
        leaves = record_of(cast.again(full)).leaves
    for leaf in leaves:
        above = HEAD if leaf.number == 1 else CONTINUED
        assert sum(row.height for row in leaf.rows) <= PAPER - above - PAGE_LINE
        assert leaf.rows[-1].kind not in ("band", "minor")
        assert leaf.rows[0].kind != "signatures"


def test_a_draft_is_marked_and_its_pictures_are_shown(full, director):
    page = BeautifulSoup(director.get(f"/archives/{full.id}/record").text, "html.parser")
    assert {mark["data-words"] for mark in page.select(".leaf-across")} == {"草稿"}
    shown = page.select(".record-pictures img")
    assert len(shown) == 9
    assert director.get(shown[0]["src"]).mimetype == "image/jpeg"


def test_the_archive_leads_to_its_paper(cast, director):
    archive = cast.archive(cast.sunshine)
    for page in ("/archives/", f"/archives/{archive.id}"):
        assert f'href="/archives/{archive.id}/record"' in director.get(page).text
