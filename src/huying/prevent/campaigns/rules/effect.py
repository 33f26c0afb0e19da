"""What a campaign changed: against last year, and against streets that did nothing.

The change is the ratio of cases now to those of the same days last year. Where other streets did nothing, their ratio is
what would have happened anyway, and the campaign's own is divided by it (``figures.rules.differing``); the interval is
widened by how much counts of quiet weeks vary. With fewer than ``LEAST`` cases on any side nothing is claimed.
"""

from dataclasses import dataclass
from typing import Final

from huying.figures.rules.differing import changed

LEAST: Final = 10
_SPREAD: Final = 0.01


@dataclass(frozen=True, slots=True)
class Counts:
    """Cases during the campaign and in the same days of last year, here and in the areas without it."""

    now: int
    before: int
    others_now: int
    others_before: int


@dataclass(frozen=True, slots=True)
class Effect:
    """The change as a share (-0.3: a third fewer), with its 95 % interval. ``compared``: others were there to tell apart
    what would have happened anyway."""

    change: float
    low: float
    high: float
    compared: bool

    @property
    def certain(self) -> bool:
        """Whether the interval leaves out "no change"."""
        return self.high < 0 or self.low > 0


def effect(counts: Counts) -> Effect | None:
    """The change; None where there are too few cases to say anything."""
    if min(counts.now + counts.before, counts.before) < LEAST:
        return None
    compared = min(counts.others_now, counts.others_before) >= LEAST
    others = (counts.others_now, counts.others_before) if compared else None
    found = changed(counts.now, counts.before, others, _SPREAD)
    return Effect(found.value - 1, found.low - 1, found.high - 1, compared)
