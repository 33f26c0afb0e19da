"""How unusual a silence must be, from the most unusual one of each ordinary day of the same person.

The larger half of these falls off exponentially (the strength is a sum of hazards, which does so by definition; what the
rates miss only changes how fast). Mean excess over the middle one and how often it is passed give the strength that
chance reaches as seldom as promised: peaks over threshold, Pickands 1975, with the shape at nought.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, log, sqrt
from typing import Final

MONTH: Final = 30.0
# So many days are believed to have fallen off like this before any is known.
_BEFORE, _USUAL_SLOPE = 4.0, 1.0
# The strongest days are taken as "at least so strong": one odd day must not deafen the months after it.
_TOP: Final = 0.05
# So much of the promise is aimed at: no month is quite like the past.
_AIMED: Final = 0.6
# After a false alarm within the month this much of the promise is left.
_LEAST_LEFT: Final = 0.1

_FURTHER: Final = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """``mark`` is passed on ``often`` of the days; beyond it that falls by e with each ``slope``. ``days`` known."""

    mark: float = 0.0
    slope: float = _USUAL_SLOPE
    often: float = 1.0
    days: int = 0

    def share(self, strength: float) -> float:
        """On how many of the ordinary days there is a silence as unusual, 0 to 1; never rises with strength. Nothing is
        called rarer than once in ten times what is known."""
        beyond = self.often * exp(-max(0.0, strength - self.mark) / self.slope)
        return max(beyond, 1 / (1 + _FURTHER * self.days))

    def at(self, promise: float, unsettled: int = 0, kinds: int = 1) -> float:
        """The strength from which to alarm. ``unsettled``: alarms of the last month that nobody found true; what they
        used up of the promise makes the next one dearer. ``kinds`` of silences share what is left."""
        left = max(_AIMED * (promise - unsettled), _LEAST_LEFT * promise) / kinds
        return self.mark + self.slope * max(0.0, log(self.often * MONTH / left))


#: Before any day is known.
NOTHING: Final = Bar()


def bar_of(strongest: Sequence[float]) -> Bar:
    """From the strength of each day's most unusual silence, in any order."""
    ordered = sorted(strongest, reverse=True)
    if not ordered:
        return NOTHING
    number, cut = (len(ordered) + 1) // 2, ceil(_TOP * len(ordered))
    mark = ordered[number - 1]
    most = ordered[min(cut, number - 1)]
    excess = sum(min(strength, most) - mark for strength in ordered[:number])
    slope = (excess + _BEFORE * _USUAL_SLOPE) / (max(0, number - 1 - cut) + _BEFORE)
    return Bar(mark, max(slope, _USUAL_SLOPE), min(1.0, (number + sqrt(number)) / len(ordered)), len(ordered))
