"""Signatures, filters and rests, without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.kernel.errors import Invalid
from huying.webhooks.rules.filters import Filters, Matter
from huying.webhooks.rules.payloads import message_id
from huying.webhooks.rules.rests import MOST_TRIES, leave_alone, rest_after, seconds_asked
from huying.webhooks.rules.signing import new_secret, signed_headers, verified
from tests.webhooks.receiver import genuine

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
KINDS = ["complaint", "consult"]
CODES = st.sampled_from(["", "990101", "990101001", "990101001001", "990101002001", "X1", "X12", "Y"])


@given(st.binary(max_size=200), st.text("abc_0123", min_size=1, max_size=20))
def test_what_is_signed_is_found_genuine_by_whoever_holds_the_secret_and_by_nobody_else(
    body: bytes, name: str
) -> None:
    old, new, other = new_secret(), new_secret(), new_secret()
    headers = dict(signed_headers(name, body, [new, old], NOW))
    for secret in (old, new):
        assert genuine(secret, headers, body)
        assert verified(body, headers, secret, NOW)
    assert not genuine(other, headers, body)
    assert not verified(body + b" ", headers, new, NOW)
    assert not verified(body, headers, new, NOW + timedelta(minutes=6))
    assert not verified(body, headers | {"webhook-id": name + "x"}, new, NOW)


def test_the_example_of_the_convention_comes_out_as_published() -> None:
    # Standard Webhooks' specification gives this secret, message and signature.
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    body = b'{"test": 2432232314}'
    at = datetime.fromtimestamp(1614265330, UTC)
    headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", body, [secret], at)
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_that_is_none_signs_nothing() -> None:
    with pytest.raises(Invalid):
        signed_headers("m", b"", ["whsec_!"], NOW)


@given(
    st.lists(st.sampled_from(["file", "dispatch", "close"]), max_size=2), st.lists(CODES.filter(bool), max_size=2),
    st.lists(CODES.filter(bool), max_size=2), st.lists(st.sampled_from(KINDS), max_size=1),
    st.lists(st.integers(1, 3), max_size=2), st.sampled_from(["file", "dispatch", "close"]), CODES, CODES,
    st.frozensets(st.integers(1, 3)), st.sampled_from(KINDS),
)  # fmt: skip
def test_a_filter_lets_through_what_agrees_with_each_of_its_parts(
    verbs: list[str], areas: list[str], items: list[str], kinds: list[str], bodies: list[int],
    verb: str, area: str, item: str, held: frozenset[int], kind: str,
) -> None:  # fmt: skip
    matter = Matter(kind, item, area, held)
    whole = Filters(verbs, areas, items, kinds, bodies).ask_for(verb, matter)
    parts = [
        Filters(verbs=verbs), Filters(areas=areas), Filters(items=items), Filters(kinds=kinds), Filters(bodies=bodies),
    ]  # fmt: skip
    assert whole == all(part.ask_for(verb, matter) for part in parts)
    assert Filters().ask_for(verb, matter)
    assert Filters(areas=areas).ask_for(verb, matter) == (not areas or any(area.startswith(a) for a in areas))
    assert Filters(bodies=bodies).ask_for(verb, matter) == (not bodies or bool(held & set(bodies)))


@given(st.floats(0, 1), st.floats(0, 1))
def test_rests_grow_whatever_chance_adds_and_end(low: float, high: float) -> None:
    rests = [rest_after(tries, low if tries % 2 else high) for tries in range(1, MOST_TRIES)]
    assert all(rest is not None for rest in rests)
    assert rests[:5] == sorted(rest for rest in rests[:5] if rest)
    assert rest_after(MOST_TRIES) is None
    assert timedelta(days=3) < sum((rest for rest in rests if rest), timedelta()) < timedelta(days=5)


@given(st.integers(1, 500), st.integers(0, 10**8), st.floats(0, 1))
def test_a_receiver_is_left_alone_for_minutes_or_as_long_as_it_asks_up_to_an_hour(
    failures: int, asked: int, chance: float
) -> None:
    rest = leave_alone(failures, asked, chance)
    assert timedelta(seconds=5) <= rest <= timedelta(hours=1)
    assert rest >= timedelta(seconds=min(asked, 3600))
    assert leave_alone(failures, None, chance) <= timedelta(minutes=12)


def test_retry_after_is_read_in_seconds_alone() -> None:
    assert [seconds_asked(text) for text in ("120", "", "-1", "Wed, 21 Oct", "٣", "9" * 12)] == [120] + [
        None
    ] * 5


@given(st.tuples(*[st.integers(1, 10**6)] * 3), st.tuples(*[st.integers(1, 10**6)] * 3))
def test_messages_of_different_entries_or_subscriptions_have_different_names(
    one: tuple[int, int, int], other: tuple[int, int, int]
) -> None:
    assert (message_id(990101, *one) == message_id(990101, *other)) == (one == other)
