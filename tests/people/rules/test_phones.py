import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.kernel.errors import Invalid
from huying.people.rules.phones import is_mobile, normal_phone, phone_or_none

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("typed", "normal"),
    [
        ("138 1234 1234", "13812341234"),
        ("+86 138-1234-1234", "13812341234"),
        ("008613812341234", "13812341234"),
        ("8613812341234", "13812341234"),
        ("１３８１２３４１２３４", "13812341234"),
        ("(0755)8888-1234", "075588881234"),
        ("+86 755 8888 1234", "075588881234"),
        ("+86 10 6888 1234", "01068881234"),
        ("010-68881234", "01068881234"),
        ("88881234", "88881234"),
        ("86881234", "86881234"),
        ("400-800-1234", "4008001234"),
    ],
)
def test_one_way_to_write_each_number(typed: str, normal: str) -> None:
    assert phone_or_none(typed) == normal


@pytest.mark.parametrize(
    "typed", ["", "abc", "12345", "138****1234", "1381234123", "138123412345", "12812341234"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert phone_or_none(typed) is None
    with pytest.raises(Invalid) as refusal:
        normal_phone(typed)
    assert "phone" in refusal.value.fields


@given(MOBILES, st.sampled_from(["", "+86", "0086", "86", "+86 "]), st.integers(1, 10))
def test_prefix_and_gaps_do_not_matter(mobile: str, prefix: str, gap: int) -> None:
    typed = f"{prefix}{mobile[:gap]} - {mobile[gap:]}"
    assert phone_or_none(typed) == mobile
    assert is_mobile(mobile)


@given(st.text("0123456789+- ()", max_size=18))
def test_the_normal_form_is_its_own_normal_form(typed: str) -> None:
    normal = phone_or_none(typed)
    assert normal is None or phone_or_none(normal) == normal
