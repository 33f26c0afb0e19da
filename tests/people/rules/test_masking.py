from hypothesis import given
from hypothesis import strategies as st

from huying.people.rules.masking import mask_id_number, mask_name, mask_phone

DIGITS = st.text("0123456789", min_size=0, max_size=20)


def test_what_the_field_writes() -> None:
    assert mask_name("张小明") == "张**"
    assert mask_phone("13812341234") == "138****1234"
    assert mask_phone("075512345678") == "0755****5678"
    assert mask_phone("01012345678") == "010****5678"
    assert mask_id_number("110101199003070000") == "110101********0000"


def test_nothing_stays_nothing() -> None:
    assert (mask_name(" "), mask_phone(""), mask_id_number("")) == ("", "", "")


@given(st.text(min_size=1, max_size=8).filter(str.strip))
def test_a_masked_name_hides_its_length(name: str) -> None:
    assert mask_name(name) == f"{name.strip()[0]}**"


@given(DIGITS)
def test_a_masked_phone_shows_at_most_eight_digits_and_never_all(phone: str) -> None:
    shown = sum(char.isdigit() for char in mask_phone(phone))
    assert shown <= 8
    assert not phone or shown < len(phone)


@given(DIGITS)
def test_a_masked_identity_number_is_as_long_and_hides_eight_characters(number: str) -> None:
    masked = mask_id_number(number)
    assert len(masked) == len(number)
    assert masked.count("*") == (8 if len(number) == 18 else len(number))
