"""Themes of several weeks: how many now, how many before, and whether the difference is more than chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from huying.reports.rules.chance import Verdict, counts_differ

Weeks = Mapping[str, Mapping[int, int]]
WEEKS: Final = 12
RECENT: Final = 4


@dataclass(frozen=True, slots=True)
class Theme:
    """One group of items or one area. ``weeks`` are the counts of all twelve weeks, the oldest first.

    ``now`` and ``before`` count four weeks each; ``year_before`` the same four weeks of the year before.
    """

    key: str
    now: int
    before: int
    year_before: int
    weeks: Sequence[int]
    verdict: Verdict

    @property
    def change(self) -> int:
        """How many more than before, or fewer."""
        return self.now - self.before


def themes(found: Weeks, year_before: Mapping[str, int]) -> list[Theme]:
    """The most told of first. All are compared at once, so each has to differ by more than if it were alone."""
    keys = [key for key in found if key]
    told = [_theme(key, found[key], year_before.get(key, 0), len(keys)) for key in keys]
    return sorted(
        (one for one in told if one.now or one.before), key=lambda one: (-one.now, -one.before, one.key)
    )


def risen(told: Sequence[Theme]) -> Theme | None:
    """The one that rose most among those that rose beyond chance."""
    return max((one for one in told if one.verdict is Verdict.UP), key=lambda one: one.change, default=None)


def _theme(key: str, counts: Mapping[int, int], year_before: int, among: int) -> Theme:
    weeks = [counts.get(week, 0) for week in range(WEEKS)]
    now, before = sum(weeks[-RECENT:]), sum(weeks[-2 * RECENT : -RECENT])
    return Theme(key, now, before, year_before, weeks, counts_differ(now, before, among=among))
