import pytest

from tests.cast import JUNE, Cast
from tests.journeys import story
from tuoyu.accounts.models import Role
from tuoyu.accounts.people import new_user
from tuoyu.workflow.states import State


@pytest.fixture
def town(strict_app):
    """鼓楼区 as it is served, CSRF tokens and all; 星星 in the next street has its June confirmed."""
    cast = Cast(strict_app)
    cast.archive(cast.star)
    cast.report(cast.star, JUNE, State.CONFIRMED, **story.STAR)
    with cast.stage():
        for role, name, code in (
            (Role.TOWNSHIP, "gudong_clerk", "350102001000"),
            (Role.COUNTY, "gulou_officer", "350102000000"),
        ):
            new_user(role, name, "林经办", story.PASSWORD, region=cast.region(code))
    return cast
