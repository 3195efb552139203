import pytest

import config
from tuoyu import create_app


@pytest.fixture(autouse=True)
def empty_home(monkeypatch, tmp_path):
    monkeypatch.setenv("TUOYU_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SECRET_KEY", raising=False)
    return tmp_path / "home"


def test_a_secret_key_is_made_once_and_kept_for_us_alone(empty_home):
    key = config.secret_key()
    assert len(key) == 64
    assert config.secret_key() == key
    assert (empty_home / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in empty_home.iterdir()] == ["secret_key"]


def test_every_data_folder_has_a_key_of_its_own(monkeypatch, tmp_path):
    first = config.secret_key()
    monkeypatch.setenv("TUOYU_HOME", str(tmp_path / "another"))
    assert config.secret_key() != first


def test_of_several_processes_the_first_one_makes_the_key(empty_home):
    config.keep(empty_home / "secret_key", "first")
    config.keep(empty_home / "secret_key", "second")
    assert config.secret_key() == "first"


def test_the_environment_wins(monkeypatch, empty_home):
    monkeypatch.setenv("SECRET_KEY", "from outside")
    assert config.secret_key() == "from outside"
    assert not empty_home.exists()


def test_an_empty_variable_is_as_good_as_none(monkeypatch):
    monkeypatch.setenv("TUOYU_HOME", "")
    assert config.home() == config.ROOT / "var"


def test_another_kind_of_database_is_refused(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///data.db")
    with pytest.raises(ValueError, match="PostgreSQL"):
        config.where_the_data_is()


@pytest.mark.parametrize(("given", "secure"), [("1", True), ("", False)])
def test_cookies_go_over_https_alone_when_told(monkeypatch, given, secure):
    monkeypatch.setenv("TUOYU_HTTPS", given)
    settings = config.Config("postgresql+psycopg:///nowhere")
    assert settings.SESSION_COOKIE_SECURE is secure
    assert settings.REMEMBER_COOKIE_SECURE is secure


def test_the_foot_of_every_page_comes_from_the_environment(monkeypatch, database):
    monkeypatch.setenv("SITE_SPONSOR", "福建省卫生健康委员会")
    foot = create_app(config.TestConfig(database.url)).test_client().get("/login")
    assert "主办单位：福建省卫生健康委员会" in foot.text
    assert "技术支持" not in foot.text
