"""By how much something came in more or less often than before, and than elsewhere."""

from dataclasses import dataclass
from math import exp, log, sqrt
from typing import Final

_Z95: Final = 1.959964


@dataclass(frozen=True, slots=True)
class Ratio:
    """0.6: 40 % fewer than without; ``low`` and ``high`` its 95 % interval."""

    value: float
    low: float
    high: float


def changed(now: int, before: int, beside: tuple[int, int] | None = None, spread: float = 0.0) -> Ratio:
    """``now`` against ``before``, divided by what ``beside`` (now, before) did meanwhile where that is given.

    Difference in differences of logarithms of Poisson counts, a half added to each (Haldane and Anscombe, 1956), with
    the normal approximation of the interval. ``spread`` is added to each count's variance: how much counts vary anyway.
    """
    sides = [each + 0.5 for each in (now, before, *(beside or ()))]
    change = log(sides[0] / sides[1]) - (log(sides[2] / sides[3]) if beside else 0.0)
    wide = _Z95 * sqrt(sum(1 / side + spread for side in sides))
    return Ratio(exp(change), exp(change - wide), exp(change + wide))
