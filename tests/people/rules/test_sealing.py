import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.kernel.errors import Unavailable
from huying.people.rules.sealing import Keyring

RING = Keyring(["one"])
PLACE = "990101:caller.phone"


@given(st.text(min_size=1, max_size=60))
def test_what_was_sealed_opens_and_does_not_show(text: str) -> None:
    sealed = RING.seal(text, PLACE)
    assert sealed is not None
    assert RING.open(sealed, PLACE) == text
    assert sealed != RING.seal(text, PLACE)
    assert len(text) < 4 or text.encode() not in sealed


@given(st.integers(0, 200), st.integers(1, 255))
def test_one_changed_byte_is_found(at: int, flip: int) -> None:
    sealed = bytearray(RING.seal("13812341234", PLACE) or b"")
    sealed[at % len(sealed)] ^= flip
    with pytest.raises(Unavailable):
        RING.open(bytes(sealed), PLACE)


def test_a_value_moved_to_another_place_does_not_open() -> None:
    with pytest.raises(Unavailable):
        RING.open(RING.seal("13812341234", PLACE), "990102:caller.phone")


def test_nothing_is_sealed_as_nothing() -> None:
    assert RING.seal("", PLACE) is None
    assert RING.open(None, PLACE) == ""


def test_an_earlier_secret_still_opens_and_the_new_one_seals() -> None:
    old = RING.seal("13812341234", PLACE)
    assert old is not None
    turned = Keyring(["two", "one"])
    assert turned.open(old, PLACE) == "13812341234"
    assert not turned.is_current(old)
    new = turned.seal("13812341234", PLACE)
    with pytest.raises(Unavailable):
        RING.open(new, PLACE)


def test_secrets_whose_key_ids_are_equal_are_both_tried() -> None:
    ids: dict[int, str] = {}
    for number in range(2000):
        secret = f"secret {number}"
        key_id = (Keyring([secret]).seal("x", PLACE) or b"")[0]
        if key_id in ids:
            break
        ids[key_id] = secret
    sealed = Keyring([ids[key_id]]).seal("张三", PLACE)
    assert Keyring([secret, ids[key_id]]).open(sealed, PLACE) == "张三"


def test_digests_find_equals_of_one_place_under_one_secret() -> None:
    digest = RING.digest("13812341234", PLACE)
    assert digest == Keyring(["one"]).digest("13812341234", PLACE)
    assert digest != RING.digest("13812341235", PLACE)
    assert digest != RING.digest("13812341234", "990102:caller.phone")
    assert digest != Keyring(["two"]).digest("13812341234", PLACE)
