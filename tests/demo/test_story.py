"""The demo: what is told there happens by the rules, and whoever it concerns sees it."""

import pytest
from sqlalchemy import select

from tests.conftest import sign_in
from tests.review.world import names_in
from tuoyu import clock
from tuoyu.accounts.models import User
from tuoyu.accounts.names import a_free_email, a_free_mobile
from tuoyu.demo import declared, happenings, names, slips
from tuoyu.demo.happenings import at
from tuoyu.demo.houses import House
from tuoyu.demo.offices import Offices
from tuoyu.demo.places import COUNTIES, GULOU, region, villages_of
from tuoyu.demo.questions import publish_answers
from tuoyu.extensions import db
from tuoyu.scope import EVERYWHERE, looking

NOW = "2024-02-04T10:00"
TOLD = (0, 1, 2, 6, 7, 16, 18, 20, 21, 23, 24, 26, 41, 43)  # institutions of 鼓楼区
SEEN = [
    # who, from where, the links to follow, what stands there
    ("gulou_t01", "/review/reports/", ["鼓东蒲公英"], "退回后的修改"),
    ("gulou_t01", "/feedback/", ["周末临时托"], "31 临时托填3还是填7"),
    ("gulou_t02", "/review/applications/", ["鼓西"], "更换图片"),
    ("gulou_j02", "/", ["月末当天请假"], "当天请假未到的仍计入"),
    ("gulou_j02", "/", ["继续填报月报"], "上月有 3 家在此处被退回，多因“只填了当月离开的人数"),
    ("gulou_j02", "/feedback/faq", [], "“年末在托数”平时各月怎么填？"),
    ("gulou_j08", "/account/operators", [], "2023年10月12日"),
    ("gulou_j17", "/", [], "停业"),
    ("gulou_j19", "/", ["核对并提交更正"], "2024年1月月报"),
    ("gulou_j25", "/applications/", [], "2023年11月1日起归福建省福州市台江区"),
    ("gulou_j25", "/reports/", [], "2023年6月月报"),
    ("gulou_j27", "/", ["变更所属区域申请"], "接收"),
    ("gulou_j42", "/", [], "已于2023年11月30日终止服务，以后各月不再上报"),
    ("gulou_j44", "/", ["恢复运营申请"], "待福州市鼓楼区卫生健康局确认"),
    ("gulou", "/feedback/", ["新开的分园"], "请区里明确"),
    ("gulou", "/review/applications/", ["东街"], "消防改造已验收"),
    ("taijiang", "/review/applications/", ["华大"], "租约到期"),
    ("taijiang", "/review/reports/?state=all&month=2023-11", [], "南街萤火虫托育园"),
]


@pytest.fixture
def told(app):
    """Some of the institutions of 鼓楼区 have lived their lives."""
    with app.app_context(), looking(EVERYWHERE), clock.at(NOW):
        offices, county = Offices(), region(GULOU)
        for number, village in enumerate(villages_of(county, COUNTIES[GULOU])):
            if number in TOLD:
                House(offices, county, village, number, serial=number).live()
        publish_answers(offices)
        db.session.commit()
    with clock.at(NOW):
        yield app


def follow(client, address, links):
    answer = client.get(address)
    for words in links:
        found = [a["href"] for a in answer.soup.main.select("a") if words in a.text]
        answer = client.get(found[0])
    return answer


def browsers(app):
    """{account: its browser} of everybody in the demo."""
    with app.app_context(), looking(EVERYWHERE):
        people = {user.username: user for user in db.session.scalars(select(User))}
        db.session.expunge_all()
    return {name: sign_in(app, people[name]) for name in {who for who, *_ in SEEN}}


def test_whomever_it_concerns_sees_it(told):
    clients = browsers(told)
    for who, address, links, words in SEEN:
        assert words in follow(clients[who], address, links).text, (who, address, words)
    before = clients["gulou"].get("/review/reports/?state=all&month=2023-10")
    assert "南街萤火虫托育园（演示）" in names_in(before)


def test_everything_happens_to_an_institution_of_the_demo():
    told = {key[:2] for key in [*happenings.HAPPENINGS, *slips.SLIPS, *declared.MONTHS]}
    assert all(number < COUNTIES[county] for county, number in told)
    for moments in happenings.HAPPENINGS.values():
        assert moments == sorted(moments, key=lambda happening: happening[0])
        assert moments[-1][0] < at(NOW)


def test_reserved_addresses_look_like_any_and_belong_to_nobody(app):
    with app.app_context():
        contact = names.contact("gulou_j01", 1)
        assert a_free_mobile(contact["mobile"]) and a_free_email(contact["email"])
    assert contact == {"email": "gulou_j01@example.com", "mobile": "19900000001"}
