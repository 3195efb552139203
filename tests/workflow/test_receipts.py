"""回执: one for every submission, and what anybody may ask about it."""

import re
import subprocess
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.cast import JULY
from tests.conftest import sign_in
from tuoyu import clock
from tuoyu.extensions import db
from tuoyu.regions.models import ReviewMode
from tuoyu.workflow import receipts
from tuoyu.workflow.receipts import LETTERS, Receipt, canonical, digest_of, newest_receipt
from tuoyu.workflow.states import State

NUMBER = rf"TY-[0-9A-Z]{{4,6}}-[{LETTERS}]{{4}}-[{LETTERS}]{{4}}"
UNKNOWN = "没有查到这份回执"


def issued(cast, paper):
    """The receipts of a paper, the oldest first, as detached copies."""
    with cast.stage():
        steps = [step.id for step in cast.again(paper).steps]
        found = select(Receipt).where(Receipt.step_id.in_(steps)).order_by(Receipt.id)
        every = db.session.scalars(found).all()
        codes = [receipt.check_code for receipt in every]
        for receipt, code in zip(every, codes, strict=True):
            db.session.expunge(receipt)
            receipt.code = code
        return every


def resubmit(cast, paper, moment, **figures):
    """Returned by the township, changed, and handed in again."""
    with cast.stage(moment):
        one = cast.again(paper)
        one.send_back(by=cast.again(cast.gudong_clerk), reason="请核对")
        one.fill_in(figures)
        one.explain(dict.fromkeys(one.unexplained(), "情况属实"))
        one.submit(by=cast.again(cast.sunshine_director))


@pytest.fixture
def month(cast):
    """A month that waits at the township."""
    cast.archive(cast.sunshine)
    return cast.report(cast.sunshine, state=State.AT_TOWNSHIP)


@pytest.fixture
def check(client):
    """check(number, code): what the public page answers to somebody unknown."""
    return lambda number, code: client.get(
        "/receipts/", query_string={"number": number, "code": code}
    )


def test_a_receipt_says_what_was_handed_in_and_by_when_who_does_what(cast, month):
    [receipt] = issued(cast, month)
    assert re.fullmatch(NUMBER, receipt.number)
    assert receipt.number.startswith("TY-202306-")
    assert (receipt.title, receipt.version) == ("2023年6月月报", 1)
    assert receipt.institution_name == "阳光托育园"
    assert receipt.submitted_at == month.submitted_at == receipt.first_submitted_at
    assert (receipt.days_late, receipt.is_first) == (0, True)
    assert clock.beijing(receipt.township_due).isoformat().startswith("2023-07-23T23:59:59")
    assert re.fullmatch("[0-9a-f]{64}", receipt.digest)


def test_every_submission_of_a_month_has_its_own_and_officers_moves_have_none(cast, month):
    resubmit(cast, month, "2023-07-18T09:30:05", in_care=47, left_in_year=13)
    with cast.stage("2023-07-19T08:00"):
        paper = cast.again(month)
        paper.approve(by=cast.again(cast.gudong_clerk))
        paper.confirm(by=cast.again(cast.gulou_officer))
        moves = [(step.move, bool(step.receipt)) for step in paper.steps]
    assert moves == [
        ("submit", True),
        ("send_back", False),
        ("submit", True),
        ("approve", False),
        ("confirm", False),
    ]
    first, second = issued(cast, month)
    assert first.number != second.number
    assert first.digest != second.digest
    assert second.first_submitted_at == first.submitted_at
    assert second.submitted_at - first.submitted_at == timedelta(
        days=1, hours=23, minutes=30, seconds=5
    )


def test_an_archive_has_one_and_no_deadline(cast):
    archive = cast.archive(cast.sunshine, State.AT_TOWNSHIP)
    [receipt] = issued(cast, archive)
    assert receipt.number.startswith("TY-DA01-")
    assert (receipt.title, receipt.days_late, receipt.county_due) == ("机构档案", None, None)


def test_handing_in_late_is_told_by_the_first_submission(cast):
    cast.archive(cast.sunshine)
    july = cast.report(cast.sunshine, JULY, State.AT_TOWNSHIP, moment="2023-08-08T09:00")
    resubmit(cast, july, "2023-08-12T09:00", enr_male=30, enr_female=30)
    assert [receipt.days_late for receipt in issued(cast, july)] == [3, 3]


def digest_now(cast, paper, **changes):
    with cast.stage(), db.session.no_autoflush:
        one = cast.again(paper)
        receipt = newest_receipt(one)
        for key, value in changes.items():
            setattr(one, key, value)
        found = digest_of(one, receipt, receipt.step)
        db.session.rollback()
        return found


def test_the_digest_changes_with_every_figure_and_explanation_and_with_nothing_else(cast, month):
    [receipt] = issued(cast, month)
    assert digest_now(cast, month) == receipt.digest
    assert digest_now(cast, month, fee_full_day=Decimal("2800")) == receipt.digest
    assert digest_now(cast, month, edition=month.edition + 1) == receipt.digest
    numbers = [i.key for i in month.sheet.typed_in if i.code]
    changed = {digest_now(cast, month, **{key: 77}) for key in numbers}
    changed.add(digest_now(cast, month, institution_category="F"))
    changed.add(digest_now(cast, month, explanations={"S01": {"message": "甲", "text": "乙"}}))
    changed.add(digest_now(cast, month, explanations={"S01": {"message": "甲", "text": "丙"}}))
    assert len(numbers) == 37
    assert len(changed | {receipt.digest}) == 37 + 4


def test_the_digest_of_an_archive_counts_its_captions(cast):
    archive = cast.archive(cast.sunshine, State.AT_TOWNSHIP)
    assert digest_now(cast, archive) == issued(cast, archive)[0].digest
    assert digest_now(cast, archive, remark="改") != issued(cast, archive)[0].digest
    assert digest_now(cast, archive, longitude=Decimal("119.296494")) != digest_now(cast, archive)


def test_what_has_no_place_in_a_digest_is_no_figure():
    with pytest.raises(TypeError):
        canonical(object())


def test_the_flash_after_submitting_leads_to_the_receipt(cast):
    cast.archive(cast.sunshine)
    draft = cast.report(cast.sunshine)
    director = sign_in(cast.app, cast.sunshine_director)
    with clock.at("2023-07-16T10:00:07"):
        answer = director.post(
            f"/reports/{draft.id}/submission",
            data={"edition": draft.edition},
            follow_redirects=True,
        )
        [receipt] = issued(cast, draft)
        assert f'<a href="/receipts/{receipt.number}">打印回执</a>' in answer.text
        for page in ("/reports/", f"/reports/{draft.id}", "/archives/"):
            assert "/receipts/TY-" in director.get(page).text, page
        shown = director.get(f"/receipts/{receipt.number}").text
    for words in (receipt.number, "阳光托育园", "2023年6月月报（第1版）", "2023年7月16日 10:00:07"):
        assert words in shown
    for words in (
        receipt.digest[:16],
        receipt.code,
        "按时",
        "可以在系统内撤回",
        "与本回执是同一份",
    ):
        assert words in shown
    assert "乡镇（街道）审核（7月23日24:00前），通过后县级确认（7月23日24:00前）" in shown
    assert "style=" not in shown


def test_where_the_county_reviews_alone_the_receipt_names_no_township(cast):
    with cast.stage():
        cast.region("350102001000").review_mode = ReviewMode.COUNTY_ONLY
    archive = cast.archive(cast.sunshine, State.DRAFT)
    with cast.stage():
        cast.again(archive).submit(by=cast.again(cast.sunshine_director))
    [receipt] = issued(cast, archive)
    shown = sign_in(cast.app, cast.sunshine_director).get(f"/receipts/{receipt.number}").text
    assert "乡镇（街道）审核" not in shown
    assert "县级确认。" in shown


def test_the_receipt_is_one_a4_page_with_everything_on_it(cast, month, tmp_path):
    [receipt] = issued(cast, month)
    answer = sign_in(cast.app, cast.sunshine_director).get(
        f"/receipts/{receipt.number}/receipt.pdf"
    )
    paper = tmp_path / "receipt.pdf"
    paper.write_bytes(answer.data)
    text = subprocess.run(
        ["pdftotext", "-layout", paper, "-"], capture_output=True, text=True
    ).stdout
    assert text.count("\f") == 1
    for words in (
        "报送回执",
        receipt.number,
        receipt.code,
        "2023年7月16日 10:00:00",
        "按时",
        "第1页",
    ):
        assert words in text.replace("报 送 回 执", "报送回执"), words
    assert receipt.digest in re.sub(r"\s", "", text)


def test_anybody_with_number_and_check_code_learns_that_it_is_genuine_and_no_more(
    cast, month, check
):
    [receipt] = issued(cast, month)
    page = check(f" {receipt.number.lower().replace('-', '－')} ", receipt.code.lower())
    assert page.status_code == 200
    for words in ("真实有效", "阳光托育园", "2023年6月月报（第1版）", receipt.digest):
        assert words in page.text
    assert "同一份" not in page.text
    assert "阳光园长" not in page.text
    assert not re.search(r"/(reports|archives)/", page.text)


def test_the_square_on_the_receipt_leads_to_the_check(cast, month):
    [receipt] = issued(cast, month)
    drawn = sign_in(cast.app, cast.sunshine_director).get(f"/receipts/{receipt.number}").text
    assert '<svg viewBox="' in drawn
    asked = {"number": receipt.number, "code": receipt.code}
    assert "真实有效" in cast.app.test_client().get("/receipts/", query_string=asked).text


def test_a_wrong_number_and_a_wrong_code_get_the_same_answer(cast, month, check):
    [receipt] = issued(cast, month)
    wrong = [check("TY-202306-ABCD-2345", receipt.code), check(receipt.number, "00000000")]
    wrong += [check(receipt.number, ""), check("", receipt.code), check("编号" * 9, "码" * 9)]
    assert {page.status_code for page in wrong} == {404}
    assert all(UNKNOWN in page.text and "阳光托育园" not in page.text for page in wrong)


def test_guessing_is_slowed_down(strict_app):
    strict_app.extensions["throttle"].storage.reset()
    client = strict_app.test_client()
    ask = {"number": "TY-202306-ABCD-2345", "code": "00000000"}
    answers = [client.get("/receipts/", query_string=ask) for _ in range(21)]
    strict_app.extensions["throttle"].storage.reset()
    assert [answer.status_code for answer in answers] == [404] * 20 + [429]
    assert "请等1分钟再试" in answers[-1].soup.main.get_text()
    assert not answers[-1].soup.main.select("form")  # nothing was sent that could be sent again
    assert client.get("/receipts/").status_code == 200


def test_who_may_see_the_paper_is_told_what_has_become_of_it(cast, month):
    [receipt] = issued(cast, month)
    director = sign_in(cast.app, cast.sunshine_director)
    clerk = sign_in(cast.app, cast.gudong_clerk)
    stranger = sign_in(cast.app, cast.guxi_clerk)
    asked = {"number": receipt.number, "code": receipt.code}

    def told(client):
        return client.get("/receipts/", query_string=asked).text

    assert "是同一份，提交后没有改动" in told(director)
    assert "是同一份，提交后没有改动" in told(clerk)
    assert "真实有效" in told(stranger)
    assert "同一份" not in told(stranger)
    assert stranger.get(f"/receipts/{receipt.number}").status_code == 404
    with cast.stage():
        cast.again(month).send_back(by=cast.again(cast.gudong_clerk), reason="请核对")
    assert "已退回机构，尚未重新提交；数据目前没有改动" in told(clerk)
    with cast.stage():
        cast.again(month).fill_in({"in_care": 47, "left_in_year": 13})
    assert "已退回机构，尚未重新提交；数据此后已有修改" in told(director)
    with cast.stage():
        paper = cast.again(month)
        paper.explain(dict.fromkeys(paper.unexplained(), "情况属实"))
        paper.submit(by=cast.again(cast.sunshine_director))
    newer = issued(cast, month)[-1]
    assert "此后已重新提交，请以新的回执为准：" in told(director)
    assert f'<a href="/receipts/{newer.number}">' in told(director)


def test_what_was_withdrawn_is_the_institutions_own_business(cast, month):
    [receipt] = issued(cast, month)
    with cast.stage():
        cast.again(month).withdraw(by=cast.again(cast.sunshine_director))
    clerk = sign_in(cast.app, cast.gudong_clerk).get(f"/receipts/{receipt.number}").text
    assert "提交后机构已撤回，尚未重新提交。" in clerk
    own = sign_in(cast.app, cast.sunshine_director).get(f"/receipts/{receipt.number}").text
    assert "提交后机构已撤回，尚未重新提交；数据目前没有改动。" in own


def test_figures_changed_behind_the_back_of_the_law_are_noticed(cast, month):
    [receipt] = issued(cast, month)
    with cast.stage():
        cast.again(month).enr_male, cast.again(month).enr_female = 30, 30
    shown = sign_in(cast.app, cast.gudong_clerk).get(f"/receipts/{receipt.number}").text
    assert "与本回执不一致" in shown


def test_a_name_that_changes_later_does_not_change_the_receipt(cast, month):
    [receipt] = issued(cast, month)
    with cast.stage():
        cast.again(cast.sunshine).name = "改名托育园"
    shown = sign_in(cast.app, cast.sunshine_director).get(f"/receipts/{receipt.number}").text
    assert "阳光托育园" in shown
    assert "与本回执是同一份" in shown


def test_numbers_are_not_to_be_guessed():
    numbers = {receipts.new_number("202306") for _ in range(500)}
    assert len(numbers) == 500
    assert all(re.fullmatch(NUMBER, number) for number in numbers)


@pytest.mark.parametrize(
    "text", ["ty-202306-8f3a-22c7", "TY20230 68F3A22C7", "ＴＹ—202306—8F3A—22C7"]
)
def test_a_number_is_known_however_it_is_typed(text):
    assert receipts.number_from(text) == "TY-202306-8F3A-22C7"
