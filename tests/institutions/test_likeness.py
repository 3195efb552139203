"""Which names are alike, and who is shown to whoever registers."""

import pytest

from tuoyu.institutions.likeness import ENOUGH, alike_in_township, core, likeness

PLACES = ("福建省", "福州市", "鼓楼区", "鼓东街道", "中山社区")


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("福州市鼓楼区小太阳托育有限公司", "小太阳"),
        ("福州鼓楼小太阳托育园", "小太阳"),
        ("小太阳婴幼儿照护服务中心（鼓东店）", "小太阳"),
        ("小太阳 托育", "小太阳"),
        ("鼓东街道中山社区托育园", ""),
    ],
)
def test_what_is_left_of_a_name(name, left):
    assert core(name, PLACES) == left


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("福州市鼓楼区小太阳托育有限公司", "小太阳托育园"),
        ("小太阳托育园（鼓东店）", "小太阳托育园（鼓西店）"),
        ("金色摇篮托育园", "金摇篮早教中心"),
        ("爱婴堡托育园", "爱婴宝托育园"),
        ("大太阳花幼儿园", "太阳花托育"),
        ("Happy Baby托育", "ＨａｐｐｙＢａｂｙ托育中心"),
    ],
)
def test_names_that_may_be_the_same(one, other):
    assert likeness(one, other, PLACES) >= ENOUGH
    assert likeness(other, one, PLACES) >= ENOUGH


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("阳光托育园", "星光托育园"),
        ("福州市鼓楼区阳光托育有限公司", "福州市鼓楼区月亮托育有限公司"),
        ("小风车托育园", "大白兔托育园"),
        ("童心托育园", "同心圆托育园"),
        ("鼓东街道托育园", "小太阳托育园"),
    ],
)
def test_names_that_are_not(one, other):
    assert likeness(one, other, PLACES) < ENOUGH


def test_those_of_the_township_are_shown(cast):
    with cast.stage():
        cast.institution("星星婴幼儿照护中心", "350102001002")
        here, next_door = cast.region("350102001001"), cast.region("350102002002")
        assert [i.name for i in alike_in_township("星星托育园", here)] == ["星星婴幼儿照护中心"]
        assert [i.name for i in alike_in_township("星星托育", next_door)] == ["星星托育园"]
        assert alike_in_township("大白兔托育园", here) == []
