from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from tests.accounts.conftest import PASSWORD, TOWNSHIP, VILLAGE
from tuoyu.accounts import privacy
from tuoyu.accounts.models import Role, User
from tuoyu.institutions.models import Institution
from tuoyu.regions.picker import NOT_A_VILLAGE, UNKNOWN

ANOTHER_VILLAGE = "350102002002"
CODE = "91350100M000100Y43"
TYPED = {
    "region_code": VILLAGE,
    "institution_name": "向阳托育园（鼓东店）",
    "unified_social_credit_code": CODE,
    "username": "xiangyang_1",
    "display_name": "林老师",
    "mobile": "13900000001",
    "email": "lin@example.org",
    "password": PASSWORD,
    "password_confirm": PASSWORD,
    "privacy_consent": "y",
}


@pytest.fixture
def register(client):
    """register(mobile="…", email=None) posts the form with these changes; None leaves one out."""

    def post(**changes):
        typed = {name: value for name, value in (TYPED | changes).items() if value is not None}
        return client.post("/register", data=typed)

    return post


def errors_of(answer):
    """{id of the field: the sentence beside it}."""
    beside = answer.soup.select("form p.error[id]")
    return {p["id"].removesuffix("-error"): p.get_text(strip=True) for p in beside}


def typed_in(answer, name):
    return answer.soup.select_one(f"input[name={name}]").get("value", "")


def test_registration_begins_with_the_choice_of_the_village(client):
    answer = client.get("/register")
    assert (answer.status_code, answer.location) == (302, "/regions/choose?next=/register")


def test_the_form_shows_the_village_that_was_chosen(client):
    answer = client.get(f"/register?region_code={VILLAGE}")
    assert answer.status_code == 200
    assert "鼓楼区/鼓东街道" in answer.soup.find(id="region_picker").get_text()
    assert typed_in(answer, "region_code") == VILLAGE
    assert not answer.soup.select_one("input[name=privacy_consent]").has_attr("checked")
    assert not errors_of(answer).keys() - {"region_code"}


@pytest.mark.parametrize(
    ("code", "sentence"), [(TOWNSHIP, NOT_A_VILLAGE), ("000000000000", UNKNOWN), ("'; --", UNKNOWN)]
)
def test_only_a_village_will_do(client, register, code, sentence):
    assert (
        sentence
        in errors_of(client.get("/register", query_string={"region_code": code}))["region_code"]
    )
    answer = register(region_code=code)
    assert answer.status_code == 422
    assert sentence in errors_of(answer)["region_code"]
    assert answer.soup.select_one(".error-summary a[href='#region_code']")


def test_an_institution_registers_and_is_signed_in(client, register, database_of):
    answer = register()
    assert (answer.status_code, answer.location) == (302, "/archives/")
    [institution] = database_of(select(Institution))
    [user] = database_of(select(User))
    assert institution.name == "向阳托育园（鼓东店）"
    assert institution.initials.startswith("xytyy")
    assert institution.unified_social_credit_code == CODE
    assert (institution.region_code, user.region_code) == (VILLAGE, VILLAGE)
    assert institution.region_path == user.region_path
    assert institution.region_path.endswith(f"/{TOWNSHIP}/{VILLAGE}/")
    assert (user.role, user.institution_id) == (Role.INSTITUTION, institution.id)
    assert user.password.startswith("$argon2id$")
    assert user.privacy_notice_version == privacy.VERSION
    assert user.privacy_consent_at is not None
    page = client.get("/privacy")
    assert "林老师" in page.soup.header.get_text()


def test_what_an_input_method_types_is_understood(register, database_of):
    answer = register(
        unified_social_credit_code=" ９１３５０１００ｍ０００１００ｙ４３ ",
        mobile="+86 １３９-００００-０００１",
        username="ｘｉａｎｇｙａｎｇ＿１",
        email="ｌｉｎ＠example.org",
    )
    assert answer.status_code == 302
    assert database_of(select(Institution))[0].unified_social_credit_code == CODE
    [user] = database_of(select(User))
    assert (user.mobile, user.username) == ("13900000001", "xiangyang_1")
    assert user.email == "lin@example.org"


MAILBOXES = [
    ("lin@qq。com", "lin@qq.com"),
    ("ｌｉｎ＠ＱＱ．com", "lin@qq.com"),
    ("Lin.1@Example.ORG", "Lin.1@example.org"),
    ("lin@例子.中国", "lin@xn--fsqu00a.xn--fiqs8s"),
]


@pytest.mark.parametrize(("typed", "kept"), MAILBOXES)
def test_a_mailbox_is_kept_as_letters_reach_it(app, register, database_of, typed, kept):
    assert register(email=typed).status_code == 302
    assert database_of(select(User.email)) == [kept]
    for name in (typed, kept):
        client = app.test_client()
        answer = client.post("/login", data={"username": name, "password": PASSWORD})
        assert answer.status_code == 302


def test_a_mailbox_in_chinese_is_refused_in_words_that_help(register, database_of):
    answer = register(email="林@example.org")
    assert answer.status_code == 422
    assert "“@”前面只用英文字母、数字和常用符号，不能有汉字" in errors_of(answer)["email"]
    assert typed_in(answer, "email") == "林@example.org"
    assert database_of(select(User)) == []


def test_one_mailbox_in_two_spellings_is_one(register, accounts):
    assert "已被注册" in errors_of(register(email="garden@Example。org"))["email"]


def test_nothing_typed_is_told_field_by_field(client):
    answer = client.post("/register", data={})
    assert answer.status_code == 422
    assert errors_of(answer).keys() == TYPED.keys()
    links = {a["href"] for a in answer.soup.select(".error-summary a")}
    assert links == {f"#{name}" for name in TYPED}
    assert answer.soup.title.get_text().startswith("错误：")


@pytest.mark.parametrize(
    ("name", "typed", "piece"),
    [
        ("institution_name", "　", "请填写"),
        ("institution_name", "园" * 101, "不能超过100"),
        ("unified_social_credit_code", "91350100M000100Y44", "校验位"),
        ("unified_social_credit_code", "91350100M000100Y4", "18位"),
        ("unified_social_credit_code", "9" * 5000, "18位"),
        ("username", "short", "6至32位"),
        ("username", "名字名字名字", "6至32位"),
        ("username", "a" * 33, "6至32位"),
        ("display_name", "林" * 51, "不能超过50"),
        ("mobile", "12900000001", "11位"),
        ("mobile", "1390000000", "11位"),
        ("mobile", "139٠٠٠٠٠٠٠١", "11位"),
        ("email", "lin.example.org", "格式"),
        ("email", f"lin@{'a' * 60}.{'b' * 60}.org", "100"),
        ("privacy_consent", None, "同意"),
        ("password", "Lan-1", "10至128位"),
        ("password", "lanhuayuan2023", "至少三类"),
        ("password", "X-xiangyang_1-9", "登录账号"),
        ("password", "Ab-13900000001", "手机号"),
        ("password", "Xiangyang-207-b", "拼音"),
        ("password", "P@ssw0rd-Lan", "常见"),
        ("password", "Lan-Hua-12345", "常见"),
        ("password_confirm", "Lan-Hua-2023-y", "不一致"),
    ],
)
def test_what_is_wrong_is_told_beside_the_field_and_nothing_is_lost(
    register, database_of, name, typed, piece
):
    answer = register(**{name: typed})
    assert answer.status_code == 422
    errors = errors_of(answer)
    assert piece in errors[name]
    assert errors.keys() <= {name, "password_confirm"}
    for other in TYPED.keys() - {name, "password", "password_confirm", "privacy_consent"}:
        assert typed_in(answer, other) == TYPED[other]
    assert typed_in(answer, "password") == typed_in(answer, "password_confirm") == ""
    assert database_of(select(User)) == database_of(select(Institution)) == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("username", "GARDEN_1"),
        ("username", "13800000001"),
        ("mobile", "138 0000 0001"),
        ("email", "garden@EXAMPLE.org"),
    ],
)
def test_a_name_of_another_account_is_taken(accounts, register, name, typed):
    answer = register(region_code=ANOTHER_VILLAGE, **{name: typed})
    assert answer.status_code == 422
    assert "已被注册" in errors_of(answer)[name]


def test_a_mobile_number_that_is_an_account_name_is_taken(accounts, change, register):
    change("Garden_1", username="13700000001")
    answer = register(region_code=ANOTHER_VILLAGE, mobile="13700000001")
    assert "已被注册" in errors_of(answer)["mobile"]


def test_one_code_registers_once(accounts, register):
    answer = register()
    assert answer.status_code == 422
    assert "已有机构注册" in errors_of(answer)["unified_social_credit_code"]


def test_of_two_who_take_the_same_name_at_once_one_is_told(app, database_of):
    def post(region_code):
        typed = TYPED | {"region_code": region_code}
        return app.test_client().post("/register", data=typed).status_code

    with ThreadPoolExecutor(2) as two:
        assert sorted(two.map(post, [VILLAGE, ANOTHER_VILLAGE])) == [302, 422]
    assert len(database_of(select(User))) == len(database_of(select(Institution))) == 1


def test_fields_that_are_not_in_the_form_are_not_taken(register, database_of):
    register(role="province", region_path="350000000000/", active="", institution_id="7")
    [user] = database_of(select(User))
    assert (user.role, user.active, user.region_code) == (Role.INSTITUTION, True, VILLAGE)


def test_the_notice_says_what_is_kept(client):
    answer = client.get("/privacy")
    text = answer.soup.main.get_text()
    assert privacy.VERSION in text
    for piece in (
        "登记哪些",
        "为什么",
        "谁可以看到",
        "保存多久",
        "更正",
        "联系方式",
        "婴幼儿只登记人数",
    ):
        assert piece in text
    assert client.get(f"/register?region_code={VILLAGE}").soup.select("a[href='/privacy']")


def test_an_address_that_registers_without_end_is_stopped(limited):
    client = limited(REGISTRATIONS_PER_ADDRESS="2 per minute")
    answers = [client.post("/register", data={}).status_code for _ in range(3)]
    assert answers == [422, 422, 429]
    assert client.get(f"/register?region_code={VILLAGE}").status_code == 200
