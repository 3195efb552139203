import pytest
from sqlalchemy import select

from tests.accounts.conftest import PASSWORD
from tuoyu.accounts.commands import create_officer_command, reset_password_command
from tuoyu.accounts.events import AccountEvent
from tuoyu.accounts.models import Role, User

GULOU = "350102000000"
PINGTAN = "ZONE-PT"


@pytest.fixture
def create(app):
    """create("county", GULOU, "--generate", username="…") runs the command; answers its result."""

    def run(
        role, region, *more, username="gulou_1", name="王专干", typed=f"{PASSWORD}\n{PASSWORD}\n"
    ):
        place = ["--region", region] if region else []
        args = ["--role", role, *place, "--username", username, "--name", name, *more]
        return app.test_cli_runner().invoke(create_officer_command, args, input=typed)

    return run


@pytest.mark.parametrize(
    ("role", "region", "office"),
    [
        ("township", "350102001000", "鼓东街道办事处"),
        ("county", GULOU, "福州市鼓楼区卫生健康局"),
        ("county", PINGTAN, "平潭综合实验区社会事业局"),
        ("county", "ZONE-QZTS", "泉州台商投资区"),
        ("city", "350100000000", "福州市卫生健康委员会"),
        ("province", "350000000000", "福建省卫生健康委员会"),
        ("sysadmin", None, "系统管理"),
    ],
)
def test_an_officer_is_created_and_signs_in(create, client, database_of, role, region, office):
    done = create(role, region)
    assert done.exit_code == 0, done.output
    assert office in done.output
    assert PASSWORD not in done.output
    [user] = database_of(select(User))
    assert (user.role, user.region_code) == (Role(role), region)
    assert (user.region_path or "").endswith(f"{region}/" if region else "")
    answer = client.post("/login", data={"username": "gulou_1", "password": PASSWORD})
    assert answer.status_code == 302


def test_a_password_is_made_and_shown_once(create, client):
    done = create("county", GULOU, "--generate", "--mobile", "13600000001", typed="")
    password = done.output.strip().rpartition("：")[2]
    answer = client.post("/login", data={"username": "13600000001", "password": password})
    assert answer.status_code == 302


def test_whoever_gets_a_password_must_choose_another_one(create, client):
    create("county", GULOU)
    client.post("/login", data={"username": "gulou_1", "password": PASSWORD})
    assert client.get("/").location == "/account/password"


@pytest.fixture
def reset(app, accounts):
    """reset("clerk_1") runs the command; answers its result."""

    def run(username):
        args = ["--username", username, "--reason", "本人到场"]
        return app.test_cli_runner().invoke(reset_password_command, args)

    return run


def test_the_keeper_of_the_server_is_the_very_last_resort(reset, enter, database_of):
    before = enter("clerk_1")
    done = reset("CLERK_1")
    assert done.exit_code == 0, done.output
    assert before.get("/account").location.startswith("/login")
    assert not enter("clerk_1").is_in
    after = enter("clerk_1", done.output.strip().rpartition("：")[2])
    assert after.get("/").location == "/account/password"
    [event] = database_of(select(AccountEvent))
    assert (event.by_name, event.detail, event.ip) == ("系统运维", "本人到场", None)


def test_no_password_is_made_for_nobody_or_a_closed_account(reset, change):
    change("Garden_1", active=False)
    assert [reset(name).exit_code for name in ("nobody_1", "garden_1")] == [1, 1]


def test_an_officers_mailbox_is_kept_as_letters_reach_it(create, database_of):
    assert create("county", GULOU, "--email", "wang@QQ。com").exit_code == 0
    assert database_of(select(User.email)) == ["wang@qq.com"]


@pytest.mark.parametrize(
    ("role", "region", "more", "piece"),
    [
        ("township", GULOU, {}, "级别不符"),
        ("county", "350102001000", {}, "级别不符"),
        ("city", PINGTAN, {}, "级别不符"),
        ("county", None, {}, "级别不符"),
        ("sysadmin", GULOU, {}, "级别不符"),
        ("county", "359999000000", {}, "没有代码为"),
        ("county", GULOU, {"username": "CLERK_1"}, "登录账号已被注册"),
        ("county", GULOU, {"username": "短"}, "6至32位"),
        ("county", GULOU, {"typed": "12345\n12345\n"}, "10至128位"),
        ("county", GULOU, {"typed": "X-gulou_1-2023\n" * 2}, "不能包含登录账号"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(
    accounts, create, database_of, role, region, more, piece
):
    before = len(database_of(select(User)))
    done = create(role, region, **more)
    assert done.exit_code == 1
    assert piece in done.output
    assert len(database_of(select(User))) == before


@pytest.mark.parametrize(
    ("option", "value", "piece"),
    [
        ("--mobile", "13800000001", "手机号已被注册"),
        ("--mobile", "123", "11位"),
        ("--email", "GARDEN@example.org", "邮箱已被注册"),
        ("--email", "garden", "格式"),
    ],
)
def test_the_names_of_others_are_refused(accounts, create, option, value, piece):
    done = create("county", GULOU, option, value)
    assert done.exit_code == 1
    assert piece in done.output


def test_an_institution_is_not_created_here(create):
    assert create("institution", "350102001004").exit_code == 2
