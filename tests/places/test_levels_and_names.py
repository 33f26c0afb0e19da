"""Codes say their level and kin; names in any usual spelling come to one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.places.rules.levels import Level, level_of, next_code, parent_code, path_codes, within
from huying.places.rules.names import normal_form, number, plain


def test_a_code_says_its_level_and_everything_above_it():
    assert [level_of(code) for code in path_codes("440310002003001")] == [
        Level.DISTRICT,
        Level.STREET,
        Level.COMMUNITY,
        Level.GRID,
    ]
    assert parent_code("440310002003001") == "440310002003"
    assert parent_code("440310") == "4403"
    assert within("440310002003", "440310002")
    assert within("440310002003", "")
    assert not within("440310002003", "440310003")


@pytest.mark.parametrize("code", ["", "44031", "44031000a", "4403100020030011"])
def test_what_is_no_code_is_refused(code):
    with pytest.raises(ValueError, match="no area code"):
        level_of(code)


@given(st.sets(st.integers(1, 999), max_size=60))
def test_the_next_code_is_the_lowest_free_one(taken):
    code = next_code("440310", Level.STREET, {f"440310{serial:03d}" for serial in taken})
    serial = int(code[6:])
    assert serial not in taken
    assert all(lower in taken for lower in range(1, serial))


def test_a_code_is_only_given_under_the_level_above():
    with pytest.raises(ValueError, match="level below"):
        next_code("440310", Level.GRID, [])
    with pytest.raises(ValueError, match="no free code"):
        next_code("440310", Level.STREET, [f"440310{serial:03d}" for serial in range(1, 1000)])


@pytest.mark.parametrize(
    "name", ["龙田", "龙田街道", "龙田街道办事处", "坪山区龙田街道", "深圳市坪山区龙田街道办", " 龙田 街道 "]
)
def test_one_street_in_every_spelling(name):
    assert normal_form(name, Level.STREET, ("深圳市坪山区", "深圳市", "坪山区")) == "龙田"


def test_a_name_is_never_worn_down_to_nothing():
    assert normal_form("坪山街道", Level.STREET, ("坪山区", "坪山")) == "坪山"
    assert normal_form("坪山区坪山街道", Level.STREET, ("坪山区", "坪山")) == "坪山"
    assert normal_form("新村", Level.COMMUNITY) == "新村"
    assert normal_form("西乡", Level.STREET) == "西乡"
    assert normal_form("老坑村委会", Level.COMMUNITY) == normal_form("老坑社区", Level.COMMUNITY) == "老坑"


@given(st.integers(1, 9999))
def test_chinese_numerals_are_read(value):
    signs = "零一二三四五六七八九"
    written = ""
    for unit, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = value // power % 10
        if digit:
            written += signs[digit] + unit
        elif written and value % power:
            written += "零"
    assert number(written) == value
    assert number(str(value)) == value
    assert number("".join(signs[int(digit)] for digit in str(value))) == value


def test_what_is_no_number_is_none():
    assert number("") is None
    assert number("甲") is None
    assert number("十") == 10
    assert number("二十五") == 25


def test_full_width_and_spaces_are_levelled():
    assert plain("创业路 １２ 号　Ａ座") == "创业路12号a座"
