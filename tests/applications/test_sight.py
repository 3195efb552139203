"""Who sees what of a move, and that the last of two at once is told."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.applications.world import (
    AFTER_CLOSING,
    JULY_17,
    ask,
    confirmed_june,
    correct,
    see,
    stamp,
    state_of,
    the_application,
)
from tests.review.world import names_in, tabs_in
from tuoyu.archives.models import in_force
from tuoyu.extensions import db
from tuoyu.reports.models import MonthlyReport
from tuoyu.workflow.states import State


@pytest.fixture
def released(ready, signed_in):
    """鼓楼 has let 阳光托育园 go to 台江."""
    confirmed_june(ready)
    ask(signed_in(ready.sunshine_director), "move")
    stamp(signed_in(ready.gudong_clerk), the_application(ready), "approve")
    stamp(signed_in(ready.gulou_officer), the_application(ready), "release")
    return the_application(ready)


def test_the_receiving_county_sees_nothing_before_the_old_one_lets_go(ready, signed_in):
    ask(signed_in(ready.sunshine_director), "move")
    application, officer = the_application(ready), signed_in(ready.taijiang_officer)
    for _ in range(2):
        assert see(officer, f"/review/applications/{application.id}").status_code == 404
        assert names_in(see(officer, "/review/applications/")) == []
        stamp(signed_in(ready.gudong_clerk), the_application(ready), "approve")


def test_the_receiving_county_reads_the_application_and_nothing_else(ready, signed_in, released):
    officer = signed_in(ready.taijiang_officer)
    assert names_in(see(officer, "/review/applications/")) == ["阳光托育园"]
    home = see(officer, "/")
    assert "申请审核 1" in home.soup.select_one("#navigation").get_text(" ", strip=True)
    page = see(officer, f"/review/applications/{released.id}")
    for fact in ("阳光托育园", "中山路1号", "63", "茶亭街5号", "租约到期"):
        assert fact in page.text
    assert "鼓楼专干" in page.soup.select_one("#trail").text  # who let it go
    stamps = [button.text for button in page.soup.select("#stamps button, #stamps a.button-danger")]
    assert stamps == ["接收", "退回…"]
    with ready.stage():
        archive, june = in_force(released.institution_id).id, newest(MonthlyReport)
    for address in (
        f"/archives/{archive}",
        f"/review/archives/{archive}",
        f"/reports/{june}",
        f"/review/reports/{june}",
    ):
        assert see(officer, address).status_code == 404
    assert names_in(see(officer, "/review/archives/?state=all")) == ["月亮托育园"]


def newest(model):
    return db.session.scalar(db.select(db.func.max(model.id)))


def test_only_the_receiving_county_receives(ready, signed_in, released):
    for person, status in (
        (ready.gulou_officer, 409),  # sees it, may not
        (ready.gudong_clerk, 403),
        (ready.sunshine_director, 403),
        (ready.fuzhou_officer, 403),
        (ready.province_officer, 403),
    ):
        assert stamp(signed_in(person), released, "receive").status_code == status
    assert names_in(see(signed_in(ready.gulou_officer), "/review/applications/")) == []
    assert state_of(ready, released) == State.AT_RECEIVING
    for person in (ready.gulou_officer, ready.fuzhou_officer, ready.province_officer):
        page = see(signed_in(person), f"/applications/{released.id}")
        assert "待台江区" in page.soup.select_one("#standing").text.replace("福州市", "")


def test_every_tab_lists_each_application_once(ready, signed_in, released):
    for person in (ready.gudong_clerk, ready.gulou_officer, ready.taijiang_officer):
        client = signed_in(person)
        for label, (count, address) in tabs_in(see(client, "/review/applications/")).items():
            assert len(names_in(see(client, address))) == count, (person.display_name, label)
        assert names_in(see(client, "/review/applications/?state=all")) == ["阳光托育园"]
        assert names_in(see(client, "/review/applications/?state=all&q=ygtyy")) == ["阳光托育园"]
        assert names_in(see(client, "/review/applications/?state=all&q=月亮")) == []


def test_only_the_office_that_asked_may_take_its_correction_back(ready, signed_in):
    june = confirmed_june(ready)
    correct(signed_in(ready.gudong_clerk), june, in_care="46", left_in_year="14")
    application = the_application(ready)
    form = {"edition": application.edition}
    address = f"/applications/{application.id}/withdrawal"
    for person in (ready.sunshine_director, ready.gulou_officer):
        assert signed_in(person).post(address, data=form).status_code == 409
    assert signed_in(ready.gudong_clerk).post(address, data=form).status_code == 302
    assert (
        see(signed_in(ready.sunshine_director), f"/applications/{application.id}").status_code
        == 404
    )


def test_the_way_to_a_draft_is_shown_to_the_institution_alone(ready, signed_in):
    june = confirmed_june(ready)
    correct(signed_in(ready.sunshine_director), june, in_care="46", left_in_year="14")
    officer, application = signed_in(ready.gulou_officer), the_application(ready)
    assert stamp(officer, application, "confirm").status_code == 302
    for person, ways in ((ready.sunshine_director, 1), (ready.gulou_officer, 0)):
        page = see(signed_in(person), f"/applications/{application.id}").soup
        links = [link["href"] for link in page.select("#standing ~ a, #standing a")]
        assert len(links) == ways
        assert all(see(signed_in(person), link).status_code == 200 for link in links)


def test_the_province_has_a_desk_for_applications_alone(ready, signed_in):
    june = confirmed_june(ready)
    correct(
        signed_in(ready.sunshine_director),
        june,
        moment=AFTER_CLOSING,
        in_care="46",
        left_in_year="14",
    )
    province = signed_in(ready.province_officer)
    desk = see(province, "/review/applications/")
    assert names_in(desk) == ["阳光托育园"]
    assert tabs_in(desk)["待我批准"][0] == 1
    for kind in ("reports", "archives"):
        assert see(province, f"/review/{kind}/").status_code == 403
    assert see(province, f"/review/reports/{june.id}").status_code == 403
    assert see(signed_in(ready.fuzhou_officer), "/review/applications/").status_code == 403


def test_of_two_stamps_at_once_one_works(ready, signed_in):
    ask(signed_in(ready.sunshine_director), "suspend")
    application = the_application(ready)
    clients = [signed_in(ready.gudong_clerk) for _ in range(2)]
    with ThreadPoolExecutor() as both:
        answers = list(both.map(lambda client: stamp(client, application, "approve"), clients))
    assert sorted(answer.status_code for answer in answers) == [302, 409]


def test_of_two_applications_at_once_one_is_kept(ready, signed_in):
    clients = [signed_in(ready.sunshine_director) for _ in range(2)]
    with ThreadPoolExecutor() as both:
        answers = list(both.map(lambda client: ask(client, "suspend", moment=JULY_17), clients))
    assert sorted(answer.status_code for answer in answers) == [302, 409]


def test_a_stale_page_stamps_nothing(ready, signed_in):
    ask(signed_in(ready.sunshine_director), "suspend")
    application = the_application(ready)
    answer = stamp(signed_in(ready.gudong_clerk), application, "approve", edition=0)
    assert answer.status_code == 409
    assert state_of(ready, application) == State.AT_TOWNSHIP
