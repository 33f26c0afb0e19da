"""The promise and its price: how strong a rise must be so that quiet months keep within the promised false warnings.

The threshold comes from the district's own past. Strengths of past rises above a low mark fall off exponentially (a
probability's -ln does so by definition, and what the model misses only changes how fast): the mean excess over the
mark gives the speed, the number of rises their rate, and both together how strong a rise comes by chance as seldom as
promised (peaks over threshold; Pickands 1975, with the shape at nought). Rises that somebody found true do not count.
The strongest few are taken as "at least so strong" (censored), so that one outbreak does not deafen the district.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, log, sqrt
from typing import Final

MONTH: Final = 30.0
#: False warnings a month at most, where a district has set nothing else.
PROMISE: Final = 8.0
# Below: rises are followed from here on, and the past's are counted.
FLOOR: Final = 0.0
LEAST_DAYS: Final = 30
_PACE: Final = 1.25
_LEAST_LEFT: Final = 0.03
_TOP: Final = 0.05
_FASTEST: Final = 1.0
_PRIOR: Final = 10.0
_PEAKS: Final = 12.0


@dataclass(frozen=True, slots=True)
class Bar:
    """How strong a rise must be: -ln of a probability. ``known``: learned from so many days of the past."""

    score: float
    slope: float
    known: int


def rate_for(promise: float, unsettled: int) -> float:
    """False warnings a month that may still come: what is promised, less those that came within the last month.

    With the rate following what is left, the number in a month is that of a queue that turns customers away: by Erlang's
    formula somewhat more than half of the promise on the average, and more than it in less than one month in a
    hundred, also where the past misjudges the rate by half.
    """
    return max(_PACE * (promise - unsettled), _LEAST_LEFT * promise)


def bar(peaks: Sequence[float], days: int, promise: float, unsettled: int = 0) -> Bar | None:
    """The threshold from the strengths of the past's rises within so many days; None while the past is too short.

    ``unsettled``: warnings of the last month that nobody found true. Each makes the next one dearer, so that a month
    in which the past is no guide keeps the promise too.
    """
    if days < LEAST_DAYS:
        return None
    ordered = sorted((peak for peak in peaks), reverse=True)
    wanted = rate_for(promise, unsettled) / MONTH
    number = min(len(ordered), ceil(_PEAKS * days / MONTH))
    mark = ordered[number - 1] if number == ceil(_PEAKS * days / MONTH) else FLOOR
    cut = ceil(_TOP * number)
    strongest = ordered[:number]
    if strongest:
        ceiling = strongest[cut] if cut < number else strongest[-1]
        excess = sum(min(peak, ceiling) - mark for peak in strongest)
        slope = (excess + _PRIOR * _FASTEST) / (number - cut + _PRIOR)
    else:
        slope = _FASTEST
    slope = max(_FASTEST, slope)
    rate = (number + sqrt(number) + 1) / days
    return Bar(mark + max(0.0, slope * log(rate / wanted)), slope, days)


def chance(score: float, bar_at: Bar, promise: float) -> float:
    """How many rises as strong as this or stronger a quiet month brings; 0.01 means one in a hundred months."""
    return promise * exp(-(score - bar_at.score) / bar_at.slope)
