"""Who sees which sheet, and what is on it."""

import subprocess
from urllib.parse import unquote

import pytest

from tuoyu import clock
from tuoyu.workflow.states import State

JULY_23 = "2023-07-23T16:20"
GULOU, GUDONG, TAIJIANG = "350102000000", "350102001000", "350103000000"
FUZHOU, XIAMEN, PROVINCE = "350100000000", "350200000000", "350000000000"
OFFICERS = ("gudong_clerk", "gulou_officer", "fuzhou_officer", "province_officer")


@pytest.fixture
def june(cast):
    """阳光 of 鼓东 is confirmed, 星星 of 鼓西 has not reported, 月亮 lies in 台江."""
    for institution in (cast.sunshine, cast.star, cast.moon):
        cast.archive(institution)
    cast.report(cast.sunshine, state=State.CONFIRMED)
    cast.report(cast.moon, state=State.AT_COUNTY)
    with clock.at(JULY_23):
        yield cast


@pytest.fixture
def visit(june, signed_in):
    """visit("gulou_officer", "/summaries/") is what that person is answered."""
    return lambda name, address: signed_in(getattr(june, name)).get(address)


def row(page, name):
    for tr in page.soup.select("tr.sheet-row"):
        if tr.th.text.rstrip("*") == name:
            return [cell.text for cell in tr.select("td")]
    raise LookupError(name)


@pytest.mark.parametrize(
    ("who", "title", "places"),
    [
        ("gudong_clerk", "鼓楼区鼓东街道2023年6月汇总表", "63"),
        ("gulou_officer", "鼓楼区2023年6月汇总表", "126"),
        ("fuzhou_officer", "福州市2023年6月汇总表", "189"),
        ("province_officer", "福建省2023年6月汇总表", "189"),
        ("xiamen_officer", "厦门市2023年6月汇总表", "0"),
    ],
)
def test_each_officer_sees_the_sheet_of_the_own_area(visit, who, title, places):
    page = visit(who, "/summaries/2023-06/")
    assert page.soup.h1.text == title
    assert row(page, "合计")[4] == places


@pytest.mark.parametrize("who", OFFICERS)
@pytest.mark.parametrize("address", ["{}", "{}/sheet.pdf"])
def test_a_foreign_area_is_not_found(visit, who, address):
    foreign = XIAMEN if who != "province_officer" else "360000000000"
    answer = visit(who, f"/summaries/2023-06/{address.format(foreign)}")
    assert answer.status_code == 404


@pytest.mark.parametrize("code", [TAIJIANG, "350102002000", FUZHOU, PROVINCE, "350102001004"])
def test_neighbours_superiors_and_villages_are_not_found(visit, code):
    assert visit("gudong_clerk", f"/summaries/2023-06/{code}").status_code == 404
    assert visit("gudong_clerk", f"/summaries/2023-06/{code}/sheet.pdf").status_code == 404


def test_the_superior_may_open_every_area_below(visit):
    for code in (PROVINCE, FUZHOU, GULOU, GUDONG):
        assert visit("province_officer", f"/summaries/2023-06/{code}").status_code == 200


@pytest.mark.parametrize("who", ["sunshine_director", "sysadmin"])
@pytest.mark.parametrize(
    "address", ["", "2023-06/", f"2023-06/{GULOU}", f"2023-06/{GULOU}/sheet.pdf"]
)
def test_institutions_and_administrators_have_no_sheets(visit, who, address):
    assert visit(who, f"/summaries/{address}").status_code == 403


def test_who_is_not_signed_in_is_sent_to_the_login(client):
    for month in ("2023-06", "nonsense"):
        answer = client.get(f"/summaries/{month}/")
        assert answer.status_code == 302
        assert "login" in answer.location


@pytest.mark.parametrize("month", ["2023-13", "2023-07", "2023-05", "2099-01", "x", "2023-06-01"])
def test_a_month_that_is_none_or_has_not_opened_is_not_found(visit, month):
    answer = visit("gulou_officer", f"/summaries/{month}/")
    assert answer.status_code == 404
    assert "没有这个月份的汇总表" in answer.text


def test_rows_lead_down_to_the_townships_and_back_up(visit):
    page = visit("gulou_officer", "/summaries/2023-06/")
    [link] = [a for a in page.soup.select("tr.sheet-row a") if a.text == "鼓东街道"]
    assert link["href"] == f"/summaries/2023-06/{GUDONG}"
    below = visit("gulou_officer", link["href"])
    assert row(below, "阳光托育园")[1:5] == ["独立", "是", "已确认", "63"]
    up = [a["href"] for a in below.soup.select('nav[aria-label="所在区域"] a')]
    assert up == ["/summaries/", f"/summaries/2023-06/{GULOU}"]


def test_who_has_not_reported_is_said_so(visit):
    page = visit("gulou_officer", "/summaries/2023-06/350102002000")
    assert row(page, "星星托育园") == ["01", "独立", "是", "未报", "63", "15", "（未报）"]


def test_unconfirmed_figures_come_in_only_when_asked_for_and_are_marked(visit):
    settled = visit("taijiang_officer", "/summaries/2023-06/")
    unsettled = visit("taijiang_officer", "/summaries/2023-06/?unconfirmed=1")
    assert row(settled, "合计")[6] == "0"
    assert "未定案，含未确认1家" not in settled.text
    assert row(unsettled, "合计")[6] == "60"
    assert "（未定案，含未确认1家）" in unsettled.text
    links = [a["href"] for a in unsettled.soup.select("tr.sheet-row a")]
    assert links
    assert all(link.endswith("?unconfirmed=1") for link in links)


def test_other_words_in_the_address_do_no_harm(visit):
    page = visit("gulou_officer", "/summaries/2023-06/?month=x&_external=1&region_code=1")
    assert page.status_code == 200
    assert not page.soup.select('a[href^="http"]')


def test_the_months_that_have_opened_are_listed(visit):
    page = visit("gulou_officer", "/summaries/")
    [month] = page.soup.select("main tbody tr")
    assert month.th.text == "2023年6月月报"
    assert [a["href"] for a in month.select("a")] == [
        "/summaries/2023-06/",
        "/summaries/2023-06/",
        f"/summaries/2023-06/{GULOU}/sheet.pdf",
    ]


def test_the_pdf_shows_what_the_screen_shows(visit, tmp_path):
    screen = visit("gulou_officer", "/summaries/2023-06/")
    answer = visit("gulou_officer", f"/summaries/2023-06/{GULOU}/sheet.pdf")
    assert answer.mimetype == "application/pdf"
    name = unquote(answer.headers["Content-Disposition"].partition("''")[2])
    assert name == "福建省鼓楼区_托汇1表_2023年06月_20230723.pdf"
    paper = tmp_path / name
    paper.write_bytes(answer.data)
    read = ["pdftotext", "-layout", paper, "-"]
    text = subprocess.run(read, capture_output=True, text=True, check=True).stdout
    [line] = [line.split() for line in text.splitlines() if "鼓东街道" in line]
    assert line[1:] == row(screen, "鼓东街道")
    assert "打印人 鼓楼专干" in text
    assert "打印时间 2023-07-23 16:20" in text
    [code] = screen.soup.select(".sheet-page-line")
    assert code.text.split("校验码")[1].strip() in text


def test_the_sheet_page_is_light(visit):
    for who, code in (("province_officer", PROVINCE), ("gulou_officer", GULOU)):
        page = visit(who, f"/summaries/2023-06/{code}")
        assert len(page.data) < 60_000
