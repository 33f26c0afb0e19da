"""The brake on guessing receipts and the ends of phones."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache

from huying.kernel.addresses import household
from huying.people.actions import guessed_right, looked_right, may_guess, may_look
from huying.people.actions.signing.guessing import WRONG_FROM_ONE_ADDRESS


@pytest.fixture(autouse=True)
def no_tries() -> None:
    cache.clear()


def test_the_sixth_wrong_try_is_refused_from_wherever_it_comes() -> None:
    assert [may_guess("9", f"10.0.0.{n}") for n in range(6)] == [True] * 5 + [False]
    assert may_guess("8", "10.0.0.1")


def test_right_tries_do_not_count() -> None:
    for _ in range(WRONG_FROM_ONE_ADDRESS * 2):
        assert may_guess("9", "10.0.0.1")
        guessed_right("9", "10.0.0.1")
        assert may_look("10.0.0.1")
        looked_right("10.0.0.1")


def test_one_address_tries_only_so_many_numbers() -> None:
    tries = [may_look("10.0.0.1") for _ in range(WRONG_FROM_ONE_ADDRESS + 1)]
    assert tries == [True] * WRONG_FROM_ONE_ADDRESS + [False]
    assert not may_guess("7", "10.0.0.1")
    assert may_look("10.0.0.2")


def test_a_home_is_one_address_however_many_it_has() -> None:
    assert (
        household("2001:db8:1:2:aaaa::1") == household("2001:db8:1:2::ffff") != household("2001:db8:1:3::1")
    )
    assert household("::ffff:10.0.0.1") == "10.0.0.1" == household("10.0.0.1")
    assert household("no:address") == "no:address"


def test_many_at_once_are_as_many_tries() -> None:
    with ThreadPoolExecutor(8) as threads:
        allowed = list(threads.map(lambda _: may_guess("9", "10.0.0.1"), range(100)))
    assert sum(allowed) == 5


def test_other_tries_do_not_push_out_the_count() -> None:
    for _ in range(5):
        may_guess("9", "10.0.0.1")
    for n in range(2000):
        may_guess(f"other-{n}", f"10.{n % 250}.{n // 250}.1")
    assert not may_guess("9", "10.0.0.1")
