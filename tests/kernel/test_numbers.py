"""Every slip of the hand in a receipt number is found; tolerant typing is understood."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huying.kernel import numbers
from huying.kernel.errors import Invalid

HEADS = st.integers(10**10, 10**11 - 1).map(str)
RECEIPTS = HEADS.map(lambda head: head + numbers.check_digit(head))


def test_known_answer_of_damm() -> None:
    assert numbers.check_digit("572") == "4"  # the thesis's own example
    assert numbers.check_digit("5724") == "0"


@settings(max_examples=60)
@given(RECEIPTS)
def test_every_single_wrong_digit_is_found(number: str) -> None:
    for place in range(12):
        for digit in "0123456789":
            if digit != number[place]:
                with pytest.raises(Invalid):
                    numbers.parse_receipt(number[:place] + digit + number[place + 1 :])


def test_every_pair_of_digits_differs_when_swapped() -> None:
    # All states x all ordered pairs: this is the property for numbers of any length.
    for prefix in range(10):
        for a in range(10):
            for b in range(a):
                assert numbers.check_digit(f"{prefix}{a}{b}") != numbers.check_digit(f"{prefix}{b}{a}")


@settings(max_examples=60)
@given(RECEIPTS)
def test_every_swap_of_neighbours_is_found(number: str) -> None:
    for i in range(11):
        swapped = number[:i] + number[i + 1] + number[i] + number[i + 2 :]
        if swapped != number:
            with pytest.raises(Invalid):
                numbers.parse_receipt(swapped)


@given(RECEIPTS)
def test_what_is_shown_can_be_typed_back(number: str) -> None:
    shown = numbers.shown(number)
    full_width = shown.translate({48 + i: 0xFF10 + i for i in range(10)} | {45: 0xFF0D})
    for typed in (
        number,
        shown,
        shown.replace("-", " "),
        f"  {shown}\n",
        full_width,
        "—".join(shown.split("-")),
    ):
        assert numbers.parse_receipt(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "123", "1234567890123", "abcdefghijkl", "四八二一三三五六九零二七", "٤" * 12]
)
def test_what_is_no_receipt_is_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        numbers.parse_receipt(typed)


def test_a_leading_zero_is_refused_even_with_a_right_check_digit() -> None:
    head = "01234567890"
    with pytest.raises(Invalid):
        numbers.parse_receipt(head + numbers.check_digit(head))


def test_spoken_as_a_seat_reads_it() -> None:
    assert numbers.spoken("482133569027") == "四八二幺，三三五六，九零二七"


def test_many_are_different_valid_and_well_spread() -> None:
    found = numbers.many(20_000)
    assert len(set(found)) == 20_000
    assert all(numbers.parse_receipt(number) == number for number in found[:500])
    for place in range(1, 11):
        assert {number[place] for number in found} == set("0123456789")
    assert {number[0] for number in found} == set("123456789")
    assert numbers.receipt() != numbers.receipt()
    assert numbers.many(0) == []


@given(st.integers(100_000, 999_999), st.integers(1, 999_999_999))
def test_case_numbers_come_back(district: int, serial: int) -> None:
    number = numbers.case_number(district, serial)
    assert len(number) == 16
    assert numbers.parse_case_number(number) == (district, serial)
    assert numbers.parse_case_number(number.replace("-", " ")) == (district, serial)


def test_case_numbers_as_written() -> None:
    assert numbers.case_number(440310, 12345) == "440310-000012345"
    for district, serial in ((4403, 1), (440310, 0), (440310, 10**9)):
        with pytest.raises(Invalid):
            numbers.case_number(district, serial)
    for typed in ("440310-12345", "040310-000012345", "440310-000000000", "440310-00001234x"):
        with pytest.raises(Invalid):
            numbers.parse_case_number(typed)
