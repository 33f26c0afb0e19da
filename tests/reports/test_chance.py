"""What is called a rise is one: the tests against reckoning by brute force, and how often they err on quiet numbers."""

from fractions import Fraction
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from huying.reports.rules.chance import Verdict, counts_differ, shares_differ

_few = st.integers(0, 30)


def _binomial_tail(hits: int, of: int, share: Fraction) -> Fraction:
    return sum(
        (comb(of, k) * share**k * (1 - share) ** (of - k) for k in range(hits, of + 1)), start=Fraction(0)
    )


@given(
    now=_few, before=_few, days=st.integers(1, 31), days_before=st.integers(1, 31), among=st.integers(1, 20)
)
def test_two_counts_differ_as_the_exact_test_says(
    now: int, before: int, days: int, days_before: int, among: int
) -> None:
    share = Fraction(days, days + days_before)
    up = 2 * _binomial_tail(now, now + before, share) < Fraction(1, 20 * among)
    down = 2 * _binomial_tail(before, now + before, 1 - share) < Fraction(1, 20 * among)
    expected = Verdict.UP if up and now > before else Verdict.DOWN if down and now < before else Verdict.LEVEL
    assert counts_differ(now, before, days, days_before, among) is expected


@given(a=_few, b=_few, more=_few, rest=_few)
def test_two_shares_differ_as_fishers_test_says(a: int, b: int, more: int, rest: int) -> None:
    whole, whole_before = a + more, b + rest
    hits, everything = a + b, whole + whole_before

    def tail(part: int, of: int, other: int) -> Fraction:
        ways = sum(
            comb(of, k) * comb(other, hits - k) for k in range(part, min(hits, of) + 1) if hits - k <= other
        )
        return Fraction(ways, comb(everything, hits))

    expected = Verdict.LEVEL
    if whole and whole_before:
        if a * whole_before > b * whole and 2 * tail(a, whole, whole_before) < Fraction(1, 20):
            expected = Verdict.UP
        elif a * whole_before < b * whole and 2 * tail(b, whole_before, whole) < Fraction(1, 20):
            expected = Verdict.DOWN
    assert shares_differ(a, whole, b, whole_before) is expected


@given(now=st.integers(0, 10**6), before=st.integers(0, 10**6))
def test_the_verdict_turns_round_with_the_numbers(now: int, before: int) -> None:
    turned = {Verdict.UP: Verdict.DOWN, Verdict.DOWN: Verdict.UP, Verdict.LEVEL: Verdict.LEVEL}
    assert counts_differ(now, before) is turned[counts_differ(before, now)]


@pytest.mark.parametrize("mean", [0.5, 5, 80, 2000])
def test_quiet_numbers_are_seldom_called_a_rise_or_a_fall(mean: float) -> None:
    rng = np.random.default_rng(7)
    pairs = rng.poisson(mean, (2000, 2))
    wrong = sum(counts_differ(int(now), int(before)) is not Verdict.LEVEL for now, before in pairs)
    assert wrong / 2000 < 0.065


def test_what_is_plain_is_seen() -> None:
    assert counts_differ(60, 30) is Verdict.UP
    assert counts_differ(30, 60) is Verdict.DOWN
    assert counts_differ(12, 9) is Verdict.LEVEL
    # In a month of 28 days the same number is a higher rate, and still no rise of the number.
    assert counts_differ(1000, 1000, 28, 31) is Verdict.LEVEL
    assert shares_differ(40, 50, 20, 50) is Verdict.UP
    assert shares_differ(3, 4, 1, 4) is Verdict.LEVEL
    assert shares_differ(60, 20, 1, 40) is Verdict.LEVEL
