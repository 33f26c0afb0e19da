"""Whose a case is while several have it open."""

from datetime import timedelta

from huying.loop.allocate.rules.presence import BEAT, LAPSE, Here, by_case
from tests.cast import MONDAY


def here(account: int, case: int, since: float, seen: float = 0) -> Here:
    return Here(
        account, f"{account}", case, MONDAY + timedelta(seconds=since), MONDAY + timedelta(seconds=seen)
    )


def test_who_opened_it_first_has_it() -> None:
    found = by_case([here(2, 7, -20), here(1, 7, -10), here(3, 8, -30)], MONDAY)
    assert [one.account_id for one in found[7]] == [2, 1]
    assert [one.account_id for one in found[8]] == [3]


def test_who_fell_silent_has_gone() -> None:
    silent = -(LAPSE.total_seconds() + 1)
    found = by_case([here(2, 7, -100, silent), here(1, 7, -10)], MONDAY)
    assert [one.account_id for one in found[7]] == [1]
    assert by_case([here(2, 7, -100, silent)], MONDAY) == {}


def test_two_beats_may_be_lost() -> None:
    assert LAPSE > 2 * BEAT
