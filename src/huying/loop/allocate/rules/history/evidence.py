"""Counts that fade: how often each role took the cases of one view, recent cases counting more."""

import math
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

_LEVELS: Final = (0.3, 1.5, 4.0, 12.0, 40.0)
DEPTHS: Final = len(_LEVELS) + 1


@dataclass(slots=True)
class Tally:
    """Faded counts by role number, all brought to the same day."""

    day: float = 0.0
    total: float = 0.0
    counts: dict[int, float] = field(default_factory=dict)

    def add(self, role: int, day: float, half_life: float) -> None:
        """One more case, seen on ``day``; one that comes out of order counts as seen on the latest day."""
        if day > self.day:
            fade = 0.5 ** ((day - self.day) / half_life)
            self.counts = {r: n * fade for r, n in self.counts.items() if n * fade > 1e-3}
            self.total = sum(self.counts.values())
            self.day = day
        self.counts[role] = self.counts.get(role, 0.0) + 1.0
        self.total += 1.0

    def faded(self, day: float, half_life: float) -> float:
        """By how much everything here has faded on ``day``: 1 on the day of the last case."""
        return math.pow(0.5, max(0.0, day - self.day) / half_life)


def depth(total: float) -> int:
    """Into which of DEPTHS classes of experience a faded total falls; each has its own trust in a view."""
    for level, bound in enumerate(_LEVELS):
        if total < bound:
            return level
    return len(_LEVELS)


def advantage(count: Floats, total: Floats, alternatives: int, doubt: float) -> Floats:
    """How much more likely than a blind guess roles are, as logarithms; 0 without experience.

    Additive smoothing: ``doubt`` imagined cases are spread evenly over the ``alternatives``.
    """
    likelier: Floats = np.log((count * alternatives + doubt) / (total + doubt))
    return likelier
