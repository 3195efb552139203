"""托基1表: the same figures on the page, on paper and in the database, and always one page."""

import re
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask import render_template

from tests.cast import JUNE
from tests.conftest import sign_in
from tests.paper import collisions, sticks_out, text_of, words_of
from tuoyu import clock
from tuoyu.indicators.marks import Marks
from tuoyu.reports import printed_words
from tuoyu.reports.checks import MONTHLY_REPORT
from tuoyu.reports.printout import printout
from tuoyu.web.lines import breadth
from tuoyu.web.printing import pdf_of
from tuoyu.workflow.states import State

LONGEST_NAME = "福州市鼓楼区" + "阳光宝贝婴幼儿照护服务中心（普通合伙）" * 5
LONGEST_NAME = LONGEST_NAME[:100]
CODED = [indicator for indicator in MONTHLY_REPORT if indicator.code]
DISTINCT = {i.key: n for n, i in enumerate(CODED[:33], 101)}  # no two figures the same
FEES = {
    "fee_full_day": "2800.50",
    "fee_half_day": "1500",
    "fee_hourly": "35.5",
    "fee_temporary": 40,
}


@pytest.fixture
def director(cast):
    return sign_in(cast.app, cast.sunshine_director)


@pytest.fixture
def month(cast):
    cast.archive(cast.sunshine)
    return cast.report(cast.sunshine, state=State.CONFIRMED)


def pdf_at(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")
    return answer.data


def figures_in(soup):
    """{code: figure} of the two panels on the page."""
    rows = soup.select(".base-panel tbody tr")
    cells = [[cell.get_text(strip=True) for cell in row.select("td")] for row in rows]
    return {code: figure for _, code, figure in (c for c in cells if len(c) == 3)}


def figures_on(pdf):
    """{code: figure} of the two panels on paper, by where the words stand."""
    [page], found = words_of(pdf), {}
    for left, right in ((83, 92), (169, 178)):
        for code in (
            w for w in page if left <= w[0] and w[2] <= right and re.fullmatch(r"\d\d", w[4])
        ):
            beside = [w for w in page if right <= w[0] < right + 18 and abs(w[1] - code[1]) < 2]
            found[code[4]] = "".join(w[4] for w in beside)
    return found


def test_the_37_figures_are_the_same_on_the_page_on_paper_and_in_the_database(cast, director):
    cast.archive(cast.sunshine)
    draft = cast.report(cast.sunshine, **DISTINCT, **FEES)
    kept = {i.code: i.show(getattr(draft, i.key)) for i in CODED}
    page = BeautifulSoup(director.get(f"/reports/{draft.id}/sheet").text, "html.parser")
    assert len(kept) == len(set(kept.values())) == 37
    assert figures_in(page) == kept
    assert figures_on(pdf_at(director, f"/reports/{draft.id}/sheet.pdf")) == kept


def test_around_the_figures_stands_who_reports_and_who_reviewed(cast, month, director):
    [text] = text_of(pdf_at(director, f"/reports/{month.id}/sheet.pdf"))
    for words in (
        "托育机构托育服务信息月报表",
        "2023年6月",
        "填报单位（盖章）：阳光托育园",
        "福建省/福州市/鼓楼区/鼓东街道/",
        "机构分类：托育机构",
        "服务形式：全日托、半日托、计时托、临时托",
        "托位总数（四类班）：63 个",
        "是否备案：是",
        "（工作用表，未标法定标识）",
        "2023-07-16 10:00 乡镇通过 鼓东经办",
        "2023-07-16 10:00 县级确认 鼓楼专干",
        "填表人：阳光园长",
        "报出日期：2023年7月16日",
        "17=18+19",
        "=32+33=17",
        "第1页",
    ):
        assert re.sub(r"\s", "", words) in re.sub(r"\s", "", text), words
    assert re.search(r"回执\s*TY-202306-\w{4}-\w{4}\s+校验码\s*[0-9A-F]{8}", text)
    assert "文号" not in text


def test_the_code_on_the_sheet_can_be_checked_by_anybody(cast, month, director, client):
    [text] = text_of(pdf_at(director, f"/reports/{month.id}/sheet.pdf"))
    number, code = re.search(r"回执\s*(TY-\S+)\s+校验码\s*(\S+)", text).groups()
    asked = {"number": number, "code": code}
    assert "真实有效" in client.get("/receipts/", query_string=asked).text


def crowded(cast, month):
    """Everything as long as it may be: the name, eight explanations, sixteen steps."""
    with cast.stage():
        institution = cast.again(cast.sunshine)
        report = cast.again(month)
        institution.name = report.archive.institution_name = LONGEST_NAME
        report.explanations = {
            f"S{n:02}": {
                "message": f"第{n}项较上月增加 12 人，增幅 35%",
                "text": "因暑假招生增加" * 70,
            }
            for n in range(1, 9)
        }
        for step in report.steps:
            step.by_name = "欧阳" * 25
    return month


def many_steps(cast):
    """A month that was returned again and again."""
    cast.archive(cast.sunshine)
    month = cast.report(cast.sunshine, state=State.AT_TOWNSHIP)
    with cast.stage():
        report, clerk = cast.again(month), cast.again(cast.gudong_clerk)
        for _ in range(7):
            report.send_back(by=clerk, reason="请核对在托人数和入托人数。" * 30)
            report.submit(by=cast.again(cast.sunshine_director))
        report.approve(by=clerk)
        assert len(report.steps) == 16
    return month


def test_it_stays_one_page_whatever_is_written(cast, director):
    month = crowded(cast, many_steps(cast))
    pdf = pdf_at(director, f"/reports/{month.id}/sheet.pdf")
    [text] = text_of(pdf)
    assert "（此前9步见系统）" in text
    assert "说明事项（摘要，其余见系统）：" in text
    assert all(f"{n}.第{n}项" in text for n in range(1, 9))
    assert LONGEST_NAME in "".join(w[4] for w in words_of(pdf)[0] if w[0] < 130)
    assert not sticks_out(pdf)
    assert not collisions(pdf)


def test_a_usual_month_is_written_clearly(month, director):
    pdf = pdf_at(director, f"/reports/{month.id}/sheet.pdf")
    assert not sticks_out(pdf)
    assert not collisions(pdf)


def test_a_blank_sheet_has_every_code_and_no_figure(cast, month, director):
    pdf = pdf_at(director, "/reports/blank/2023-07.pdf")
    figures = figures_on(pdf)
    assert set(figures) == {i.code for i in CODED}
    assert set(figures.values()) == {""}
    [text] = text_of(pdf)
    assert "空白表" in text
    assert "2023年7月" in text
    assert "阳光托育园" in text
    assert "校验码" not in text
    assert not collisions(pdf)


def test_a_blank_sheet_needs_no_archive_but_a_month(cast, director):
    [text] = text_of(pdf_at(director, "/reports/blank/2023-06.pdf"))
    assert "阳光托育园" in text
    assert director.get("/reports/blank/2022-01.pdf").status_code == 404


def test_the_codes_stand_in_the_order_of_the_screen(cast, month, director):
    page = BeautifulSoup(director.get(f"/reports/{month.id}/sheet").text, "html.parser")
    assert list(figures_in(page)) == [indicator.code for indicator in CODED]


@pytest.mark.parametrize(
    ("state", "mark"),
    [
        (State.DRAFT, "草稿"),
        (State.RETURNED, "已退回"),
        (State.AT_TOWNSHIP, None),
        (State.CONFIRMED, None),
    ],
)
def test_what_does_not_count_is_marked_across(cast, director, state, mark):
    cast.archive(cast.sunshine)
    month = cast.report(cast.sunshine, state=state)
    page = BeautifulSoup(director.get(f"/reports/{month.id}/sheet").text, "html.parser")
    across = page.select_one(".leaf-across")
    assert (across and across["data-words"]) == mark
    unsettled = "未定案，待乡镇审核" in page.select_one(".base-head").text
    assert unsettled == (state == State.AT_TOWNSHIP)


def test_a_correction_says_so_below_the_title(cast, month, director):
    second = cast.report(cast.sunshine, JUNE, State.CONFIRMED, moment="2023-08-12T09:00", version=2)
    head = BeautifulSoup(director.get(f"/reports/{second.id}/sheet").text, "html.parser")
    assert "更正表（第2版，更正日期2023年8月12日）" in head.select_one(".base-head").text
    first = BeautifulSoup(director.get(f"/reports/{month.id}/sheet").text, "html.parser")
    assert first.select_one(".leaf-across")["data-words"] == "已更正"


def test_december_is_the_annual_report(cast, director):
    cast.archive(cast.sunshine)
    december = cast.report(cast.sunshine, date(2023, 12, 1), moment="2024-01-02T09:00")
    with clock.at("2024-01-02T09:00"):
        page = director.get(f"/reports/{december.id}/sheet").text
    assert "托育机构托育服务信息年报表" in page
    assert "2023年（12月月报）" in page


def test_a_form_with_marks_carries_all_five(cast, month, one_app):
    marks = Marks("示例1表", "甲机关", "乙机关", "示例文号〔2023〕1号", date(2099, 12, 31))
    with one_app.test_request_context(), cast.stage():
        sheet = printout(cast.again(month), cast.again(cast.gulou_officer))
        html = render_template("reports/printout_pdf.html", sheet=replace(sheet, marks=marks))
        pdf = pdf_of(html)
    [text] = text_of(pdf)
    for mark in ("示例1表", "甲机关", "乙机关", "示例文号〔2023〕1号", "2099年12月31日"):
        assert mark in text
    assert not collisions(pdf)


def test_officers_print_what_they_see_and_their_name_is_on_it(cast, month):
    clerk = sign_in(cast.app, cast.gudong_clerk)
    assert "打印人 鼓东经办" in clerk.get(f"/reports/{month.id}/sheet").text
    assert f'href="/reports/{month.id}/sheet"' in clerk.get(f"/reports/{month.id}").text


def test_what_is_declared_comes_first_among_the_remarks(cast, month):
    with cast.stage():
        report = cast.again(month)
        report.explanations = {"S01": {"message": "甲", "text": "乙\n丙"}}
        lines = printed_words.remark_lines(report)
    assert lines == ("说明事项：1.甲。说明：乙 丙",)


def test_more_remarks_than_lines_are_left_to_the_system():
    texts = [f"{n}.{'很长的说明' * 40}" for n in range(1, 12)]
    assert printed_words.fitted(texts, printed_words.REMARK_ROOM) is None
    lines = printed_words.fitted(texts, printed_words.REMARK_ROOM, shorten=True)
    assert len(lines) == printed_words.REMARK_ROOM.lines
    assert all(
        breadth(line) <= printed_words.REMARK_ROOM.width and line.endswith("…") for line in lines
    )


def test_reasons_are_told_whole_while_there_is_room(cast):
    cast.archive(cast.sunshine)
    report = cast.report(cast.sunshine, state=State.AT_TOWNSHIP)
    reason = "入托人数与考勤记录不符，请按本月末考勤记录核对第17、18项后重新提交审核"
    with cast.stage():
        sent_back = cast.again(report)
        sent_back.send_back(cast.again(cast.gudong_clerk), reason)
        steps = list(sent_back.steps)
        assert reason in "".join(printed_words.trail_lines(steps))
        many = printed_words.trail_lines(steps * 6)
    assert len(many) == printed_words.TRAIL_ROOM.lines
    assert many[0].startswith("（此前5步")
    assert all(breadth(line) <= printed_words.TRAIL_ROOM.width for line in many)
