"""Mapping, signatures and pacing, without a database."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.exchange.rules.kinds import InKind
from huying.exchange.rules.mapping import peer_map
from huying.exchange.rules.pacing import TRIES_MOST, leave_alone, rest_after, retry_after
from huying.exchange.rules.reading import fingerprint, read, with_changes
from huying.exchange.rules.signing import Distrust, Signing, distrust, headers
from huying.exchange.rules.writing import write
from huying.kernel.errors import Invalid
from huying.simulate.city.dialect import the_map

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
SECRET = "sixteen characters and more"
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
letters = st.dictionaries(
    st.sampled_from(["msgType", "orderNo", "content", "appealType", "lng", "createTime", "other"]),
    plain,
    max_size=7,
)


@given(letters)
def test_whatever_comes_is_read_or_left_to_a_person_and_never_guessed(letter: dict[str, object]) -> None:
    reading = read(peer_map(the_map()), letter)
    if not reading.wrong:
        assert reading.kind is not None
        assert reading.number
        if "kind" in reading.values:
            assert letter["appealType"] in the_map()["in"]["codes"]["kind"]


@given(letters)
def test_a_letter_is_the_same_in_any_order_of_its_fields(letter: dict[str, object]) -> None:
    of = peer_map(the_map())
    turned = dict(reversed(letter.items()))
    assert fingerprint(of, letter) == fingerprint(of, {**turned, "pushTime": "later"})


def test_a_mended_field_is_read_instead() -> None:
    letter = {"msgType": "URGE", "orderNo": "1", "deep": {"a": 1}}
    mended = with_changes(letter, {"msgType": "REVOKE", "deep.b": "2"})
    assert read(peer_map(the_map()), mended).kind is InKind.WITHDRAW
    assert mended["deep"] == {"a": 1, "b": "2"}
    assert letter["msgType"] == "URGE"


def test_a_mapping_says_everything_that_is_wrong_with_it() -> None:
    with pytest.raises(Invalid) as refused:
        peer_map(
            {"zone": "Mars", "colour": 1, "in": {"fields": {"nr": "x"}, "codes": {"kind": {"投诉": "anger"}}}}
        )
    assert set(refused.value.fields) == {"colour", "zone", "in.fields.nr", "in.fields", "in.codes.kind.投诉"}


def test_a_state_without_a_code_is_not_sent() -> None:
    said = {**the_map()}
    said["out"] = {**said["out"], "codes": {**said["out"]["codes"], "state": {"received": "10"}}}
    written = write(peer_map(said), {"type": "state", "number": "1", "state": "closed"}, own=True)
    assert written.wrong == ("状态“closed”没有对方的代码。",)


@pytest.mark.parametrize("by", list(Signing))
def test_a_signature_holds_for_these_words_at_this_time_by_this_secret(by: Signing) -> None:
    given_ = headers(SECRET, NOW, "nonce-0001", b"{}", by)
    assert distrust(SECRET, given_, b"{}", NOW, by) is None
    assert distrust(SECRET, given_, b"{ }", NOW, by) is Distrust.WRONG
    assert distrust("another secret", given_, b"{}", NOW, by) is Distrust.WRONG
    assert distrust(SECRET, given_, b"{}", NOW + timedelta(minutes=6), by) is Distrust.CLOCK
    assert distrust(SECRET, {}, b"{}", NOW, by) is Distrust.MISSING


@given(st.integers(1, 40), st.integers(0, 2**32))
def test_rests_grow_within_bounds_and_end(tries: int, seed: int) -> None:
    rest = rest_after(tries, Random(seed))
    assert (rest is None) is (tries >= TRIES_MOST)
    if rest is not None:
        assert timedelta(seconds=2) <= rest <= timedelta(hours=1)


def test_a_system_is_left_alone_only_after_a_few_failures_or_when_it_asks() -> None:
    assert leave_alone(2) is None
    assert leave_alone(3) == timedelta(seconds=10)
    assert leave_alone(30) == timedelta(minutes=5)
    assert leave_alone(1, timedelta(seconds=40)) == timedelta(seconds=40)
    assert retry_after("120", NOW) == timedelta(minutes=2)
    assert retry_after("Mon, 02 Mar 2026 01:01:00 GMT", NOW) == timedelta(minutes=1)
    assert retry_after("soon", NOW) is None
    assert retry_after("99999999", NOW) == timedelta(hours=6)
