"""What is usual in a series: how far readings go forth and back, how they step, and in which range they have stayed."""

from collections import deque
from itertools import pairwise

from huying.devices.rules.water.anomalies.settings import Settings


def quantile(values: list[float], share: float) -> float:
    """The value below which so large a share lies; 0 of nothing."""
    return sorted(values)[min(len(values) - 1, int(share * len(values)))] if values else 0.0


class Past:
    """The believed readings on the scale, newest last, and what follows from the recent ones."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.points: deque[float] = deque(maxlen=settings.recent)
        self._finest = float("inf")
        self._long: deque[float] = deque(maxlen=settings.minded_past)
        self._range = 0.0
        self._added = 0
        self.fresh = True

    def add(self, point: float) -> None:
        """Take in a reading that is believed."""
        if self.points and (step := abs(point - self.points[-1])) > 0:
            self._finest = min(self._finest, step)
        self.points.append(point)
        self._long.append(point)
        self.fresh = False
        # The range changes slowly; a look at each twenty-fourth reading is enough.
        if self._added % 24 == 0:
            ordered = sorted(self._long)
            self._range = quantile(ordered, 0.99) - quantile(ordered, 0.01)
        self._added += 1

    def forget(self) -> None:
        """After a long gap the next reading is not compared with the last; how restless the series is stays known."""
        self.fresh = True

    @property
    def usual(self) -> float:
        """How far a reading may stand off its neighbours without being remarkable; any step of what never moved."""
        chosen, points = self._settings, list(self.points)
        stirred = [abs(b - a) for a, b in pairwise(points[-chosen.stirred_over - 1 :])]
        return max(
            quantile(_bounces(points), 0.95),
            chosen.stirred * max(stirred, default=0.0),
            chosen.grains * self._finest,
            chosen.minded * self._range,
        )


def _bounces(points: list[float]) -> list[float]:
    """How far readings stand off both their neighbours on the same side."""
    found = []
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        if (here - before) * (here - after) > 0:
            found.append(min(abs(here - before), abs(here - after)))
    return found
