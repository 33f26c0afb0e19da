"""A scale on which series of any unit are alike: relative far from nought, absolute near it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

_NEAR: Final = 0.05
_STRAIGHT: Final = 1e6


@dataclass(frozen=True, slots=True)
class Scale:
    """y = asinh(x / unit). Steps of y are shares of the value: turbidity of 4 and of 400 is equally restless so.

    Below ``unit``, a twentieth of the series' usual size, it is straight, so that what hovers about nought is calm. A
    series that may be negative (degrees, millivolts) has no nought to be relative to: its unit is so large that the
    whole of it is straight.
    """

    unit: float

    @classmethod
    def of(cls, values: Sequence[float], low: float) -> "Scale":
        """The scale of a series that begins with these values; ``low`` is the least possible one, if known."""
        sizes = [abs(value) for value in values]
        usual = median(sizes) or max(sizes, default=0.0) or 1.0
        negative = -math.inf < low < 0 or min(values, default=0.0) < 0
        return cls((_STRAIGHT if negative else _NEAR) * usual)

    def to(self, value: float) -> float:
        """A value on the scale."""
        return math.asinh(value / self.unit)

    def back(self, point: float) -> float:
        """A point of the scale as a value; beyond what can be said, infinite."""
        return math.sinh(point) * self.unit if abs(point) < 700 else math.copysign(math.inf, point)
