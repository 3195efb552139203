"""What people and machines send that cannot be taken: told in words, at the right place, with
everything typed still there, and nothing saved by halves."""

import io
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from threading import Barrier
from urllib.parse import quote

import pytest
from PIL import Image
from sqlalchemy import select

from tests.archives.typing import typed as archive_page
from tests.cast import FIRST_WINDOW
from tests.conftest import sign_in
from tests.journeys.answers import (
    contents,
    insist,
    insist_beside,
    insist_kept,
    kept_in,
    nothing_changes,
    sentences,
)
from tests.journeys.forms import CODE, EDITION, FORMS, REGISTRATION
from tests.journeys.town import PASSWORD, Town
from tests.reports.samples import typed as month
from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.mail import Server
from tuoyu.review.forms import CAUSES
from tuoyu.web.held import HIDDEN, secret
from tuoyu.workflow.states import State

HTMX = {"HX-Request": "true", "HX-Target": "content"}
MEGABYTES = "1" * 3_000_000
POST_OFFICE = Server("mail.invalid", 25, "none", "tuoyu@example.org")
KEPT = "您填写的内容都在本页，点“继续提交”即可"
RARE = "𠮷𪚥托育园🌈"  # CJK Extension B, and a sign beyond the first plane


@pytest.fixture(scope="module")
def town(one_app, worker_database):
    worker_database.tidy()
    everybody = Town(one_app)
    with worker_database.checkpoint():
        yield everybody


@pytest.fixture(autouse=True)
def in_the_first_window(town, database, one_app, monkeypatch):
    """Letters can be sent; nobody carries them."""
    monkeypatch.setitem(one_app.config, "MAIL_SERVER", POST_OFFICE)
    monkeypatch.setattr("tuoyu.mail.hand_in", lambda server, letter: None)
    with clock.at(FIRST_WINDOW):
        yield


@pytest.fixture
def unchanged(database):
    """Whatever the test sends, the rows of the database stay as they are."""
    with nothing_changes(database):
        yield


@pytest.fixture
def who(app, town):
    """who("guxi_clerk") is a browser in which this person is signed in; None: nobody."""
    return lambda name: sign_in(app, getattr(town, name)) if name else app.test_client()


@pytest.fixture
def read(town):
    """read(paper) is the paper as it stands in the database now."""

    def again(paper):
        with town.cast.stage():
            return town.cast.detached(town.cast.again(paper))

    return again


def send(app, town, client, endpoint, paper=None, headers=None, **changes):
    form = FORMS[endpoint]
    return client.post(
        form.address(app, town, endpoint, paper),
        data=form.typed(town) | changes,
        headers=headers,
    )


def test_every_form_is_known(app):
    posts = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods}
    assert posts == set(FORMS)


@pytest.mark.parametrize("endpoint", FORMS)
def test_what_the_forms_send_is_taken(app, town, who, endpoint):
    """Otherwise nothing below would say what becomes of what is wrong with it."""
    form = FORMS[endpoint]
    with clock.at(form.moment):
        answer = send(app, town, who(form.person), endpoint)
    assert answer.status_code in (200, 302), sentences(answer)


# Registration

REGISTRATIONS = {
    "an unknown region": ("region_code", "999999999999", "没有找到这个区域"),
    "a region that is no code": ("region_code", "';--", "没有找到这个区域"),
    "a township instead of a village": ("region_code", "350102001000", "必须选择到社区（村）一级"),
    "no region": ("region_code", "", "请选择所属区域"),
    "a wrong check digit": ("unified_social_credit_code", "91350100M000100Y44", "校验位"),
    "a code with letters GB 32100 does not know": (
        "unified_social_credit_code",
        "91350100I000100Y43",
        "校验位",
    ),
    "no name": ("institution_name", "", "请填写"),
    "a name of ten thousand characters": ("institution_name", "园" * 10_000, "不能超过100个字"),
    "a mobile number too short": ("mobile", "1390000", "11位"),
    "an e-mail without @": ("email", "lin.example.org", "格式"),
    "an account name with a picture in it": ("username", "xiang🌈yang", "6至32位"),
}


@pytest.mark.parametrize(("name", "text", "words"), REGISTRATIONS.values(), ids=REGISTRATIONS)
@pytest.mark.usefixtures("unchanged")
def test_registration_refuses(client, name, text, words):
    answer = client.post("/register", data=REGISTRATION | {name: text})
    insist_beside(answer, 422, name, words)
    told = {"password", "password_confirm", "privacy_consent"}
    if name == "region_code":  # the picker offers anew; what is no village is not carried on
        told |= {name}
    insist_kept(answer, {k: v for k, v in (REGISTRATION | {name: text}).items() if k not in told})


def test_full_width_digits_are_read_as_they_are_meant(client, town):
    wide = {ord(c): ord(c) + 0xFEE0 for c in "0123456789MY"}
    code, mobile = CODE.translate(wide), "139 ００００ ０００１"
    answer = client.post(
        "/register", data=REGISTRATION | {"unified_social_credit_code": code, "mobile": mobile}
    )
    assert answer.status_code == 302
    with town.cast.stage():
        codes = db.session.scalars(select(Institution.unified_social_credit_code)).all()
    assert CODE in codes


# Figures

REPORT, ARCHIVE = "reports.save", "archives.save"
FIELDS = {
    "persons of a month": (REPORT, "enrolled"),
    "a fee of a month": (REPORT, "fee_full_day"),
    "children of an archive": (ARCHIVE, "infant_children"),
    "a fee of an archive": (ARCHIVE, "junior_fee"),
}
NO_FIGURES = {
    "negative": "-1",
    "full-width negative": "－１",
    "1e5": "1e5",
    "a thousand million": "1000000000",
    "not a number": "NaN",
    "endless": "9" * 10_000,
    "in words": "十二",
    "with a NUL": "1\x002",
    "Arabic digits": "١٢",
    "a smile": "😀",
    "two cells at once": "12 15",
}


@pytest.mark.parametrize("text", NO_FIGURES.values(), ids=NO_FIGURES)
@pytest.mark.parametrize(("endpoint", "name"), FIELDS.values(), ids=FIELDS)
@pytest.mark.usefixtures("unchanged")
def test_no_figure(app, town, who, endpoint, name, text):
    client = who("sunshine_director")
    others = {key: value for key, value in FORMS[endpoint].data.items() if key != name}
    answer = send(app, town, client, endpoint, **{name: text})
    insist_beside(answer, 422, name, "不")
    assert kept_in(answer, name) == text.replace("\x00", "�") or kept_in(answer, name) == text
    insist_kept(answer, others)


@pytest.mark.parametrize(
    ("text", "number"), [("１２", 12), ("", None), ("１，２３４", 1234), (" 7 ", 7)]
)
@pytest.mark.parametrize(("endpoint", "name"), FIELDS.values(), ids=FIELDS)
def test_figures_as_people_type_them(app, town, who, read, endpoint, name, text, number):
    answer = send(app, town, who("sunshine_director"), endpoint, **{name: text})
    assert answer.status_code == 302
    assert getattr(read(FORMS[endpoint].of(town)), name) == number


def test_a_blank_is_kept_but_not_handed_in(app, town, who, read):
    client = who("sunshine_director")
    send(app, town, client, REPORT, enrolled="")
    with_edition = {"edition": read(town.draft_report).edition}
    answer = send(app, town, client, "reports.submit", **with_edition)
    insist(answer, 422, "入托数没有填写")
    assert read(town.draft_report).state == State.DRAFT


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
@pytest.mark.parametrize(("endpoint", "name"), FIELDS.values(), ids=FIELDS)
@pytest.mark.usefixtures("unchanged")
def test_three_megabytes_in_a_figure(strict_app, town, endpoint, name, kind):
    client = sign_in(strict_app, town.sunshine_director)
    form = FORMS[endpoint]
    address, data = form.address(strict_app, town, endpoint), form.typed(town) | {name: MEGABYTES}
    insist(client.post(address, data=data, content_type=kind), 413, "提交的内容过大，没有保存")
    answer = client.post(address, data=data, content_type=kind, headers=HTMX)
    insist(answer, 413, "提交的内容过大，没有保存")
    assert answer.headers["HX-Reswap"] == "none"


# Words, options and dates

LONG = "路" * 10_000
ODDITIES = {
    "an unknown type": ("basic", "institution_type", "ZZZ", "请从列表中选择"),
    "a type with a NUL in it": ("basic", "institution_type", "X\x00Y", "请从列表中选择"),
    "an unknown service": ("basic", "service_modes", ["FULL", "ZZ"], "请从列表中选择"),
    "a service of a thousand letters": ("basic", "service_modes", "X" * 1000, "请从列表中选择"),
    "neither yes nor no": ("basic", "is_employer_run", "maybe", "请选择“是”或“否”"),
    "a thirteenth month": ("basic", "established_on", "2023-13-01", "应为日期"),
    "a 30th of February": ("basic", "established_on", "2023-02-30", "应为日期"),
    "founded tomorrow": ("basic", "established_on", "2023-07-17", "至今天之间"),
    "a wrong check digit": ("basic", "unified_social_credit_code", CODE[:-1] + "4", "校验位"),
    "a longitude off the earth": ("basic", "longitude", "999", "应为度数"),
    "degrees the wrong way round": ("basic", "latitude", "119.3", "填反"),
    "no telephone": ("basic", "contact_phone", "打门卫", "11 位手机号"),
    "an address without end": ("basic", "address", LONG, "现有 10000 个字"),
    "a remark without end": ("details", "remark", LONG, "最多 500 个字，现有 10000 个字"),
    "an unknown category": ("month", "institution_category", "Z", "请从列表中选择"),
}
FREE = {"established_on", "longitude", "latitude", "contact_phone", "address", "remark"}  # typed


def sent_from(town, page):
    """(address, what the browser sends) of a page of the archive, or of the month."""
    if page == "month":
        return f"/reports/{town.draft_report.id}/edit", month(town.draft_report.edition)
    address = f"/archives/{town.draft_archive.id}/{page}"
    return address, archive_page(page) | {"edition": str(town.draft_archive.edition)}


@pytest.mark.parametrize(("page", "name", "text", "words"), ODDITIES.values(), ids=ODDITIES)
@pytest.mark.usefixtures("unchanged")
def test_what_is_not_on_offer(town, who, page, name, text, words):
    address, data = sent_from(town, page)
    answer = who("sunshine_director").post(address, data=data | {name: text})
    insist_beside(answer, 422, name, words)
    others = {k: v for k, v in data.items() if k not in ("edition", name) and v}
    insist_kept(answer, others)
    if name in FREE:
        assert kept_in(answer, name) == text


TWICE = {
    "two figures for one": ("month", [("enrolled", "77"), ("enrolled", "78")], "enrolled", 77),
    "a list for a figure": ("month", [("enrolled", "79"), ("enrolled[]", "x")], "enrolled", 79),
    "two types for one": (
        "basic",
        [("institution_type", "HOME"), ("institution_type", "ZZ")],
        "institution_type",
        "HOME",
    ),
    "a service twice": (
        "basic",
        [("service_modes", "FULL"), ("service_modes", "FULL")],
        "service_modes",
        ["FULL"],
    ),
}


@pytest.mark.parametrize(("page", "pairs", "name", "value"), TWICE.values(), ids=TWICE)
def test_a_field_sent_twice_counts_once(town, who, read, page, pairs, name, value):
    address, data = sent_from(town, page)
    sent = {key: [v for k, v in pairs if k == key] for key, _ in pairs}
    assert who("sunshine_director").post(address, data=data | sent).status_code == 302
    paper = town.draft_report if page == "month" else town.draft_archive
    assert getattr(read(paper), name) == value


@pytest.mark.parametrize("endpoint", [ARCHIVE, REPORT])
def test_what_no_form_offers_changes_nothing(app, town, who, read, endpoint):
    paper = FORMS[endpoint].of(town)
    own = [
        "state",
        "version",
        "region_path",
        "institution_id",
        "confirmed_at",
        "submitted_at",
        "id",
    ]
    planted = {
        "state": "confirmed",
        "version": "9",
        "region_path": town.moon.region_path,
        "institution_id": str(town.moon.id),
        "confirmed_at": "2023-07-01",
        "submitted_at": "2023-07-01",
        "id": "999",
        "children_total": "99999",
        "places_total": "99999",
        "month": "2023-05-01",
        "archive_revision_id": "1",
        "explanations": "{}",
    }
    before = read(paper)
    planted |= {"junior_fee": "2901"}  # one figure that the page of an archive does offer
    assert send(app, town, who("sunshine_director"), endpoint, **planted).status_code == 302
    after = read(paper)
    assert after.edition == before.edition + 1
    for name in own:
        assert getattr(after, name) == getattr(before, name), name
    if endpoint == ARCHIVE:
        assert (after.children_total, after.places_total) == (48, 63)
    else:
        assert (after.month, after.archive_revision_id) == (before.month, None)


def test_registration_makes_nobody_an_officer(client, database):
    planted = {"role": "province", "region_path": "350000000000/", "institution_id": "1", "id": "1"}
    assert client.post("/register", data=REGISTRATION | planted).status_code == 302
    who = "select role, region_path from users where username = 'xiangyang_1'"
    [(role, path)] = database.keeper.execute(who).fetchall()
    assert (role, path.split("/")[-2]) == ("institution", REGISTRATION["region_code"])


# Months

NO_MONTHS = {
    "a thirteenth": "2023-13",
    "a zeroth": "2023-00",
    "one of next year": "2099-01",
    "one that has not begun": "2023-07",
    "one before the first": "2023-05",
    "full-width": "２０２３-０６",
    "words": "六月",
    "a NUL": "2023-06\x00",
}


@pytest.mark.parametrize("text", NO_MONTHS.values(), ids=NO_MONTHS)
@pytest.mark.usefixtures("unchanged")
def test_no_month(who, text):
    insist(who("wave_director").post("/reports/", data={"month": text}), 422, "月")
    clerk, officer = who("guxi_clerk"), who("gulou_officer")
    for tab in ("waiting", "unreported"):
        asked = {"month": text, "state": tab}
        insist(clerk.get("/review/reports/", query_string=asked), 422, "月份")
    for rest in ("", "350102000000", "350102000000/sheet.pdf"):
        words = "没有找到" if "\x00" in text else "没有这个月份的汇总表"
        insist(officer.get(f"/summaries/{quote(text)}/{rest}"), 404, words)


def test_a_second_report_for_a_month(app, town, who, database):
    client = who("wave_director")
    assert send(app, town, client, "reports.open_month").status_code == 302
    with nothing_changes(database):
        insist(send(app, town, client, "reports.open_month"), 409, "该月已有报表")
        answer = send(app, town, client, "reports.open_month", headers=HTMX)
        insist(answer, 409, "该月已有报表")
    assert answer.headers["HX-Reswap"] == "none"


def test_two_reports_for_a_month_at_once(app, town, who, database):
    browsers, together = [who("wave_director") for _ in range(2)], Barrier(2)

    def begin(browser):
        together.wait()
        return send(app, town, browser, "reports.open_month")

    addresses = FORMS["reports.open_month"].address(app, town, "reports.open_month")
    assert addresses == "/reports/"
    with ThreadPoolExecutor(2) as two:
        first, second = sorted(two.map(begin, browsers), key=lambda a: a.status_code)
    assert first.status_code == 302
    insist(second, 409, "该月已有报表")
    reports = contents(database)["monthly_reports"]
    assert len([row for row in reports if town.wave.region_path in row]) == 1


# Pictures


def picture(kind, size, **options):
    file = io.BytesIO()
    Image.new("RGB", size, "navy").save(file, kind, **options)
    return file.getvalue()


HTML, SVG = b"<html><script>alert(1)</script>", b'<svg xmlns="http://www.w3.org/2000/svg"/>'
NO_PICTURES = {
    "a page renamed": ([HTML], "第 1 张“1.jpg”不是 JPG 或 PNG 图片"),
    "forty megapixels": ([picture("PNG", (8000, 5000))], "像素过大（8000×5000）"),
    "an SVG": ([SVG], "不是 JPG 或 PNG 图片"),
    "a JPEG cut short": ([picture("JPEG", (900, 900))[:4000]], "文件已损坏"),
    "six megabytes": ([picture("PNG", (9, 9)) + bytes(6 << 20)], "超过 5 MB"),
    "ten at once": ([picture("PNG", (9, 9 + n)) for n in range(10)], "最多 9 张图片"),
    "one good, one bad": ([picture("PNG", (9, 9)), HTML], "第 2 张“2.jpg”"),
    "the same twice": ([picture("PNG", (9, 9))] * 2, "与另一张图片相同"),
    "none": ([], "请先选择图片"),
}


@pytest.mark.parametrize(("contents_", "words"), NO_PICTURES.values(), ids=NO_PICTURES)
@pytest.mark.usefixtures("unchanged")
def test_no_picture(app, town, who, contents_, words):
    files = [(io.BytesIO(c), f"{n}.jpg") for n, c in enumerate(contents_, start=1)]
    answer = send(app, town, who("sunshine_director"), "archives.upload", pictures=files)
    insist_beside(answer, 422, "pictures_chosen", words)


@pytest.mark.usefixtures("unchanged")
def test_a_caption_without_end(app, town, who):
    client = who("sunshine_director")
    answer = send(app, town, client, "archives.caption", caption=LONG)
    insist(answer, 422, "图片说明最多 50 个字，现有 10000 个字")
    assert LONG in answer.text
    answer = send(app, town, client, "archives.caption", caption=LONG, headers=HTMX)
    insist(answer, 422, "图片说明最多 50 个字")
    assert answer.headers["HX-Reswap"] == "none"


# Words to and from the reviewers

REASONS = {
    "none": ({"reason": " "}, "reason", "请填写退回原因"),
    "ten thousand characters": ({"reason": LONG}, "reason", "最多500字"),
    "a cause of one's own": ({"cause": "自编的"}, "cause", "请从列表中选择"),
    "a figure that is none": ({"mark": "password"}, "mark", "请从列表中选择"),
    "a note without end": ({"note_in_care": LONG}, "mark", "每项说明最多100字"),
}


@pytest.mark.parametrize(("changes", "name", "words"), REASONS.values(), ids=REASONS)
@pytest.mark.usefixtures("unchanged")
def test_no_reason(app, town, who, changes, name, words):
    answer = send(app, town, who("guxi_clerk"), "review.send_back", **changes)
    insist(answer, 422, words)
    assert answer.soup.select_one(f".error-summary a[href='#{name}']")
    for field in {"reason", "note_in_care"} & changes.keys():
        assert kept_in(answer, field) == changes[field]


def test_reasons_are_taken_without_what_no_eye_sees(app, town, who, read):
    sent = {"reason": "请\x00核对\u0007", "cause": [], "note_in_care": "应为\x0047"}
    assert send(app, town, who("guxi_clerk"), "review.send_back", **sent).status_code == 302
    with town.cast.stage():
        step = town.cast.again(town.township_report).steps[-1]
        assert (step.reason, step.marked) == ("请核对", {"in_care": "应为47"})


@pytest.mark.parametrize("endpoint", ["reports.explain", "reports.submit"])
@pytest.mark.usefixtures("unchanged")
def test_an_explanation_without_end(app, town, who, endpoint):
    answer = send(app, town, who("sunshine_director"), endpoint, **{"explanation-S01": LONG})
    insist(answer, 422, "每项说明最多 500 个字")
    assert kept_in(answer, "explanation-S01") == LONG


def test_a_cause_ticked_two_hundred_times_is_one(app, town, who):
    cause = CAUSES["reports"][0]
    sent = {"cause": [cause] * 200, "reason": ""}
    assert send(app, town, who("guxi_clerk"), "review.send_back", **sent).status_code == 302
    with town.cast.stage():
        assert town.cast.again(town.township_report).steps[-1].reason == cause


def test_a_reason_that_comes_too_late_is_shown_to_be_copied(app, town, who, read):
    officer = who("gulou_officer")  # 星星 still lies at the township
    answer = send(app, town, officer, "review.send_to_township", town.township_archive, edition="0")
    insist(answer, 409, "已经变化")
    assert FORMS["review.send_to_township"].data["reason"] in answer.soup.details.text


def test_rare_signs_survive(app, town, who, read):
    director, clerk = who("sunshine_director"), who("guxi_clerk")
    address, data = sent_from(town, "basic")
    assert director.post(address, data=data | {"institution_name": RARE}).status_code == 302
    assert read(town.draft_archive).institution_name == RARE
    assert kept_in(director.get(address), "institution_name") == RARE
    send(app, town, director, "archives.caption", caption=RARE)
    assert RARE in director.get(f"/archives/{town.draft_archive.id}/pictures").text
    send(app, town, director, "reports.explain", **{"explanation-S01": RARE})
    check = director.get(f"/reports/{town.draft_report.id}/check")
    assert kept_in(check, "explanation-S01") == RARE
    send(app, town, clerk, "review.send_back", reason=RARE, note_in_care=RARE)
    shown = who("star_director").get(f"/reports/{town.township_report.id}")
    assert shown.text.count(RARE) >= 2


def test_an_institution_with_rare_signs_registers(client, who):
    answer = client.post("/register", data=REGISTRATION | {"institution_name": RARE})
    assert answer.status_code == 302
    assert RARE in client.get("/archives/").text
    assert client.get("/review/archives/").status_code == 403
    found = who("gudong_clerk").get("/review/archives/?state=unreported&q=𪚥")
    assert RARE in found.text


# A form that is too old, a session that is gone


def token_of(client):
    return client.get("/privacy").soup.body["hx-headers"].split('"')[3]


@pytest.mark.parametrize(
    "token", ["", "old", "\x00", "ImEi.ZZ.xx"], ids=["none", "old", "NUL", "forged"]
)
@pytest.mark.parametrize("endpoint", FORMS)
@pytest.mark.usefixtures("unchanged")
def test_a_wrong_token(strict_app, town, endpoint, token):
    person = FORMS[endpoint].person
    client = sign_in(strict_app, getattr(town, person)) if person else strict_app.test_client()
    token_of(client)
    answer = send(strict_app, town, client, endpoint, csrf_token=token)
    kept = ["您刚才", "：点“继续提交”即可"] if is_bare(FORMS[endpoint]) else [KEPT]
    insist(answer, 400, *kept)
    insist_held(strict_app, town, answer, endpoint)
    answer = send(strict_app, town, client, endpoint, csrf_token=token, headers=HTMX)
    insist(answer, 400, "没有保存。您填写的内容仍在本页，请再点一次按钮")
    assert answer.headers["HX-Reswap"] == "none"
    assert answer.headers["HX-Trigger"].startswith('{"fresh-token": ')


def insist_held(app, town, answer, endpoint):
    """The page keeps everything but passwords and pictures, names no field, and can send it on."""
    form = FORMS[endpoint]
    held = answer.soup.select_one("main form")
    assert held["action"] == form.address(app, town, endpoint)
    kept = {field["name"]: field["value"] for field in held.select("input[type=hidden]")}
    wanted = {
        k: v for k, v in form.typed(town).items() if "password" not in k and k not in form.files
    }
    assert kept.pop("csrf_token") and kept == {k: str(v) for k, v in wanted.items()}
    assert PASSWORD not in answer.text
    assert ("password" in form.data) == ("密码需要重新填写" in answer.text)
    assert {field["name"] for field in held.select("input[type=file]")} == form.files
    assert bool(form.files) == ("文件需要重新选择" in answer.text) == ("enctype" in held.attrs)
    seen = answer.soup.main.get_text(" ")
    assert not [name for name in form.data if name in seen.split()]


@pytest.mark.parametrize("endpoint", [name for name, form in FORMS.items() if form.person])
@pytest.mark.usefixtures("unchanged")
def test_a_session_gone_in_the_middle(strict_app, town, endpoint):
    client = sign_in(strict_app, getattr(town, FORMS[endpoint].person))
    token = token_of(client)
    client.delete_cookie("session")
    answer = send(strict_app, town, client, endpoint, csrf_token=token)
    insist(answer, 401, "登录已过期，没有保存", "请先登录，再点“继续提交”")
    assert answer.soup.select_one("main a[target=_blank]")["href"] == "/login"
    insist_held(strict_app, town, answer, endpoint)
    answer = send(strict_app, town, client, endpoint, csrf_token=token, headers=HTMX)
    insist(answer, 401, "在新窗口登录", "再回到本页点一次按钮")
    assert answer.headers["HX-Reswap"] == "none"
    assert answer.soup.select_one("#flashes a[target=_blank]")["href"] == "/login"


@pytest.fixture
def at_work(strict_app, town):
    """(browser, token of its page): the owner of 阳光 has signed in by the door."""
    client = strict_app.test_client()
    sign_in_again(client)
    return client, token_of(client)


def sign_in_again(client):
    """In another tab of the same browser."""
    typed = FORMS["accounts.sign_in"].data | {"csrf_token": token_of(client)}
    assert client.post("/login", data=typed).status_code == 302


def test_after_a_pause_the_old_page_saves_once_signed_in_again(strict_app, town, read, at_work):
    client, token = at_work
    pressed = {"csrf_token": token, "enrolled": "77", "headers": HTMX}
    with clock.at("2023-07-16T12:00"):
        insist(send(strict_app, town, client, REPORT, **pressed), 401, "在新窗口登录")
        assert read(town.draft_report).enrolled == 60
        sign_in_again(client)
        assert send(strict_app, town, client, REPORT, **pressed).status_code == 200
        assert read(town.draft_report).enrolled == 77


def test_after_a_lost_session_the_old_page_saves_when_pressed_again(
    strict_app, town, read, at_work
):
    client, token = at_work
    client.delete_cookie("session")
    pressed = {"csrf_token": token, "enrolled": "77", "headers": HTMX}
    insist(send(strict_app, town, client, REPORT, **pressed), 401, "在新窗口登录")
    sign_in_again(client)
    answer = send(strict_app, town, client, REPORT, **pressed)
    insist(answer, 400, "请再点一次按钮")
    pressed["csrf_token"] = answer.headers["HX-Trigger"].split('"')[3]
    assert send(strict_app, town, client, REPORT, **pressed).status_code == 200
    assert read(town.draft_report).enrolled == 77


def test_a_held_form_can_be_sent_on(strict_app, town, read, at_work):
    client, _ = at_work
    answer = send(strict_app, town, client, REPORT, enrolled="77")
    held = answer.soup.select_one("main form")
    kept = {field["name"]: field["value"] for field in held.select("input[type=hidden]")}
    assert client.post(held["action"], data=kept).status_code == 302
    assert read(town.draft_report).enrolled == 77


@pytest.mark.parametrize("cookie", ["garbage", "eyJ4IjoxfQ.ZZ.xx", "", "\xff"])
def test_a_forged_session_is_nobody(app, cookie):
    client = app.test_client()
    client.set_cookie("session", cookie)
    assert client.get("/archives/").location == "/login?next=/archives/"


# What belongs to others, and what has changed meanwhile

OTHERS = {
    "institution": ("sunshine_director", "township", "star"),
    "township": ("gudong_clerk", "township", "star"),
    "county": ("gulou_officer", "county", "moon"),
    "city": ("xiamen_officer", "township", "star"),
}
THINGS = {  # parameter: what in the Town it names for each who is asked here
    "archive_id": ("township_archive", "county_archive"),
    "report_id": ("township_report", "county_report"),
    "application_id": ("township_request", "moon_request"),
    "picture_id": ("star_picture", None),
    "question_id": ("star_question", "moon_question"),
    "user_id": ("moon_director", "moon_director"),
    "permit_id": ("moon_permit", "moon_permit"),
    "entry_id": ("moon_entry", "moon_entry"),
}
PARAMETERS = {*THINGS, "paper_id", "region_code"}


def routes_about_things(app):
    for rule in app.url_map.iter_rules():
        if rule.arguments & PARAMETERS:
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield rule, method


def addresses(app, rule, things):
    """Each address of the route that names a thing of somebody else's."""
    values = {"name": "basic", "month": "2023-06", "region_code": "350103000000", "file_id": 1}
    values |= {"kind": "zero", "number": 1} | things
    papers = [("archives", "archive_id"), ("reports", "report_id")]
    papers += [("applications", "application_id")]
    with app.test_request_context():
        adapter = app.create_url_adapter(None) or app.url_map.bind("localhost")
        for kind, name in papers if "paper_id" in rule.arguments else [("", "")]:
            more = {"kind": kind, "paper_id": things[name]} if kind else {}
            known = {k: v for k, v in (values | more).items() if k in rule.arguments}
            yield adapter.build(rule.endpoint, known)


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.usefixtures("unchanged")
def test_what_belongs_to_others_is_not_there(app, town, who, role):
    person, where, whose = OTHERS[role]
    named = {key: names[where == "county"] for key, names in THINGS.items()}
    things = {key: getattr(town, name).id if name else None for key, name in named.items()}
    report, code = (
        getattr(town, named["report_id"]),
        getattr(town, whose).unified_social_credit_code,
    )
    client, asked = who(person), 0
    secrets = ("星星", "月亮", "鼓西", "台江", "中山路", "陈一", code)
    for rule, method in routes_about_things(app):
        if role not in app.view_functions[rule.endpoint].open_to:
            continue
        if any(things.get(name, 1) is None for name in rule.arguments):
            continue
        for address in addresses(app, rule, things):
            for headers in ({}, HTMX):
                form = {"edition": report.edition, "reason": "x"} if method == "POST" else None
                answer = client.open(address, method=method, data=form, headers=headers)
                insist(answer, 404, "没有找到这项内容")
                assert not [word for word in secrets if word in answer.text], address
                asked += 1
    assert asked >= 6


@pytest.mark.parametrize(
    "number", ["0", "999999", "2147483648", "9" * 30], ids="a number of {}".format
)
@pytest.mark.usefixtures("unchanged")
def test_what_there_never_was(who, number):
    for person, address in (
        ("sunshine_director", "/archives/{}"),
        ("sunshine_director", "/archives/{}/basic"),
        ("sunshine_director", "/archives/pictures/{}.jpg"),
        ("sunshine_director", "/archives/pictures/{}/thumb"),
        ("sunshine_director", "/reports/{}/edit"),
        ("guxi_clerk", "/review/reports/{}"),
        ("gulou_officer", "/review/archives/{}/return"),
    ):
        insist(who(person).get(address.format(number)), 404, "没有找到这项内容")


def test_one_s_own_archive_shows_no_picture_of_another(app, town, who, database):
    path = f"/archives/{town.draft_archive.id}/pictures/{town.star_picture.id}"
    with nothing_changes(database):
        for act in ("caption", "forward", "deletion"):
            insist(who("sunshine_director").post(f"{path}/{act}"), 404, "没有找到这项内容")


STALE = {"older": "0", "none": "", "words": "最新", "a NUL": "\x00", "endless": "9" * 30}


@pytest.mark.parametrize("edition", STALE.values(), ids=STALE)
@pytest.mark.parametrize("endpoint", EDITION)
@pytest.mark.usefixtures("unchanged")
def test_a_page_that_is_no_longer_true(app, town, who, endpoint, edition):
    form = FORMS[endpoint]
    answer = send(app, town, who(form.person), endpoint, edition=edition)
    insist(answer, 409)
    assert any("保存过" in said or "已变化" in said for said in sentences(answer))
    typed = [v for k, v in form.data.items() if k not in ("at", "mark") and v]
    lost = [text for text in typed if isinstance(text, str) and text not in answer.text]
    assert not lost


def test_a_reviewer_s_reason_survives_a_change_and_can_be_sent_then(app, town, who, read):
    client = who("guxi_clerk")
    answer = send(app, town, client, "review.send_back", edition="1")
    insist(answer, 409, "已变化")
    assert kept_in(answer, "reason") == "请核对在托人数"
    assert kept_in(answer, "note_in_care") == "应为47"
    edition = kept_in(answer, "edition")
    again = send(app, town, client, "review.send_back", edition=edition)
    assert again.status_code == 302
    insist(send(app, town, client, "review.send_back", edition=edition), 409)
    assert read(town.township_report).state == State.RETURNED


# What no browser sends

URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\nhi\r\n--x--\r\n'
BODIES = {
    "nothing": (b"", URLENCODED),
    "a body of no kind": (b"enrolled=77", None),
    "plain text": ("在托48人".encode(), "text/plain"),
    "an XML": (b"<enrolled>77</enrolled>", "text/xml"),
    "a JSON object": (b'{"enrolled": 77, "username": 5, "password": [1]}', "application/json"),
    "a JSON list": (b"[1, 2]", "application/json"),
    "a JSON word": (b'"x"', "application/json"),
    "half a JSON": (b"{", "application/json"),
    "bytes that are no UTF-8": (b"enrolled=\xff\xfe&reason=\xff&username=\xb0\xa1", URLENCODED),
    "lone surrogates": (b"enrolled=%ED%A0%80&reason=%ED%A0%80&month=%ED%A0%80", URLENCODED),
    "a charset of its own": (b"enrolled=%B0%A1", f"{URLENCODED}; charset=gbk"),
    "parts without a boundary": (PART % (b"enrolled", b""), "multipart/form-data"),
    "parts that are none": (b"--x\r\ngarbage", MULTIPART),
    "a part with a broken name": (PART % (b"\xff\xed\xa0\x80", b""), MULTIPART),
    "a file with a broken name": (PART % (b"pictures", b'; filename="\xff.jpg"'), MULTIPART),
    "two thousand fields": ("&".join(f"f{n}=1" for n in range(2000)).encode(), URLENCODED),
    "two thousand parts": (
        b"".join(PART[: PART.index(b"--x--")] % (b"f", b"") for _ in range(2000)) + b"--x--",
        MULTIPART,
    ),
}
# Their address says it all, or a page with nothing typed on it is a beginning as good as any.
HARMLESS = {"archives.create", "archives.revise", "accounts.logout", "reports.totals"}
HARMLESS |= {"archives.caption", "archives.forward", "archives.remove", "archives.totals"}
HARMLESS |= {"applications.caption", "applications.forward", "applications.remove"}
HARMLESS |= {"applications.create", "applications.correct", "reports.take_declaration_back"}
HARMLESS |= {"accounts.renew_operator", "accounts.disable_operator", "accounts.enable_operator"}
HARMLESS |= {"accounts.save_details"}  # what is not sent stays as it is
HARMLESS |= {"accounts.withdraw_permit", "feedback.close", "feedback.withdraw"}
HARMLESS |= {"accounts.reset"}  # one body holds a reason: signs that were lost on the way
KEYS_ASKED = {"accounts.choose_password", "accounts.confirm_mailbox"}  # no key: a dead link, 410


@pytest.mark.parametrize(("body", "kind"), BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("endpoint", [name for name in FORMS if name not in HARMLESS])
@pytest.mark.usefixtures("unchanged")
def test_no_form(app, town, who, endpoint, body, kind):
    form = FORMS[endpoint]
    address = form.address(app, town, endpoint)
    answer = who(form.person).post(address, data=body, content_type=kind)
    assert answer.status_code in ((410, 413, 422) if endpoint in KEYS_ASKED else (409, 413, 422))
    insist(answer, answer.status_code)


@pytest.mark.parametrize("endpoint", sorted(HARMLESS))
def test_no_form_brings_nothing_down(app, town, who, endpoint, database):
    form = FORMS[endpoint]
    address = form.address(app, town, endpoint)
    for body, kind in BODIES.values():
        answer = who(form.person).post(address, data=body, content_type=kind)
        assert answer.status_code in (200, 302, 404, 409, 413, 422)
        if answer.status_code >= 400:
            insist(answer, answer.status_code)


# What is typed in words, wherever: endless, or full of signs that no eye sees
ENDLESS, UNSEEN = "9" * 10_000, f"\x00\u0007\u202e\ufeff{RARE}"
WRITTEN = [
    (name, key)
    for name, form in FORMS.items()
    for key in form.data
    if name not in (REPORT, ARCHIVE, "reports.totals", "archives.totals") and key not in form.files
]


@pytest.mark.parametrize("text", [ENDLESS, UNSEEN], ids=["endless", "unseen"])
@pytest.mark.parametrize(("endpoint", "name"), WRITTEN)
def test_whatever_is_typed_is_taken_or_refused_in_words(app, town, who, endpoint, name, text):
    form = FORMS[endpoint]
    answer = send(app, town, who(form.person), endpoint, **{name: text})
    assert answer.status_code in (200, 302, 404, 409, 410, 413, 422)
    if answer.status_code >= 400:
        insist(answer, answer.status_code)


REPORTS, ARCHIVES = "/review/reports/", "/review/archives/"
LISTS = {
    "a page before the first": "page=-1",
    "a page after the last": "page=9999999",
    "a page without end": f"page={'9' * 30}",
    "a page in words": "page=abc",
    "a size in words": "size=abc",
    "a size below nothing": "size=-5",
    "a size without end": f"size={'9' * 30}",
    "two pages": "page=1&page=2",
    "bytes that are no UTF-8": "q=%FF%ED%A0%80",
    "forty words": "q=" + "x%20" * 40,
    "a long question": "q=" + "%E5%9B%AD" * 5000,
    "many parameters": "&".join(f"a{n}={n}" for n in range(5000)),
}


@pytest.mark.parametrize("question", LISTS.values(), ids=LISTS)
@pytest.mark.parametrize("desk", [REPORTS, ARCHIVES])
def test_a_list_bears_any_question(who, desk, question):
    answer = who("guxi_clerk").get(f"{desk}?{question}")
    assert answer.status_code == 200
    if "q=" not in question:
        assert "星星托育园" in answer.soup.tbody.text  # the last page, and never an empty one


@pytest.mark.parametrize(
    "words", ["%", "_", "%托%", "星_托", "\\", "'; drop table users --", "\x00%"]
)
def test_a_search_knows_no_wildcards(who, client, words):
    answer = who("guxi_clerk").get(REPORTS, query_string={"q": words})
    assert answer.status_code == 200 and "星星托育园" not in answer.soup.tbody.text
    answer = client.get("/regions/choose", query_string={"q": words})
    assert answer.status_code == 200 and not answer.soup.select("#region_results li")


@pytest.mark.parametrize(("desk", "question", "words"), [
    (REPORTS, "state=xyz", "没有这个列表"),
    (ARCHIVES, "state=", "没有这个列表"),
    (REPORTS, "state=overdue", "没有这个列表"),
    (REPORTS, "state=%00", "没有这个列表"),
])  # fmt: skip
def test_a_list_that_does_not_exist(who, desk, question, words):
    insist(who("guxi_clerk").get(f"{desk}?{question}"), 422, words)


PICKER = {
    "a NUL": "q=%00&parent=%00&chosen=%00&next=%00&name=%00",
    "bytes that are no UTF-8": "q=%FF&parent=%FF&name=%FF",
    "a rare sign": "q=%F0%A0%AE%B7",
    "a long question": "q=" + "a" * 20_000,
    "a long parent": "parent=" + "9" * 5000,
    "many parents": "&".join(["parent=350100000000"] * 5000),
    "a tag": "name=<b>&q=<b>&next=<b>",
}


@pytest.mark.parametrize("question", PICKER.values(), ids=PICKER)
def test_the_picker_bears_any_question(client, question):
    answer = client.get(f"/regions/choose?{question}")
    assert answer.status_code == 200
    assert answer.soup.find(id="region_step_1")


ELSEWHERE = [
    "//evil.example",
    "javascript:alert(1)",
    "https://evil.example/",
    "/\\evil.example",
    "\x00",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_nobody_is_sent_elsewhere(client, town, address):
    shown = client.get("/login", query_string={"next": address})
    assert shown.soup.select_one("[name=next]")["value"] == "/"
    answer = client.post("/login", data=FORMS["accounts.sign_in"].data | {"next": address})
    assert answer.location == "/"
    village = {"parent": REGISTRATION["region_code"], "next": address}
    answer = client.get("/regions/choose", query_string=village)
    assert answer.location == f"/?region_code={REGISTRATION['region_code']}"


NOWHERE = ["/no-such-page", "/%00", "/%FF", "/%ED%A0%80", "/static/../config.py", "/static/%00",
           "/static/" + "a" * 4000, "/archives/1/nothing", "/review/nothing/",
           "/summaries/2023-06/%00", "/summaries/2023-06/%FF/sheet.pdf", "/" + "a" * 9000,
           "/summaries/2023-06/350102001004"]  # fmt: skip


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
@pytest.mark.parametrize("address", NOWHERE, ids=lambda address: address[:40])
def test_an_address_that_leads_nowhere(who, address, headers):
    for person in (None, "gulou_officer"):
        if person or not address.startswith("/summaries"):
            answer = who(person).get(address, headers=headers)
            insist(answer, 404, "没有找到这项内容")
            assert answer.headers.get("HX-Reswap") == ("none" if headers else None)


@pytest.mark.parametrize("endpoint", FORMS)
@pytest.mark.usefixtures("unchanged")
def test_a_wrong_method(app, town, who, endpoint):
    form = FORMS[endpoint]
    address, client = form.address(app, town, endpoint), who(form.person)
    rules = {rule.endpoint: rule.rule for rule in app.url_map.iter_rules()}
    reads = {rule.rule for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    for method, headers in product(["GET", "PUT", "DELETE", "PATCH"], ({}, HTMX)):
        if method == "GET" and rules[endpoint] in reads:
            continue
        answer = client.open(address, method=method, headers=headers)
        insist(answer, 405, "这个地址不能这样打开，请从页面上的按钮进入")


@pytest.mark.usefixtures("unchanged")
def test_too_often_keeps_what_was_typed(strict_app, monkeypatch):
    monkeypatch.setitem(strict_app.config, "REGISTRATIONS_PER_ADDRESS", "1 per minute")
    client = strict_app.test_client()
    wrong = REGISTRATION | {"mobile": "1", "csrf_token": token_of(client)}
    address = {"REMOTE_ADDR": "192.0.2.9"}
    assert client.post("/register", data=wrong, environ_base=address).status_code == 422
    answer = client.post("/register", data=wrong, environ_base=address)
    insist(answer, 429, "请等1分钟再点“继续提交”", "密码需要重新填写")
    held = answer.soup.select_one("main form")
    assert held.select_one("[name=institution_name]")["value"] == REGISTRATION["institution_name"]
    assert PASSWORD not in answer.text


def is_bare(form):
    """Whether nothing is typed into it that a page could list."""
    return not any(n for n in form.data if n not in HIDDEN | form.files and not secret(n))


BARE = [name for name, form in FORMS.items() if is_bare(form) and "autosave" not in name]


@pytest.mark.parametrize("endpoint", BARE)
@pytest.mark.usefixtures("unchanged")
def test_a_button_that_is_held_says_what_it_was_to_do(strict_app, town, endpoint):
    answer = send(strict_app, town, strict_app.test_client(), endpoint)
    insist(answer, 401 if FORMS[endpoint].person else 400, "您刚才要做的是“")
    assert answer.soup.select_one("main form[method=post] [name=csrf_token]")
    assert "您填写的内容" not in answer.soup.main.get_text()


FOREIGN = {
    "of another host": {"Origin": "https://evil.example"},
    "of another port": {"Origin": "http://localhost:8001"},
    "of nobody": {"Origin": "null"},
    "across sites": {"Sec-Fetch-Site": "cross-site"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
@pytest.mark.parametrize("endpoint", ["accounts.logout", "accounts.recover", "feedback.ask"])
@pytest.mark.usefixtures("unchanged")
def test_what_another_site_sends_is_not_offered_as_ours(strict_app, town, endpoint, headers):
    for client in (strict_app.test_client(), sign_in(strict_app, town.sunshine_director)):
        answer = send(strict_app, town, client, endpoint, headers=headers)
        insist_plain(answer, 400)
        assert "来自其他网站的页面，没有处理。请打开本系统" in answer.text


@pytest.mark.usefixtures("unchanged")
def test_another_site_gets_no_page_at_all(strict_app):
    for address, data, status in (("/login", {"username": MEGABYTES}, 413), ("/nowhere", {}, 404)):
        answer = strict_app.test_client().post(
            address, data=data, headers={"Origin": "https://evil.example"}
        )
        insist_plain(answer, status)


def insist_plain(answer, status):
    """Words without a page, which would carry a token or begin another session."""
    assert (answer.status_code, answer.mimetype) == (status, "text/plain")
    assert "Set-Cookie" not in answer.headers
    assert "<" not in answer.text


@pytest.mark.usefixtures("unchanged")
def test_our_own_page_is_held_whatever_the_browser_tells_of_it(strict_app, town):
    for ours in ({"Origin": "http://localhost"}, {"Sec-Fetch-Site": "same-origin"}, {}):
        client = strict_app.test_client()
        answer = send(strict_app, town, client, "accounts.recover", headers=ours)
        insist(answer, 400, "页面打开的时间过长，没有保存。您填写的内容都在本页，点“继续提交”即可")
        assert answer.soup.select_one("main form [name=contact]")["value"] == "13900000099"


@pytest.mark.parametrize("endpoint", [name for name, form in FORMS.items() if form.person])
def test_who_is_told_in_place_keeps_the_session_of_another_tab(strict_app, town, endpoint):
    client = strict_app.test_client()
    answer = send(strict_app, town, client, endpoint, csrf_token="old", headers=HTMX)
    insist(answer, 401, "在新窗口登录")
    assert "Set-Cookie" not in answer.headers
