import re
import subprocess
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import render_template

from tests.summaries import samples
from tuoyu.indicators.marks import Marks
from tuoyu.summaries.paging import paginate
from tuoyu.summaries.printing import check_code, file_name
from tuoyu.web.printing import HERE, OnlyOurStaticFiles, as_pdf, pdf_of, safe_name

MM = 72 / 25.4
SHEETS = {
    "township": (samples.township(13), 2),
    "long names": (samples.long_names(40), 5),
    "county": (samples.county(34), 2),
    "province": (samples.province(), 1),
    "empty": (samples.empty(), 1),
}


def draw(sheet):
    return render_template("summaries/sheet.html", sheet=sheet, pages=paginate(sheet.every_row))


def soup(sheet):
    return BeautifulSoup(draw(sheet), "html.parser")


def read(pdf, folder, *options):
    paper = folder / "sheet.pdf"
    paper.write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", *options, paper, "-"], capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture(scope="module", params=SHEETS)
def printed(request, tmp_path_factory):
    """(sheet, pages expected, text of each page, words with their boxes of each page)"""
    from tests.summaries.conftest import drawing_board

    sheet, pages = SHEETS[request.param]
    folder = tmp_path_factory.mktemp("paper")
    with drawing_board().test_request_context():
        pdf = pdf_of(draw(sheet))
    boxes = BeautifulSoup(read(pdf, folder, "-bbox"), "html.parser").find_all("page")
    texts = read(pdf, folder, "-layout").split("\f")[:-1]
    return sheet, pages, texts, [[box_of(word) for word in page.find_all("word")] for page in boxes]


def box_of(word):
    left, top, right, bottom = (float(word[k]) / MM for k in ("xmin", "ymin", "xmax", "ymax"))
    return left, top, right, bottom, word.text


def test_it_has_as_many_pages_as_were_counted(printed):
    sheet, pages, texts, _ = printed
    assert len(texts) == len(paginate(sheet.every_row)) == pages
    for number, text in enumerate(texts, start=1):
        assert re.search(rf"第{number}页\s*共{pages}页", text)


def test_every_figure_is_on_the_paper(printed):
    sheet, _, _, boxes = printed
    on_paper = Counter(word for page in boxes for *_, word in page)
    meant = Counter()
    for row in sheet.every_row:
        columns = [c for c in sheet.columns if not (row.instead and c in sheet.reported)]
        meant.update(str(row.figures[column.key]) for column in columns)
        meant[row.code] += 1
    assert not meant - on_paper


def test_every_name_is_on_the_paper(printed):
    sheet, _, _, boxes = printed
    first_column = [word for page in boxes for left, *_, right, _, word in page if left < 57]
    text = "".join(first_column)
    for row in sheet.rows:
        assert row.name.replace(" ", "") in text


def test_nothing_sticks_out_of_the_margins(printed):
    *_, boxes = printed
    for left, top, right, bottom, word in (box for page in boxes for box in page):
        inside = left > 14.9 and right < 282.1 and top > 19 and bottom < 196
        assert inside, f"{word} at {left:.1f} {top:.1f} {right:.1f} {bottom:.1f}"


def test_no_word_runs_into_the_next(printed):
    *_, boxes = printed
    for page in boxes:
        for one in page:
            for other in page:
                apart = one[2] <= other[0] or other[2] <= one[0]
                apart = apart or abs((one[1] + one[3]) - (other[1] + other[3])) > 2
                assert one is other or apart, f"{one} {other}"


def test_the_head_is_repeated_and_the_foot_is_on_the_last_page_only(printed):
    sheet, _, texts, _ = printed
    for text in texts:
        assert "综合机关名称（盖章）" in text
        assert "计量单位：家、个、人" in text
        assert sheet.title in text
        assert re.search(r"甲\s+乙\s+1\s+2\s+3", text)
    assert all("补充资料：" not in text and "单位负责人" not in text for text in texts[:-1])
    for words in (
        "补充资料：",
        "单位负责人：",
        "统计负责人：",
        "填表人：",
        "报出日期：20",
        "说明：1.",
    ):
        assert words in texts[-1]
    assert ["续表" in text for text in texts] == [False] + [True] * (len(texts) - 1)


def test_every_page_can_be_checked_against_the_system(printed):
    for text in printed[2]:
        assert "打印时间 2023-07-23 16:20" in text
        assert re.search(r"打印人 王某某\s+数据版本 v1\s+校验码 8F3A21C7", text)


def test_the_sum_comes_first_and_bold(paper_app):
    row = soup(samples.county()).select_one("tbody tr")
    assert "sheet-total" in row["class"]
    assert [cell.text for cell in row.select("th, td")][:3] == ["合计", "00", "306"]


def test_who_has_not_reported_shows_places_and_no_figures(paper_app):
    row = soup(samples.township()).select("tbody tr")[7]
    assert row.select("td")[3].text == "未报"
    assert row.select_one(".instead")["colspan"] == "17"
    assert row.select_one(".instead").text == "（未报）"


def test_unconfirmed_figures_are_marked_below_the_title(paper_app):
    assert "（未定案，含未确认6家）" in draw(samples.county())
    assert "未定案，含未确认6家" not in draw(replace(samples.county(), unconfirmed=0))


def test_a_form_without_marks_says_so_and_invents_none(paper_app):
    page = draw(samples.county())
    assert "（工作用表，未标法定标识）" in page
    assert "文号" not in page


def test_a_form_with_marks_carries_all_five(paper_app):
    marks = Marks("示例1表", "甲机关", "乙机关", "示例文号〔2023〕1号", date(2023, 12, 31))
    text = soup(replace(samples.county(), marks=marks)).select_one(".sheet-marks").text
    for mark in ("示例1表", "甲机关", "乙机关", "示例文号〔2023〕1号", "2023年12月31日"):
        assert mark in text
    assert "工作用表" not in text


def test_names_are_escaped(paper_app):
    assert "<b>" not in draw(samples.areas(["<b>街道</b>"]))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a.css",
        "file:///etc/passwd",
        f"{HERE}/static/../config.py",
        f"{HERE}/static/%2e%2e/config.py",
        f"{HERE}/summaries/",
        "data:text/css,p{}",
    ],
)
def test_a_printout_fetches_nothing_but_our_static_files(paper_app, url):
    with pytest.raises((ValueError, FileNotFoundError)):
        OnlyOurStaticFiles().fetch(url)


def test_a_printout_reads_its_style_sheet(paper_app):
    answer = OnlyOurStaticFiles().fetch(f"{HERE}/static/css/print.css")
    assert b"A4 landscape" in answer.read()


def test_the_answer_carries_a_chinese_file_name(paper_app):
    sheet = samples.empty()
    pages = paginate(sheet.every_row)
    answer = as_pdf("summaries/sheet.html", "鼓楼区.pdf", sheet=sheet, pages=pages)
    assert answer.mimetype == "application/pdf"
    assert answer.data.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].endswith(
        "filename*=UTF-8''%E9%BC%93%E6%A5%BC%E5%8C%BA.pdf"
    )


def test_file_names_say_where_what_and_when():
    name = file_name(samples.county(), date(2023, 7, 23))
    assert name == "福建省鼓楼区_托汇1表_2023年06月_20230723.pdf"
    name = file_name(samples.province(), date(2024, 1, 5), "xlsx")
    assert name == "福建省_托汇1表_2023年12月_20240105.xlsx"
    assert safe_name('甲/乙:丙*"丁".pdf') == "甲_乙_丙_丁_.pdf"


def changed(sheet, key):
    row = sheet.rows[0]
    figures = row.figures | {key: row.figures[key] + 1}
    return replace(sheet, rows=(replace(row, figures=figures), *sheet.rows[1:]))


def test_the_check_code_changes_with_every_figure():
    sheet = samples.county()
    codes = {check_code(changed(sheet, column.key), "key") for column in sheet.columns}
    assert len(codes | {check_code(sheet, "key")}) == 23


def test_the_check_code_is_the_same_for_the_same_figures_and_secret_without_the_key():
    sheet = samples.county()
    assert re.fullmatch("[0-9A-F]{8}", check_code(sheet, "key"))
    assert check_code(sheet, "key") == check_code(replace(sheet, printed_by="李某某"), "key")
    assert check_code(sheet, "key") != check_code(sheet, "another key")
    assert check_code(sheet, "key") != check_code(replace(sheet, version=2), "key")
    assert check_code(sheet, "key") != check_code(replace(sheet, month=date(2023, 7, 1)), "key")
