from hypothesis import given
from hypothesis import strategies as st

from huying.people.rules.names import is_id_number, normal_unit_name


def test_spellings_of_one_unit_are_equal() -> None:
    assert normal_unit_name("水务局（东部 ）") == normal_unit_name("水务局(东部)")
    assert normal_unit_name("ＡＢＣ物业") == normal_unit_name("abc 物业")
    assert normal_unit_name("水务局（东部）") != normal_unit_name("水务局")


@given(st.text(max_size=30))
def test_the_normal_form_is_stable(text: str) -> None:
    once = normal_unit_name(text)
    assert normal_unit_name(once) == once


@given(st.from_regex(r"[1-9][0-9]{16}", fullmatch=True), st.integers(0, 16), st.integers(1, 9))
def test_every_single_wrong_digit_in_an_identity_number_is_found(body: str, at: int, shift: int) -> None:
    number = next(f"{body}{check}" for check in "0123456789X" if is_id_number(f"{body}{check}"))
    wrong = str((int(number[at]) + shift) % 10)
    assert not is_id_number(f"{number[:at]}{wrong}{number[at + 1 :]}")


def test_the_example_of_the_standard() -> None:
    # GB 11643-1999, annex A.
    assert is_id_number("11010519491231002X")
    assert is_id_number("440524188001010014")
    assert not is_id_number("440524188001010013")
