from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from huying.people.rules.kinds import Outcome
from huying.people.rules.locking import TRIES, WINDOW, locked_until

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def _wrong(*minutes: float) -> list[tuple[datetime, str]]:
    return [(NOW + timedelta(minutes=minute), Outcome.WRONG_PASSWORD) for minute in minutes]


def test_five_wrong_within_fifteen_minutes_lock_for_fifteen() -> None:
    attempts = _wrong(0, 1, 2, 3, 4)
    until = NOW + timedelta(minutes=19)
    assert locked_until(attempts, NOW + timedelta(minutes=4)) == until
    assert locked_until(attempts, until - timedelta(seconds=1)) == until
    assert locked_until(attempts, until) is None


def test_four_do_not_and_neither_do_five_spread_wide() -> None:
    assert locked_until(_wrong(0, 1, 2, 3), NOW + timedelta(minutes=3)) is None
    assert locked_until(_wrong(0, 4, 8, 12, 15), NOW + timedelta(minutes=15)) is None


def test_a_success_between_starts_the_count_again() -> None:
    attempts = [*_wrong(0, 1, 2, 3), (NOW + timedelta(minutes=3.5), Outcome.OK), *_wrong(4)]
    assert locked_until(attempts, NOW + timedelta(minutes=4)) is None


def test_wrong_codes_count_and_tries_while_locked_do_not() -> None:
    codes = [(at, Outcome.WRONG_CODE) for at, _ in _wrong(0, 1, 2, 3, 4)]
    locked = [(NOW + timedelta(minutes=10), Outcome.LOCKED)]
    assert locked_until([*codes, *locked], NOW + timedelta(minutes=10)) == NOW + timedelta(minutes=19)


@given(st.lists(st.floats(0, 120), max_size=12), st.floats(0, 140))
def test_a_lock_needs_five_wrong_ones_in_one_window_and_ends(minutes: list[float], later: float) -> None:
    now = NOW + timedelta(minutes=later)
    attempts = [(at, outcome) for at, outcome in _wrong(*minutes) if at <= now]
    until = locked_until(attempts, now)
    if until is not None:
        assert now < until <= now + WINDOW
        fifth = until - WINDOW
        assert sum(fifth - WINDOW < at <= fifth for at, _ in attempts) >= TRIES
