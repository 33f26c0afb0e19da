"""Sudden departures: a suspect reading is explained by those that follow it.

Nobody can tell a flood from a fault at the first reading that stands out. The next ones can: what comes straight back
was a spike, what stays exactly where it jumped to is a new level of the sensor, and what moves on is the water itself.
"""

from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import median
from typing import NamedTuple

from huying.devices.rules.water.anomalies.kinds import AnomalyKind, Verdict, surety
from huying.devices.rules.water.anomalies.past import Past
from huying.devices.rules.water.anomalies.scale import Scale
from huying.devices.rules.water.anomalies.settings import Settings


class Read(NamedTuple):
    """One reading: ``number`` counts all readings of the series, ``point`` is ``value`` on the scale."""

    number: int
    at: datetime
    value: float
    point: float


@dataclass(slots=True)
class _Suspicion:
    """Readings that stand out from ``last``, the last believed one, by more than is ``usual``, not yet explained.

    ``base`` is the level of the last few believed ones and ``stirred`` how far apart these lay.
    """

    last: float
    base: float
    stirred: float
    usual: float
    reads: list[Read]

    @property
    def jump(self) -> float:
        return self.reads[0].point - self.last

    @property
    def level(self) -> float:
        return median(one.point for one in self.reads)


@dataclass(slots=True)
class _Doubt:
    """A new level after a shift: told until it goes back, or until it has lasted so long that it is taken as it is."""

    shift: Verdict
    base: float
    level: float
    back: int = 0


class Jumps:
    """Spikes, clusters and shifts of one series. Believed readings go into ``past``."""

    def __init__(self, settings: Settings, past: Past, scale: Scale) -> None:
        self._settings, self._past, self._scale = settings, past, scale
        self._suspicion: _Suspicion | None = None
        self._doubt: _Doubt | None = None
        self._spikes: deque[Read] = deque(maxlen=settings.cluster)

    def take(self, read: Read) -> list[Verdict]:
        """What this reading explains or begins."""
        if self._doubt and read.at - self._doubt.shift.since > self._settings.doubted:
            self._doubt = None
        if self._doubt:
            return self._doubted(self._doubt, read)
        if self._suspicion:
            return self._explained(self._suspicion, read)
        past, usual = self._past, self._past.usual
        if past.fresh or abs(read.point - past.points[-1]) <= self._settings.shift * usual:
            past.add(read.point)
        else:
            last = list(past.points)[-self._settings.settle :]
            self._suspicion = _Suspicion(last[-1], median(last), _spread(last), usual, [read])
        return []

    def forget(self) -> None:
        """After a long gap: what was suspected cannot be explained any more. A doubt stays: nobody has cleared it."""
        self._suspicion = None

    def _explained(self, suspicion: _Suspicion, read: Read) -> list[Verdict]:
        chosen, jump = self._settings, suspicion.jump
        share = (read.point - suspicion.last) / jump
        if not -chosen.back < share < 1 + chosen.back:
            # Further on or to the other side: the water moves, or this reading stands out in its own right.
            self._believed(suspicion.reads)
            return self.take(read)
        if share <= 1 - chosen.back:
            if len(suspicion.reads) > chosen.brief or abs(jump) <= chosen.spike * suspicion.usual:
                return self._believed([*suspicion.reads, read])
            return [self._spike(suspicion, read)]
        suspicion.reads.append(read)
        if len(suspicion.reads) < chosen.settle:
            return []
        return [self._shift(suspicion, read)] if self._settled(suspicion) else self._believed(suspicion.reads)

    def _believed(self, reads: list[Read]) -> list[Verdict]:
        self._suspicion = None
        for one in reads:
            self._past.add(one.point)
        return []

    def _settled(self, suspicion: _Suspicion) -> bool:
        """Whether the suspects stand together on a level of their own, reached in one step from a calm one."""
        chosen, size = self._settings, abs(suspicion.level - suspicion.base)
        return (
            size > chosen.shift * suspicion.usual
            and abs(suspicion.jump) >= chosen.one_step * size
            and _spread([one.point for one in suspicion.reads]) <= chosen.together * size
            and suspicion.stirred <= chosen.calm * size
        )

    def _spike(self, suspicion: _Suspicion, read: Read) -> Verdict:
        first, until = suspicion.reads[0], suspicion.reads[-1].at
        self._believed([read])
        self._spikes.append(first)
        limit = self._settings.spike * suspicion.usual
        low, high = self._scale.back(suspicion.last - limit), self._scale.back(suspicion.last + limit)
        kind, since = AnomalyKind.SPIKE, first.at
        begun = self._spikes[0]
        if (
            len(self._spikes) == self._settings.cluster
            and read.number - begun.number <= self._settings.cluster_over
        ):
            kind, since = AnomalyKind.CLUSTER, begun.at
        return Verdict(
            kind, since, until, read.at, surety(abs(suspicion.jump), limit), low, high, first.value
        )

    def _shift(self, suspicion: _Suspicion, read: Read) -> Verdict:
        first, base, level = suspicion.reads[0], suspicion.base, suspicion.level
        self._believed(suspicion.reads)
        limit = self._settings.shift * suspicion.usual
        low, high = self._scale.back(base - limit), self._scale.back(base + limit)
        sure = surety(abs(level - base), limit)
        told = Verdict(AnomalyKind.SHIFT, first.at, read.at, read.at, sure, low, high, first.value)
        self._doubt = _Doubt(told, base, level)
        return told

    def _doubted(self, doubt: _Doubt, read: Read) -> list[Verdict]:
        if abs(read.point - doubt.base) < abs(read.point - doubt.level):
            doubt.back += 1
            if doubt.back == self._settings.returned:
                self._doubt = None
                self._past.forget()
            return []
        doubt.back = 0
        self._past.add(read.point)
        return [replace(doubt.shift, until=read.at, told=read.at)]


def _spread(points: list[float]) -> float:
    """How far apart readings lie, of many without the one that lies furthest out."""
    ordered = sorted(points)
    if len(ordered) < 5:
        return ordered[-1] - ordered[0]
    return min(ordered[-1] - ordered[1], ordered[-2] - ordered[0])
