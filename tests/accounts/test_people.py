import pytest
from sqlalchemy import select

from tests.accounts.conftest import PASSWORD, VILLAGE
from tuoyu.accounts.models import Role
from tuoyu.accounts.passwords import weaknesses
from tuoyu.accounts.people import director, new_user, officer
from tuoyu.extensions import db
from tuoyu.institutions.models import Institution
from tuoyu.refusal import NotAcceptable
from tuoyu.regions.models import Region
from tuoyu.scope import EVERYWHERE, looking


@pytest.fixture
def stage(app):
    with app.app_context(), looking(EVERYWHERE):
        yield
        db.session.rollback()


def region(code):
    return db.session.scalars(select(Region).where(Region.code == code)).one()


def test_two_accounts_made_at_once_cannot_share_a_name(stage):
    county = region("350102000000")
    officer(Role.COUNTY, county, "gulou_1", "王专干", PASSWORD)
    with pytest.raises(NotAcceptable, match="已被注册"):
        officer(Role.COUNTY, county, "GULOU_1", "李专干", PASSWORD)


def test_a_director_stands_where_the_institution_lies(stage):
    garden = Institution(name="兰花托育园", unified_social_credit_code="91350100M000100Y43")
    garden.settle_in(region(VILLAGE))
    user = director(garden, "garden_1", "兰园长", PASSWORD)
    db.session.flush()
    assert (user.region_code, user.region_path) == (VILLAGE, garden.region_path)
    assert user.scope.institution_id == garden.id


def test_a_director_without_an_institution_is_refused(stage):
    with pytest.raises(NotAcceptable):
        new_user(Role.INSTITUTION, "garden_1", "兰园长", PASSWORD, region=region(VILLAGE))


@pytest.mark.parametrize("password", ["Lan-Hua-2023-x", "正确的马-Battery-7", "kR7m-Tq2x-9wEf"])
def test_a_good_password_has_no_weakness(password):
    assert not list(weaknesses(password, "garden_1", "13800000001", "g@x.org", "兰花托育园"))


def test_every_weakness_is_told_at_once():
    told = list(weaknesses("garden", username="garden", mobile=None, email=None))
    assert len(told) == 3
