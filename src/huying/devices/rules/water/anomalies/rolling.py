"""The plain rule to beat: a reading further than three standard deviations from the mean of the last ones."""

import math
from collections import deque
from statistics import fmean
from typing import Final

WINDOW: Final = 168
SIGMAS: Final = 3.0


class ThreeSigma:
    """Rolling mean and standard deviation over ``WINDOW`` readings before this one, whatever they were."""

    def __init__(self) -> None:
        self._last: deque[float] = deque(maxlen=WINDOW)

    def add(self, value: float) -> bool:
        """Whether the reading stands out."""
        last = self._last
        out = False
        if len(last) >= 2:
            mean = fmean(last)
            out = abs(value - mean) > SIGMAS * math.sqrt(fmean((one - mean) ** 2 for one in last))
        last.append(value)
        return out
