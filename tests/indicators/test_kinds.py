"""What people type, kind by kind: taken as meant, or refused in words, never guessed."""

import time
from datetime import date
from decimal import Decimal

import pytest

from tuoyu import clock
from tuoyu.indicators.kinds import Count, Day, Degrees, Money, YesNo
from tuoyu.indicators.totals import Remaining, Sum
from tuoyu.indicators.words import CreditCode, LongText, Phone, Text

COUNT, MONEY, DEGREES = Count("n", "在托数"), Money("m", "收费"), Degrees("d", "经度")
DAY, LEASE = Day("d", "成立时间", past=True), Day("l", "租赁期至")
TEXT, PHONE, CODE = Text("t", "名称"), Phone("p", "电话"), CreditCode("c", "机构统一代码")
YES_NO = YesNo("y", "是否启用")


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("", None),
        ("  ", None),
        ("0", 0),
        ("１２", 12),
        (" 7 ", 7),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("1 234", 1234),
        ("007", 7),
        ("99999", 99999),
    ],
)
def test_a_count_is_read_as_meant(typed, number):
    assert COUNT.parse(typed) == number


NO_COUNTS = [
    "-",
    "-1",
    "1.5",
    "1e5",
    "10^9",
    "10⁹",
    "½",
    "①",
    "٣",
    "十",
    "一百",
    "12人",
    "1,23",
    "+5",
    "0x10",
    "NaN",
]


@pytest.mark.parametrize("typed", [*NO_COUNTS, "12 15", "12\t15", "1\x002", "\x00", "100000"])
def test_what_is_no_count_is_refused_and_not_guessed(typed):
    with pytest.raises(ValueError, match="在托数"):
        COUNT.parse(typed)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("", None), ("3000", "3000"), ("１２。５", "12.5"), ("1,234.50", "1234.50"), ("0", "0")],
)
def test_an_amount_is_read_as_meant(typed, amount):
    assert MONEY.parse(typed) == (amount and Decimal(amount))


@pytest.mark.parametrize("typed", ["12.345", "-1", "1e5", "10^9", "五百", "12.", "100000", "5²"])
def test_what_is_no_amount_is_refused(typed):
    with pytest.raises(ValueError, match="收费"):
        MONEY.parse(typed)


def test_a_day_is_read_in_the_ways_it_is_written():
    with clock.at("2023-07-16T10:00"):
        for typed in ("2021-03-01", "2021年3月1日", "2021/3/1", "２０２１．３．１"):
            assert DAY.parse(typed) == date(2021, 3, 1)
        assert DAY.parse("") is None


@pytest.mark.parametrize(
    "typed", ["二〇二一年", "abc", "2021", "2021-02-30", "21-3-1", "2023-07-17", "1949-09-30"]
)
def test_a_day_that_cannot_be_is_refused(typed):
    with clock.at("2023-07-16T23:59"), pytest.raises(ValueError, match="成立时间"):
        DAY.parse(typed)


def test_only_what_has_happened_must_lie_in_the_past():
    with clock.at("2023-07-16T10:00"):
        assert DAY.parse("2023-07-16") == date(2023, 7, 16)
        assert DAY.parse("1949-10-01") == date(1949, 10, 1)
        assert LEASE.parse("2030-01-01") == date(2030, 1, 1)


@pytest.mark.parametrize(("typed", "value"), [("119.2964941", "119.296494"), ("-12", "-12")])
def test_degrees_keep_six_decimals(typed, value):
    assert DEGREES.parse(typed) == Decimal(value)


@pytest.mark.parametrize("typed", ["181", "119°17′", "东经119"])
def test_what_is_no_degree_is_refused(typed):
    with pytest.raises(ValueError, match="经度"):
        DEGREES.parse(typed)


def test_a_phone_is_kept_without_spaces_and_in_half_width():
    assert PHONE.parse("１３８ ０００１ ０００２") == "13800010002"
    assert PHONE.parse("0591-87761106-12") == "0591-87761106-12"
    for typed in ("12800010002", "8776110", "1380001000", "1380001000²"):
        with pytest.raises(ValueError, match="11 位手机号"):
            PHONE.parse(typed)


def test_a_credit_code_is_normalised_and_its_check_digit_tried():
    assert CODE.parse("９１３５０１００ｍ０００１００ｙ４３") == "91350100M000100Y43"
    for typed in ("91350100M000100Y44", "91350100M000100Y4", "91350100I000100Y43"):
        with pytest.raises(ValueError, match="校验位"):
            CODE.parse(typed)


def test_words_lose_control_characters_but_keep_their_brackets():
    assert TEXT.parse(" 阳光（鼓楼）\x00托育园\x07 ") == "阳光（鼓楼）托育园"
    assert LongText("r", "备注").parse("一\r\n二") == "一\n二"
    assert TEXT.parse("托" * 100) == "托" * 100
    with pytest.raises(ValueError, match="最多 100 个字，现有 101 个字"):
        TEXT.parse("托" * 101)


def test_yes_and_no_are_the_only_answers():
    assert [YES_NO.parse(answer) for answer in ("1", "0", "")] == [True, False, None]
    with pytest.raises(ValueError, match="请选择"):
        YES_NO.parse("2")


@pytest.mark.parametrize("kind", [COUNT, MONEY, DEGREES, DAY, TEXT, PHONE, CODE], ids=repr)
@pytest.mark.parametrize("character", ["1", " ", "\x00", "托"])
def test_three_million_characters_are_refused_at_once(kind, character):
    typed, begun = character * 3_000_000, time.perf_counter()
    with pytest.raises(ValueError, match=kind.label):
        kind.parse(typed)
    assert time.perf_counter() - begun < 0.05


def test_one_class_does_not_eat_the_free_places_of_another():
    left = Remaining("left", "剩余托位", pairs=(("a_places", "a"), ("b_places", "b")))
    values = {"a_places": 10, "a": 14, "b_places": 20, "b": 5}
    assert (left.of(values), left.excess(values)) == (15, 4)
    assert (left.of({"a_places": 10}), left.excess({})) == (10, 0)


def test_blanks_count_as_nothing_in_a_sum():
    total = Sum("t", "合计", parts=("a", "b"))
    assert (total.of({"a": 3, "b": None}), total.of({})) == (3, 0)
