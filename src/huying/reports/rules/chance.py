"""Whether two numbers differ by more than chance, so that no report calls a rise what is none.

Counts: given ``now + before`` events, each fell into the newer stretch with probability ``days / (days + days before)``
if nothing changed (the conditional, exact test of two Poisson rates; Przyborowski and Wilenski 1940). Shares: Fisher's
exact test. Both two-sided at 5 %, by twice the smaller tail; of several compared at once each is tested at 5 % divided
by their number (Bonferroni), so that a whole table of them claims something false once in twenty times at most.
"""

from math import exp, lgamma
from typing import Final

from scipy.special import betainc

from huying.kernel.terms import Term

LEVEL_OF_TEST: Final = 0.05
# Of fewer a percentage says more than they carry: they are said as numbers.
LEAST_FOR_SHARE: Final = 20


class Verdict(Term):
    """What a comparison carries."""

    UP = "up", "增加"
    DOWN = "down", "减少"
    LEVEL = "level", "持平"


def counts_differ(now: int, before: int, days: int = 1, days_before: int = 1, among: int = 1) -> Verdict:
    """Whether ``now`` events in so many days are more or fewer than ``before`` in theirs, beyond chance.

    A rate that rose while the plain number fell, in a shorter month, is neither: reports compare plain numbers.
    """
    if now == before:
        return Verdict.LEVEL
    share = days / (days + days_before)
    together = now + before
    if now > before:
        tail = 1.0 if now == 0 else float(betainc(now, together - now + 1, share))
    else:
        tail = 1.0 if before == 0 else float(betainc(before, together - before + 1, 1 - share))
    if min(1.0, 2 * tail) >= LEVEL_OF_TEST / max(1, among):
        return Verdict.LEVEL
    return Verdict.UP if now > before else Verdict.DOWN


def shares_differ(part: int, whole: int, part_before: int, whole_before: int, among: int = 1) -> Verdict:
    """Whether a share is higher or lower than before, beyond chance; neither where one is of nothing, or no share."""
    if not whole or not whole_before or part > whole or part_before > whole_before:
        return Verdict.LEVEL
    cross = part * whole_before - part_before * whole
    if cross == 0:
        return Verdict.LEVEL
    tail = _upper(part, whole, part_before, whole_before) if cross > 0 else _upper(
        part_before, whole_before, part, whole
    )  # fmt: skip
    if min(1.0, 2 * tail) >= LEVEL_OF_TEST / max(1, among):
        return Verdict.LEVEL
    return Verdict.UP if cross > 0 else Verdict.DOWN


def _upper(part: int, whole: int, other: int, other_whole: int) -> float:
    """The probability of ``part`` or more of ``part + other`` falling into the first ``whole``."""
    hits, everything = part + other, whole + other_whole
    fixed = _choose(everything, hits)
    found = 0.0
    for k in range(part, min(hits, whole) + 1):
        term = exp(_choose(whole, k) + _choose(other_whole, hits - k) - fixed)
        found += term
        # Beyond the middle the terms only fall.
        if term < 1e-16:
            break
    return found


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
