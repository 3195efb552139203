"""Checking, explaining, handing in, withdrawing, deleting."""

import pytest
from sqlalchemy import func, select

from tests.reports.samples import typed
from tuoyu import clock
from tuoyu.archives.models import in_force
from tuoyu.extensions import db
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.history import Step
from tuoyu.workflow.states import State

pytestmark = pytest.mark.usefixtures("first_window")


@pytest.fixture
def draft(cast, director):
    return cast.report(cast.sunshine)


def now(cast, report):
    """(state, edition, explanations, archive) as the database holds them."""
    with cast.stage():
        row = cast.again(report)
        texts = {key: kept["text"] for key, kept in row.explanations.items()}
        return row.state, row.edition, texts, row.archive_revision_id


def save(director, report, edition=1, **changes):
    """Fill in, and open the page of the checks."""
    data = typed(edition, **changes) | {"do": "check"}
    answer = director.post(f"/reports/{report.id}/edit", data=data)
    assert answer.location == f"/reports/{report.id}/check"
    return director.get(answer.location)


def post(director, report, page, edition, **data):
    return director.post(f"/reports/{report.id}/{page}", data={"edition": str(edition), **data})


def withdraw(cast, director, report):
    return post(director, report, "withdrawal", now(cast, report)[1])


def found(page):
    """The sentences of the checks, hard and soft."""
    return " ".join(item.get_text() for item in page.soup.select(".check-list"))


def test_a_month_goes_from_draft_to_the_township_and_back(cast, director):
    report_page = director.post("/reports/", data={"month": "2023-06"}).location
    with cast.stage():
        report = db.session.scalars(select(MonthlyReport)).one()
        db.session.expunge(report)
    checked = save(director, report)
    assert "各项指标齐全、相符" in checked.text
    assert report_page == f"/reports/{report.id}/edit"
    submitted = post(director, report, "submission", 2)
    assert submitted.location == f"/reports/{report.id}"
    page = director.get(submitted.location)
    assert "2023年6月月报已提交审核，现为待乡镇审核" in page.text
    with cast.stage():
        assert now(cast, report)[3] == in_force(cast.sunshine.id).id
    assert withdraw(cast, director, report).status_code == 302
    state, edition, _, _ = now(cast, report)
    assert state == State.DRAFT
    assert save(director, report, edition).status_code == 200
    assert post(director, report, "submission", edition).status_code == 302
    trail = director.get(f"/reports/{report.id}").soup.select(".trail strong")
    assert [step.get_text() for step in trail] == ["提交审核", "撤回", "提交审核"]


def test_what_must_be_mended_leads_to_its_figure(director, draft):
    page = save(director, draft, enr_male="", cg_age_26_35=4)
    links = {link.get_text(strip=True): link["href"] for link in page.soup.select(".check-list a")}
    address = f"/reports/{draft.id}/edit"
    assert links == {
        "23 入托男童数没有填写，没有的填 0": f"{address}#enr_male",
        "保育人员年龄合计 11，比全职保育人员数 12 少 1："
        "保育人员学历合计与 02 相符，请核对 04—08 各项": f"{address}#cg_age_16_20",
    }
    form = director.get(address).soup
    assert form.select_one("#enr_male") and form.select_one("#cg_age_16_20")
    assert not page.soup.select("button:-soup-contains('提交审核')")


HARD = [
    ({"ft_staff": 12}, "保育人员数与保安人员数之和 13 大于全职从业人员数 12，多 1"),
    ({"cg_edu_college": 7}, "保育人员学历合计 13，比全职保育人员数 12 多 1"),
    ({"cg_trained_childcare": 13}, "接受过照护服务培训的保育人员数 13 大于全职保育人员数 12，多 1"),
    ({"cg_certified": 13}, "持证保育人员数 13 大于全职保育人员数 12，多 1"),
    ({"guards_certified": 2}, "持证保安人员数 2 大于全职保安人员数 1，多 1"),
    ({"in_care": 49}, "在托与已离开合计 61，比入托数 60 多 1"),
    ({"incl_left_in_year": 6}, "普惠在托与已离开合计 31，比普惠托位入托数 30 多 1"),
    ({"incl_enrolled": 61, "incl_in_care": 56}, "普惠托位入托数 61 大于入托数 60，多 1"),
    ({"enr_female": 30}, "性别合计 61，比入托数 60 多 1"),
    ({"enr_m0_11": 5}, "月龄合计 59，比入托数 60 少 1"),
    ({"enr_hourly": 4}, "服务形式合计 61，比入托数 60 多 1"),
    ({"enr_local_hukou": 44}, "户籍合计 59，比入托数 60 少 1"),
    ({"fee_hourly": ""}, "有计时托 3 人，但没有填写计时托保育费，不收费的填 0"),
    ({"ft_staff": ""}, "全职从业人员数没有填写，没有的填 0"),
    ({"institution_category": ""}, "机构分类没有填写"),
]


@pytest.mark.parametrize(("changes", "sentence"), HARD)
def test_a_hard_check_is_told_and_keeps_the_month_here(cast, director, draft, changes, sentence):
    assert sentence in found(save(director, draft, **changes))
    refused = post(director, draft, "submission", 2)
    assert refused.status_code == 422
    assert "项必须修改，不能提交审核" in refused.text
    assert sentence in refused.text
    assert now(cast, draft)[0] == State.DRAFT


SOFT = [
    ({"enrolled": 61, "in_care": 49, "enr_male": 32, "enr_m0_11": 7, "enr_full_day": 51,
      "enr_local_hukou": 46}, "年末在托数 49，比机构档案0-3岁婴幼儿人数 48 多 1"),
    ({"ft_caregivers": 9, "cg_age_26_35": 2, "cg_edu_college": 3, "cg_trained_childcare": 9,
      "cg_trained_fire": 9, "cg_certified": 9}, "全职保育人员数 9 小于按班级人数应配的 10 人，少 1 人"),
    ({"guards_certified": 0}, "持证保安人员数 0 小于全职保安人员数 1，少 1 人"),
    ({"ft_staff": 19}, "全职从业人员数 19 大于机构档案合计工作人员数量 18，多 1 人"),
    ({"fee_full_day": "20000.01"}, "全日托保育费 20000.01 元/人/月，不在 100 至 20000 之间"),
    ({"fee_temporary": "0"}, "有临时托 2 人，临时托保育费为 0；免费或福利性的请说明"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "sentence"), SOFT)
def test_a_soft_check_wants_a_word_and_then_lets_pass(cast, director, draft, changes, sentence):
    page = save(director, draft, **changes)
    assert sentence in found(page)
    [field] = page.soup.select(".check-list textarea")
    refused = post(director, draft, "submission", 2)
    assert refused.status_code == 422
    assert "没有填写说明，不能提交审核" in refused.text
    blank = post(director, draft, "submission", 2, **{field["name"]: "   "})
    assert blank.status_code == 422
    passed = post(director, draft, "submission", 2, **{field["name"]: "情况属实，已核实"})
    assert passed.status_code == 302
    state, _, texts, _ = now(cast, draft)
    assert (state, list(texts.values())) == (State.AT_TOWNSHIP, ["情况属实，已核实"])
    shown = director.get(passed.location).soup.select_one("table.findings").get_text()
    assert sentence in shown
    assert "情况属实，已核实" in shown


def test_a_norm_names_its_source(director, draft):
    assert "托育机构设置标准（试行）国卫人口发〔2019〕58号 第十八条" in found(
        save(director, draft, guards_certified=0)
    )


def test_a_hint_asks_for_nothing(director, draft):
    page = save(director, draft, cg_certified=11)
    assert "持有职业资格或技能等级证书的保育人员 11 人，小于全职保育人员数 12" in page.text
    assert not page.soup.select("textarea")
    assert post(director, draft, "submission", 2).status_code == 302


def test_what_was_explained_is_still_there_when_something_else_stands_in_the_way(
    cast, director, draft
):
    page = save(director, draft, guards_certified=0, enr_male="")
    [field] = page.soup.select("textarea")
    refused = post(director, draft, "submission", 2, **{field["name"]: "新聘，正在考证"})
    assert refused.status_code == 422
    assert refused.soup.select_one("textarea").get_text() == "新聘，正在考证"
    assert now(cast, draft)[2] == {"S06": "新聘，正在考证"}
    page = director.get(f"/reports/{draft.id}/check")  # whichever way one leaves the refusal
    assert page.soup.select_one("textarea").get_text() == "新聘，正在考证"


def test_explanations_can_be_kept_without_handing_in(cast, director, draft):
    page = save(director, draft, guards_certified=0)
    [field] = page.soup.select("textarea")
    kept = post(director, draft, "explanations", 2, **{field["name"]: "新聘，正在考证"})
    page = director.get(kept.location)
    assert page.soup.select_one("textarea").get_text() == "新聘，正在考证"
    assert now(cast, draft)[0] == State.DRAFT
    assert post(director, draft, "submission", 3, **{field["name"]: "新聘"}).status_code == 302


def test_an_explanation_answers_only_the_figures_it_was_given_for(cast, director, draft):
    page = save(director, draft, ft_guards=2, guards_certified=0)
    name = page.soup.select_one("textarea")["name"]
    post(director, draft, "explanations", 2, **{name: "两人都在考证"})
    page = save(director, draft, 3, ft_guards=2, guards_certified=1)
    assert page.soup.select_one("textarea").get_text() == ""


def test_an_explanation_stays_with_its_sentence_when_another_goes_away(cast, director, draft):
    fees = {"fee_half_day": "0", "fee_temporary": "0"}
    page = save(director, draft, **fees)
    first, second = (field["name"] for field in page.soup.select("textarea"))
    post(director, draft, "explanations", 2, **{first: "半日托免费", second: "临时托福利性"})
    page = save(director, draft, 3, fee_half_day="1500", fee_temporary="0")
    assert [field.get_text() for field in page.soup.select("textarea")] == ["临时托福利性"]


@pytest.mark.parametrize("page", ["submission", "explanations"])
def test_who_checked_an_old_edition_is_told_and_loses_nothing(cast, director, draft, page):
    checked = save(director, draft, guards_certified=0)
    name = checked.soup.select_one("textarea")["name"]
    save(director, draft, 2, guards_certified=0, enrolled=61)
    answer = post(director, draft, page, 2, **{name: "新聘，正在考证"})
    assert answer.status_code == 409
    assert answer.soup.select_one("textarea").get_text() == "新聘，正在考证"
    assert now(cast, draft)[:3] == (State.DRAFT, 3, {})


def test_without_an_archive_in_force_a_month_stays_a_draft(cast, signed_in):
    cast.archive(cast.star, State.AT_COUNTY)
    director = signed_in(cast.star_director)
    report = cast.report(cast.star)
    page = director.get(f"/reports/{report.id}/check")
    assert "机构档案尚未审核通过" in found(page)
    assert post(director, report, "submission", 1).status_code == 422
    assert now(cast, report)[0] == State.DRAFT


def test_the_archive_in_force_is_frozen_with_the_month(cast, director, draft):
    assert post(director, draft, "submission", 1).status_code == 302
    cast.archive(cast.sunshine, infant_places=12)
    page = director.get(f"/reports/{draft.id}")
    assert "1 个班，托位 10 个" in page.text
    assert "1 个班，托位 12 个" not in page.text
    assert withdraw(cast, director, draft).status_code == 302
    assert "1 个班，托位 12 个" in director.get(f"/reports/{draft.id}/edit").text
    assert post(director, draft, "submission", now(cast, draft)[1]).status_code == 302
    assert "1 个班，托位 12 个" in director.get(f"/reports/{draft.id}").text


@pytest.mark.parametrize(("state", "status"), [
    (State.AT_TOWNSHIP, 302), (State.AT_COUNTY, 409), (State.CONFIRMED, 409),
    (State.RETURNED, 409), (State.DRAFT, 409),
])  # fmt: skip
def test_only_what_nobody_has_touched_is_withdrawn(cast, director, state, status):
    report = cast.report(cast.sunshine, state=state)
    assert withdraw(cast, director, report).status_code == status


@pytest.mark.parametrize("state", [State.AT_TOWNSHIP, State.AT_COUNTY, State.CONFIRMED])
def test_what_was_handed_in_is_not_handed_in_again(cast, director, state):
    report = cast.report(cast.sunshine, state=state)
    edition = now(cast, report)[1]
    assert post(director, report, "submission", edition).status_code == 409
    assert director.get(f"/reports/{report.id}/check").location == f"/reports/{report.id}"
    assert now(cast, report)[0] == state


def test_a_draft_that_never_left_can_be_deleted(cast, director, draft):
    assert post(director, draft, "deletion", 1).location == "/reports/"
    with cast.stage():
        assert db.session.scalar(select(func.count(MonthlyReport.id))) == 0
    assert director.post("/reports/", data={"month": "2023-06"}).status_code == 302


@pytest.mark.parametrize("state", [State.AT_TOWNSHIP, State.RETURNED, State.CONFIRMED])
def test_what_was_ever_handed_in_is_not_deleted(cast, director, state):
    report = cast.report(cast.sunshine, state=state)
    assert post(director, report, "deletion", now(cast, report)[1]).status_code == 409
    assert now(cast, report)[0] == state


def test_a_withdrawn_draft_is_not_deleted(cast, director, draft):
    post(director, draft, "submission", 1)
    withdraw(cast, director, draft)
    state, edition, _, _ = now(cast, draft)
    assert state == State.DRAFT
    assert post(director, draft, "deletion", edition).status_code == 409
    assert "删除" not in director.get(f"/reports/{draft.id}").soup.main.get_text()


@pytest.mark.parametrize("page", ["withdrawal", "deletion"])
@pytest.mark.parametrize("edition", ["0", "", "99", "x"])
def test_an_old_page_withdraws_and_deletes_nothing(cast, director, page, edition):
    state = State.AT_TOWNSHIP if page == "withdrawal" else State.DRAFT
    report = cast.report(cast.sunshine, state=state)
    assert post(director, report, page, edition).status_code == 409
    assert now(cast, report)[0] == state


def test_handing_in_is_signed(cast, director, draft):
    post(director, draft, "submission", 1)
    with cast.stage():
        step = db.session.scalars(select(Step).where(Step.monthly_report_id == draft.id)).one()
        signed = (step.move, step.by_name, step.by_office, step.source, step.target)
    assert signed == ("submit", "阳光园长", "阳光托育园", "draft", "at_township")


def test_where_nobody_reviews_below_the_county_it_goes_straight_there(cast, director, draft):
    with cast.stage():
        cast.region("350102001000").review_mode = "county_only"
    post(director, draft, "submission", 1)
    assert now(cast, draft)[0] == State.AT_COUNTY


def test_a_month_is_handed_in_late_but_handed_in(cast, director, draft):
    with clock.at("2023-08-01T00:00:00"):
        assert post(director, draft, "submission", 1).status_code == 302
        assert "迟报12天" in director.get(f"/reports/{draft.id}").text
