"""The watch over one series: readings in as they come, verdicts out. Only the past is known to it."""

from collections import deque
from datetime import datetime
from statistics import median

from huying.devices.rules.water.anomalies.jumps import Jumps, Read
from huying.devices.rules.water.anomalies.kinds import AnomalyKind, Verdict, surety
from huying.devices.rules.water.anomalies.past import Past
from huying.devices.rules.water.anomalies.scale import Scale
from huying.devices.rules.water.anomalies.settings import Settings
from huying.devices.rules.water.anomalies.slow import Drift, Stuck


class Watch:
    """One series of one sensor. ``low`` and ``high``: between which its factor can be at all, in its unit."""

    def __init__(
        self, low: float = float("-inf"), high: float = float("inf"), settings: Settings | None = None
    ) -> None:
        self._low, self._high = low, high
        self._settings = settings or Settings()
        self._gaps = _Gaps(self._settings)
        self._number = 0
        self._first: list[float] = []
        self._learned: _Learned | None = None

    def add(self, at: datetime, value: float) -> list[Verdict]:
        """The verdicts that this reading brings, new ones and those that go on. Times must not go back; what is no
        number is impossible.

        The first readings (``Settings.learning``) only teach what is usual; gaps and impossible values are told from
        the beginning.
        """
        self._number += 1
        told, broken = self._gaps.take(at, value)
        if not self._low <= value <= self._high:
            return [*told, Verdict(AnomalyKind.IMPOSSIBLE, at, at, at, 1.0, self._low, self._high, value)]
        if self._learned:
            if broken:
                self._learned.forget()
            return [*told, *self._learned.take(Read(self._number, at, value, self._learned.scale.to(value)))]
        self._first.append(value)
        if len(self._first) == self._settings.learning:
            self._learned = _Learned(self._settings, self._first, self._low)
        return told


class _Learned:
    """What judges a series once its scale is known."""

    def __init__(self, settings: Settings, first: list[float], low: float) -> None:
        self.scale = Scale.of(first, low)
        past = Past(settings)
        for value in first:
            past.add(self.scale.to(value))
        self._past = past
        self._jumps = Jumps(settings, past, self.scale)
        self._stuck = Stuck(settings)
        self._drift = Drift(settings, self.scale)

    def take(self, read: Read) -> list[Verdict]:
        sudden = self._jumps.take(read)
        if any(one.kind is AnomalyKind.SHIFT for one in sudden):
            self._drift.forget()
        return [*sudden, *self._stuck.take(read), *([] if sudden else self._drift.take(read))]

    def forget(self) -> None:
        self._past.forget()
        self._jumps.forget()
        self._drift.forget()


class _Gaps:
    """Intervals between readings, and those far longer than usual."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._intervals: deque[float] = deque(maxlen=settings.recent)
        self._last: datetime | None = None

    def take(self, at: datetime, value: float) -> tuple[list[Verdict], bool]:
        """The verdict on the interval before this reading, and whether it was too long to compare across."""
        last, self._last = self._last, at
        if last is None:
            return [], False
        passed = (at - last).total_seconds()
        usual = median(self._intervals) if len(self._intervals) >= self._settings.settle else passed
        # Long ones too: after a burst of readings a few minutes apart the usual hour must not stay a gap for ever.
        self._intervals.append(passed)
        limit = self._settings.gap * usual
        if passed <= limit:
            return [], False
        verdict = Verdict(AnomalyKind.GAP, at, at, at, surety(passed, limit), value, value, value)
        return [verdict], passed > self._settings.forget * usual
