"""One credit code, one registration, unless the county permits a branch."""

from sqlalchemy import select

from tests.accounts.test_registration import TYPED, errors_of
from tuoyu.extensions import db
from tuoyu.institutions.branches import BranchPermit
from tuoyu.institutions.models import Institution

VILLAGE = "350102001001"
NEXT_DOOR = "350103001002"  # 台江区


def typed(cast, **changes):
    code = cast.sunshine.unified_social_credit_code
    return TYPED | {"unified_social_credit_code": code, "region_code": VILLAGE} | changes


def test_a_code_in_use_is_refused_with_the_office_to_call(cast, client):
    answer = client.post("/register", data=typed(cast))
    assert answer.status_code == 422
    [said] = errors_of(answer).values()
    assert "已有机构注册" in said
    assert "请联系福州市鼓楼区卫生健康局" in said
    answer = client.post("/register", data=typed(cast, region_code=NEXT_DOOR))
    assert "请联系福州市台江区卫生健康局" in answer.text
    answer = client.post("/register", data=typed(cast, region_code="350128001001"))
    assert "请联系平潭综合实验区社会事业局" in answer.text


def permit(cast, officer, code=None, reason="阳光托育园鼓东分园，已核对执照"):
    code = code or cast.sunshine.unified_social_credit_code
    return officer.post("/branches", data={"unified_social_credit_code": code, "reason": reason})


def test_a_permit_is_good_for_one_registration_in_the_county(cast, client, app, signed_in):
    officer = signed_in(cast.gulou_officer)
    assert permit(cast, officer).status_code == 302
    elsewhere = client.post("/register", data=typed(cast, region_code=NEXT_DOOR))
    assert elsewhere.status_code == 422
    assert client.post("/register", data=typed(cast)).status_code == 302
    again = typed(cast, username="another_1", mobile="13900000077", email="a@example.org")
    assert app.test_client().post("/register", data=again).status_code == 422
    text = officer.get("/branches").soup.main.get_text()
    assert "已使用" in text and "向阳托育园（鼓东店）" in text
    with cast.stage():
        [used] = db.session.scalars(select(BranchPermit))
        assert used.institution.region_code == VILLAGE


def test_the_county_sees_its_own_permits(cast, signed_in):
    officer = signed_in(cast.gulou_officer)
    permit(cast, officer)
    assert "已核对执照" in officer.get("/branches").text
    assert "已核对执照" not in signed_in(cast.taijiang_officer).get("/branches").text
    withdrawal = officer.get("/branches").soup.select_one("td form")["action"]
    assert signed_in(cast.taijiang_officer).post(withdrawal).status_code == 404
    assert officer.post(withdrawal).status_code == 302
    assert "已核对执照" not in officer.get("/branches").text


def test_a_permit_that_is_of_no_use_is_refused_and_nothing_typed_is_lost(cast, signed_in):
    officer = signed_in(cast.gulou_officer)
    for code, reason, said in (
        ("91350100M000100Y44", "执照", "校验位"),
        ("91350100M000100Y43", "已核对执照", "还没有机构使用"),
        (None, " ", "请填写理由"),
    ):
        answer = permit(cast, officer, code, reason)
        assert answer.status_code == 422
        assert said in answer.soup.select_one(".error-summary").get_text()
        assert (code or "913") in answer.text
    permit(cast, officer)
    assert "尚未使用的许可" in permit(cast, officer).text


def test_the_code_of_an_institution_that_has_closed_is_free(cast, client):
    with cast.stage():
        cast.again(cast.sunshine).closed_on = cast.sunshine.registered_at.date()
    assert client.post("/register", data=typed(cast)).status_code == 302


def test_a_name_like_another_is_shown_and_must_be_looked_at(cast, client):
    new = {"unified_social_credit_code": "91350100M000100Y43", "region_code": VILLAGE}
    new = TYPED | new | {"institution_name": "鼓楼阳光婴幼儿照护中心"}
    answer = client.post("/register", data=new)
    assert answer.status_code == 422
    assert errors_of(answer).keys() == {"not_the_same"}
    assert answer.soup.select_one(".error-summary a[href='#not_the_same']")
    row = answer.soup.select_one("#alike tbody tr").get_text(" ", strip=True)
    assert row.split()[:2] == ["阳光托育园", "观风亭社区"]
    assert "13" not in row  # no telephone number
    for name in ("institution_name", "username", "mobile", "email", "unified_social_credit_code"):
        assert answer.soup.select_one(f"input[name={name}]")["value"] == new[name]
    box = answer.soup.select_one("input[name=not_the_same]")
    assert client.post("/register", data=new | {"not_the_same": "0"}).status_code == 422
    assert client.post("/register", data=new | {"not_the_same": box["value"]}).status_code == 302
    with cast.stage():
        names = db.session.scalars(select(Institution.name)).all()
    assert "鼓楼阳光婴幼儿照护中心" in names


def test_names_like_it_are_shown_while_one_fills_in_the_form(cast, client, htmx):
    asked = {"region_code": VILLAGE, "institution_name": "阳光托育"}
    answer = client.get("/register/alike", query_string=asked, headers=htmx("alike"))
    assert "阳光托育园" in answer.text and "<html" not in answer.text
    nothing = client.get("/register/alike", query_string={}, headers=htmx("alike"))
    assert "托育园" not in nothing.text
    assert client.get("/register/alike").status_code == 200
