import pytest

from tuoyu.regions.pinyin import LONGEST, initials

# Every county, and every township, whose name a naive table misreads somewhere.
SETTLED = {
    "厦门市": "xms",
    "长乐区": "clq",
    "长泰区": "ctq",
    "长汀县": "ctx",
    "将乐县": "jlx",
    "柘荣县": "zrx",
    "大田县": "dtx",
    "莆田市": "pts",
    "尤溪县": "yxx",
    "洛江区": "ljq",
    "漳浦县": "zpx",
    "石狮市": "sss",
    "诏安县": "zax",
    "芗城区": "xcq",
    "顺昌县": "scx",
    "建瓯市": "jos",
    "平潭县": "ptx",
    "台江区": "tjq",
    "上杭县": "shx",
    "屏南县": "pnx",
    "蚶江镇": "hjz",
    "颜厝镇": "ycz",
    "张坂镇": "zbz",
    "晓澳镇": "xaz",
    "下浒镇": "xhz",
    "新圩镇": "xxz",
    "马巷街道": "mxjd",
    "厦港街道": "xgjd",
    "太姥山镇": "tmsz",
    "小岞镇": "xzz",
    "苔菉镇": "tlz",
    "琯头镇": "gtz",
    "鼓东街道": "gdjd",
    "中山社区居委会": "zssqjwh",
    "福建土楼（华安）旅游区": "fjtlhalyq",
}


@pytest.mark.parametrize("name", SETTLED)
def test_places_are_read_as_people_there_read_them(name):
    assert initials(name) == SETTLED[name]


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("达埔镇", {"dpz", "dbz"}),
        ("水茜镇", {"sqz", "sxz"}),
        ("官陂镇", {"gbz", "gpz"}),
        ("乐乐托育", {"llty", "lyty", "ylty", "yyty"}),
    ],
)
def test_a_character_that_stays_ambiguous_keeps_all_readings(name, spellings):
    assert set(initials(name).split()) == spellings


def test_a_word_around_it_settles_a_character():
    assert initials("长城托育园") == "cctyy"


def test_letters_and_digits_stay_and_signs_go():
    assert initials("ABC托育（2号）·店") == "abcty2hd"


def test_an_unknown_character_is_left_out():
    assert initials("\U0003134a园") == "y"
    assert initials("") == ""


def test_a_long_ambiguous_name_fits_its_column():
    assert 0 < len(initials("乐长" * 50)) <= LONGEST
