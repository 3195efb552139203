"""本月无变动, 本月零入托, 停业: through the door, without JavaScript."""

from datetime import date

import pytest
from sqlalchemy import func, update
from sqlalchemy.exc import IntegrityError

from tests.cast import JULY, JUNE
from tests.figures import REPORT_FIGURES
from tests.reports.samples import ids, month_before
from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.reports.calendar import first_of
from tuoyu.reports.declarations import Declaration
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State

IN_AUGUST = "2023-08-03T10:00"
AGES = ("enr_m0_11", "enr_m12_23", "enr_m24_35")
CHILDREN = [k for k in REPORT_FIGURES if k.startswith(("enr", "in_care", "left", "incl"))]
BLANK = dict.fromkeys(REPORT_FIGURES)
STAFF = {key: REPORT_FIGURES[key] for key in REPORT_FIGURES if key not in CHILDREN}


@pytest.fixture
def director(cast, signed_in):
    cast.archive(cast.sunshine)
    return signed_in(cast.sunshine_director)


@pytest.fixture
def draft(cast, director):
    """An empty July after a confirmed June."""
    cast.report(cast.sunshine, JUNE, State.CONFIRMED)
    return cast.report(cast.sunshine, JULY, moment=IN_AUGUST, **BLANK)


def now(cast, report):
    with cast.stage(IN_AUGUST):
        return cast.detached(cast.again(report))


def look(client, report, page):
    with clock.at(IN_AUGUST):
        return client.get(f"/reports/{report.id}/{page}")


def declare(cast, client, report, kind, edition=None, **form):
    form["edition"] = now(cast, report).edition if edition is None else edition
    with clock.at(IN_AUGUST):
        return client.post(f"/reports/{report.id}/declaration/{kind}", data=form)


def save(cast, client, report, **figures):
    row = now(cast, report)
    kept = {k: "" if getattr(row, k) is None else getattr(row, k) for k in REPORT_FIGURES}
    with clock.at(IN_AUGUST):
        data = kept | figures | {"edition": row.edition}
        assert client.post(f"/reports/{report.id}/edit", data=data).status_code == 302


def submit(cast, client, report, **explanations):
    data = {f"explanation-{key}": text for key, text in explanations.items()}
    with clock.at(IN_AUGUST):
        edition = now(cast, report).edition
        return client.post(f"/reports/{report.id}/submission", data=data | {"edition": edition})


def offered(page):
    return [a.get_text(strip=True) for a in page.soup.select("#standing .declare a")]


def test_no_change_copies_the_month_before_but_for_the_ages(cast, director, draft):
    assert offered(look(director, draft, "edit")) == [
        "本月无变动，按上月数填报",
        "本月零入托",
        "停业（暂停）",
    ]
    page = look(director, draft, "declaration/no_change")
    assert "将填入的数字（35 项）" in page.text
    refused = declare(cast, director, draft, "no_change")
    assert refused.status_code == 422
    assert refused.soup.select_one(".error-summary a")["href"] == "#verified"
    answer = declare(cast, director, draft, "no_change", verified="y")
    assert answer.location == f"/reports/{draft.id}/edit#enr_m0_11"
    row = now(cast, draft)
    assert row.declaration == Declaration.NO_CHANGE and row.verified_at is not None
    for key, figure in REPORT_FIGURES.items():
        assert getattr(row, key) == (None if key in AGES else figure), key
    page = look(director, draft, "edit")
    assert "无变动" in page.soup.select_one(".report-state").text
    assert not offered(page)


def test_an_unchanged_month_is_checked_and_handed_in_as_any_other(cast, director, draft, signed_in):
    declare(cast, director, draft, "no_change", verified="y")
    assert submit(cast, director, draft).status_code == 422  # the ages are not typed yet
    save(cast, director, draft, enr_m0_11=4, enr_m12_23=21, enr_m24_35=35)
    assert submit(cast, director, draft).status_code == 302
    assert now(cast, draft).declaration == Declaration.NO_CHANGE
    reviewer = signed_in(cast.gudong_clerk)
    with clock.at(IN_AUGUST):
        desk = reviewer.get("/review/reports/?month=2023-07")
        paper = reviewer.get(f"/review/reports/{draft.id}")
        own = director.get("/reports/")
    for page in (desk, paper, own):
        assert "无变动" in page.soup.select_one("main").text
    assert "已核实 2023-08-03 10:00" in paper.soup.select_one(".declared").text


def test_a_figure_that_differs_ends_it_and_the_page_says_which(cast, director, draft):
    declare(cast, director, draft, "no_change", verified="y")
    save(cast, director, draft, enr_m0_11=4, enr_m12_23=21, enr_m24_35=35)
    assert now(cast, draft).declaration == Declaration.NO_CHANGE
    save(cast, director, draft, ft_staff=18)
    row = now(cast, draft)
    assert (row.declaration, row.verified_at, row.ft_staff) == (None, None, 18)
    said = "本月“无变动”的申报已取消：01 全职从业人员数上月为 17，现为 18。"
    assert said in look(director, draft, "edit").soup.select_one("#standing").text


@pytest.mark.parametrize(
    ("month", "moment", "before", "said"),
    [
        (date(2024, 1, 1), "2024-02-03T10:00", State.CONFIRMED, "1月的累计指标重新起算"),
        (date(2023, 12, 1), "2024-01-03T10:00", State.CONFIRMED, "12月月报兼年报"),
        (date(2023, 11, 1), "2023-12-03T10:00", State.AT_COUNTY, "没有已确认的上月月报"),
    ],
)
def test_when_nothing_may_be_copied_it_is_refused(cast, director, month, moment, before, said):
    cast.report(cast.sunshine, first_of(month, -1), before, moment)
    draft = cast.report(cast.sunshine, month, moment=moment)
    with clock.at(moment):
        page = director.get(f"/reports/{draft.id}/edit")
        assert offered(page) == ["本月零入托", "停业（暂停）"] and said in page.text
        form = {"verified": "y", "edition": draft.edition}
        refused = director.post(f"/reports/{draft.id}/declaration/no_change", data=form)
    assert refused.status_code == 422 and said in refused.text


def test_what_was_typed_is_replaced_only_with_a_tick(cast, director, draft):
    save(cast, director, draft, ft_staff=19, enr_m0_11=3)
    page = look(director, draft, "declaration/no_change")
    shown = [r.get_text(" ", strip=True) for r in page.soup.select(".differences tbody tr")]
    assert shown == ["01 全职从业人员数 19 17"]
    refused = declare(cast, director, draft, "no_change", verified="y")
    assert refused.status_code == 422 and now(cast, draft).ft_staff == 19
    assert refused.soup.select_one(".error-summary a")["href"] == "#replace"
    assert refused.soup.select_one("#verified").has_attr("checked")
    taken = declare(cast, director, draft, "no_change", verified="y", replace="y")
    assert taken.status_code == 302
    row = now(cast, draft)
    assert (row.ft_staff, row.enr_m0_11) == (17, 3)


def test_a_page_that_is_out_of_date_declares_nothing(cast, director, draft):
    edition = now(cast, draft).edition
    save(cast, director, draft, ft_staff=19)
    answer = declare(cast, director, draft, "no_change", edition, verified="y", replace="y")
    assert answer.status_code == 409 and "刚刚在别处保存过" in answer.text
    assert now(cast, draft).ft_staff == 19


def test_taking_it_back_keeps_the_figures(cast, director, draft):
    declare(cast, director, draft, "no_change", verified="y")
    form = look(director, draft, "edit").soup.select_one(".declare form")
    data = {field["name"]: field["value"] for field in form.select("input")}
    with clock.at(IN_AUGUST):
        assert director.post(form["action"], data=data).status_code == 302
    row = now(cast, draft)
    assert (row.declaration, row.ft_staff, row.undeclared) == (None, 17, "")


def test_nobody_is_there_any_more(cast, director, draft):
    refused = declare(cast, director, draft, "zero", cause="其他")
    assert refused.status_code == 422 and "请写明原因" in refused.text
    assert declare(cast, director, draft, "zero", cause="停电").status_code == 422
    answer = declare(cast, director, draft, "zero", cause="寒暑假停托")
    assert answer.location == f"/reports/{draft.id}/edit#ft_staff"
    row = now(cast, draft)
    assert (row.in_care, row.enrolled, row.left_in_year) == (0, 60, 60)
    assert (row.incl_in_care, row.incl_enrolled, row.incl_left_in_year) == (0, 30, 30)
    assert (row.enr_male, row.enr_full_day, row.enr_local_hukou) == (31, 50, 45)
    assert [getattr(row, key) for key in AGES] == [None] * 3  # the age at which they left
    assert row.ft_staff is None and row.fee_full_day is None


def test_the_reason_answers_why_nobody_is_there(cast, director, draft):
    declare(cast, director, draft, "zero", cause="其他", other="园区停水")
    save(cast, director, draft, **STAFF, enr_m0_11=4, enr_m12_23=20, enr_m24_35=36)
    page = look(director, draft, "check")
    [answer] = [t.text.strip() for t in page.soup.select("textarea") if t["id"].endswith("S21")]
    assert answer == "其他：园区停水"
    others = {t["id"].removeprefix("explanation-") for t in page.soup.select("textarea")} - {"S21"}
    done = submit(cast, director, draft, **dict.fromkeys(others, "暑假停托"))
    assert done.status_code == 302
    row = now(cast, draft)
    assert (row.state, row.declaration) == (State.AT_TOWNSHIP, Declaration.ZERO)


def test_a_child_in_care_ends_it(cast, director, draft):
    declare(cast, director, draft, "zero", cause="装修")
    save(cast, director, draft, in_care=1)
    assert now(cast, draft).declaration is None
    assert "年末在托数为 1" in look(director, draft, "edit").soup.select_one("#standing").text


def test_an_institution_that_never_had_children_has_none_in_any_group(cast, director):
    draft = cast.report(cast.sunshine, JUNE, **BLANK)
    with clock.at("2023-07-16T10:00"):
        form = {"edition": draft.edition, "cause": "新开未招生"}
        assert director.post(f"/reports/{draft.id}/declaration/zero", data=form).status_code == 302
    row = now(cast, draft)
    assert {getattr(row, key) for key in CHILDREN} == {0}


def test_after_december_those_who_were_there_have_left(cast, director):
    cast.report(cast.sunshine, date(2023, 12, 1), State.CONFIRMED, "2024-01-03T10:00")
    moment = "2024-02-03T10:00"
    draft = cast.report(cast.sunshine, date(2024, 1, 1), moment=moment, **BLANK)
    with clock.at(moment):
        form = {"edition": draft.edition, "cause": "寒暑假停托"}
        director.post(f"/reports/{draft.id}/declaration/zero", data=form)
    row = now(cast, draft)
    assert (row.enrolled, row.in_care, row.left_in_year) == (48, 0, 48)
    assert (row.incl_enrolled, row.incl_left_in_year, row.enr_male) == (25, 25, None)


@pytest.mark.parametrize(
    ("since", "until", "said"),
    [
        ("", "", "请填写停业开始日期"),
        ("2023-07-02", "", "应不晚于 2023-07-01"),
        ("2023-07-01", "2023-07-30", "应不早于 2023-07-31"),
        ("1日", "", "应为日期"),
    ],
)
def test_closed_is_closed_for_the_whole_month(cast, director, draft, since, until, said):
    dates = {"closed_from": since, "closed_until": until}
    answer = declare(cast, director, draft, "closed", reason="消防改造", **dates)
    assert answer.status_code == 422 and said in answer.text
    assert now(cast, draft).declaration is None


@pytest.mark.parametrize(("since", "until"), [("2023-07-01", "2023-07-31"), ("2023-05-20", "")])
def test_a_closed_month_is_filed_and_its_places_stay(cast, director, draft, since, until):
    dates = {"closed_from": since, "closed_until": until}
    declare(cast, director, draft, "closed", reason="消防改造", **dates)
    row = now(cast, draft)
    assert (row.declaration, row.declared_because, row.in_care) == ("closed", "消防改造", 0)
    assert "原因：消防改造" in look(director, draft, "edit").soup.select_one("#standing").text


def test_the_third_unchanged_month_wants_a_word(on_stage):
    declared = [month_before(declaration=Declaration.NO_CHANGE, enr_m0_11=n) for n in (7, 8)]
    known = {"declaration": Declaration.NO_CHANGE, "months_before": declared}
    assert "S20" in ids(**known)
    assert "S20" not in ids(**known | {"declaration": None})
    assert "S20" not in ids(**known | {"months_before": [declared[0], month_before(enr_m0_11=8)]})
    assert "S20" not in ids(**known | {"months_before": declared[:1]})


ZERO = {"declaration": "zero", "declared_because": "装修", "in_care": 0}
CLOSED = ZERO | {"declaration": "closed", "closed_from": date(2023, 7, 1)}
LAW = [
    ("declaration", {"declaration": "asleep"}),
    ("no_change_was_verified", {"declaration": "no_change"}),
    (
        "no_change_was_verified",
        {"declaration": "no_change", "verified_at": func.now(), "in_care": 0},
    ),
    ("empty_has_a_reason", ZERO | {"declared_because": ""}),
    ("empty_has_a_reason", ZERO | {"in_care": 1}),
    ("empty_has_a_reason", ZERO | {"in_care": None}),
    ("closed_the_whole_month", CLOSED | {"closed_from": None}),
    ("closed_the_whole_month", CLOSED | {"closed_from": date(2023, 7, 2)}),
    ("closed_the_whole_month", CLOSED | {"closed_until": date(2023, 7, 30)}),
    ("only_what_is_declared", {"declared_because": "装修"}),
    ("only_what_is_declared", ZERO | {"closed_from": date(2023, 7, 1)}),
    (None, ZERO),
    (None, CLOSED),
    (None, CLOSED | {"closed_until": date(2023, 7, 31)}),
]


@pytest.mark.database
@pytest.mark.parametrize(("constraint", "values"), LAW)
def test_the_database_repeats_the_law(cast, draft, constraint, values):
    refused = None
    with cast.stage():
        own = update(MonthlyReport).where(MonthlyReport.id == draft.id)
        try:
            db.session.execute(own.values(**values))
        except IntegrityError as error:
            db.session.rollback()
            refused = error.orig.diag.constraint_name
    assert refused == (constraint and f"ck_monthly_reports_{constraint}")


def test_no_declaration_in_another_house(cast, draft, signed_in):
    stranger = signed_in(cast.star_director)
    assert look(stranger, draft, "declaration/zero").status_code == 404


def test_the_open_page_hears_that_it_ended(cast, director, draft, htmx):
    declare(cast, director, draft, "no_change", verified="y")
    standing = look(director, draft, "edit").soup.select_one("#standing")
    with cast.stage(IN_AUGUST):
        cast.again(draft).fill_in({"ft_staff": 18})
    with clock.at(IN_AUGUST):
        answer = director.get(standing["hx-get"], headers=htmx("standing"))
    assert "申报已取消" in answer.text and "hx-get" not in answer.soup.select_one("#standing").attrs
    assert not answer.soup.select("#flashes")
