"""Slow departures: a value that no longer moves at all, and one that creeps out of its range."""

from collections import deque
from statistics import median

from huying.devices.rules.water.anomalies.jumps import Read
from huying.devices.rules.water.anomalies.kinds import AnomalyKind, Verdict, surety
from huying.devices.rules.water.anomalies.scale import Scale
from huying.devices.rules.water.anomalies.settings import Settings


class Stuck:
    """Equal readings, longer than this series ever had them. A level gauge may rest for days, turbidity never does."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._longest = 0
        self._length = 0
        self._equal = 0
        self._steps = 0
        self._first: Read | None = None

    def take(self, read: Read) -> list[Verdict]:
        """The verdict, again with each further equal reading."""
        if self._first is not None:
            self._steps += 1
        if self._first is None or read.value != self._first.value:
            self._equal += max(0, self._length - 1)
            self._longest = max(self._longest, self._length)
            self._first, self._length = read, 0
        self._length += 1
        usual = max(self._settings.stuck, self._settings.stuck_times * self._longest)
        if self._length <= usual or self._equal > self._settings.resting * (self._steps - self._length):
            return []
        sure = surety(self._length, usual)
        value = read.value
        return [Verdict(AnomalyKind.STUCK, self._first.at, read.at, read.at, sure, value, value, value)]


class Drift:
    """Medians of about a day, the last of which have left the range of the months before and go on in that direction."""

    def __init__(self, settings: Settings, scale: Scale) -> None:
        self._settings, self._scale = settings, scale
        self._open: list[Read] = []
        spans = settings.drift_past // settings.drift_span
        self._medians: deque[tuple[Read, float]] = deque(maxlen=spans + settings.drift_spans)
        self._told: tuple[Read, float, float, float] | None = None

    def take(self, read: Read) -> list[Verdict]:
        """The verdict, again with each further reading until the range is reached again or the new one is accepted."""
        self._open.append(read)
        if len(self._open) == self._settings.drift_span:
            self._medians.append((self._open[0], median(one.point for one in self._open)))
            self._open = []
            self._look()
        if self._told is None:
            return []
        first, low, high, sure = self._told
        back = self._scale.back
        return [
            Verdict(AnomalyKind.DRIFT, first.at, read.at, read.at, sure, back(low), back(high), read.value)
        ]

    def forget(self) -> None:
        """After a jump or a gap the way from one range into another was not slow."""
        self._open, self._told = [], None
        self._medians.clear()

    def _look(self) -> None:
        chosen = self._settings
        if self._told:
            first, low, high, _sure = self._told
            newest, point = self._medians[-1]
            if low <= point <= high or newest.at - first.at > chosen.doubted:
                self._told = None
            return
        spans = list(self._medians)
        past, last = spans[: -chosen.drift_spans], spans[-chosen.drift_spans :]
        if len(past) < 2 * chosen.drift_spans:
            return
        low, high = min(point for _, point in past), max(point for _, point in past)
        margin = chosen.drift_margin * (high - low)
        for sign, edge in ((1, high), (-1, low)):
            beyond = [sign * (point - edge) for _, point in last]
            if min(beyond) > margin and beyond[-1] == max(beyond):
                sure = surety(beyond[-1], max(margin, 1e-9))
                self._told = (last[0][0], low, high, sure)
