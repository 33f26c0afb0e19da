"""Limits are read as people and lists write them, and written so that they can be read back."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.kernel.errors import Invalid
from huying.worktime import Limit, Unit

LIMITS = st.builds(
    Limit,
    st.decimals(Decimal("0.0001"), Decimal(9999), places=4),
    st.sampled_from(list(Unit)),
)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("2紧急工作时", "2", Unit.URGENT_HOUR),
        ("4小时", "4", Unit.WORK_HOUR),
        ("4工作时", "4", Unit.WORK_HOUR),
        ("2天", "2", Unit.WORK_DAY),
        ("15个工作日", "15", Unit.WORK_DAY),
        ("15个工作日内", "15", Unit.WORK_DAY),
        ("十五个工作日", "15", Unit.WORK_DAY),
        ("二十一天", "21", Unit.WORK_DAY),
        ("一百零五个自然日", "105", Unit.CALENDAR_DAY),
        ("一百一十天", "110", Unit.WORK_DAY),
        ("两天", "2", Unit.WORK_DAY),
        ("半天", "0.5", Unit.WORK_DAY),
        ("１．５ 天", "1.5", Unit.WORK_DAY),
        ("2紧急工作日", "2", Unit.URGENT_DAY),
        ("24连续小时", "24", Unit.URGENT_HOUR),
        (" 2 working days ", "2", Unit.WORK_DAY),
        ("1 Urgent Hour", "1", Unit.URGENT_HOUR),
        ("60 calendar_day", "60", Unit.CALENDAR_DAY),
    ],
)
def test_limits_as_they_are_written(text: str, amount: str, unit: Unit) -> None:
    assert Limit.parse(text) == Limit(amount, unit)


@pytest.mark.parametrize(
    "text", ["", "天", "3", "3周", "-1天", "0天", "一二天", "十百天", "1e3天", "10000天", "0.00001天"]
)
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        Limit.parse(text)


@given(LIMITS)
def test_every_way_of_writing_is_read_back(limit: Limit) -> None:
    for text in (str(limit), limit.zh, limit.en, limit.code):
        assert Limit.parse(text) == limit


@pytest.mark.parametrize("number", range(1, 1000, 7))
def test_chinese_numerals_are_read(number: int) -> None:
    names = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    text = f"{names[hundreds]}百" if hundreds else ""
    text += f"{names[tens]}十" if tens else ("零" if hundreds and ones else "")
    text += names[ones] if ones else ""
    text = text.removeprefix("一") if text.startswith("一十") else text
    assert Limit.parse(f"{text}天") == Limit(number, Unit.WORK_DAY)


def test_words_on_screen() -> None:
    assert str(Limit(2, Unit.URGENT_HOUR)) == "2紧急工作时"
    assert str(Limit("15.0", Unit.WORK_DAY)) == "15个工作日"
    assert Limit(1, Unit.WORK_DAY).en == "1 working day"
    assert Limit("0.5", Unit.CALENDAR_DAY).en == "0.5 calendar days"


def test_amounts_that_mean_the_same_are_the_same_limit() -> None:
    assert Limit(2, "work_day") == Limit(Decimal("2.00"), Unit.WORK_DAY)
    assert hash(Limit(2, "work_day")) == hash(Limit(Decimal("2.00"), Unit.WORK_DAY))
    assert Limit(2, Unit.WORK_DAY) != Limit(2, Unit.WORK_HOUR)


@pytest.mark.parametrize(
    ("amount", "unit"), [("NaN", "work_day"), ("x", "work_day"), (0, "work_day"), (1, "week")]
)
def test_a_limit_that_makes_no_sense_cannot_be_made(amount: int | str, unit: str) -> None:
    with pytest.raises(Invalid):
        Limit(amount, unit)
