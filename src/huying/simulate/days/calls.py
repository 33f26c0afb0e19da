"""The stream of appeals of a district, in the order of time, with bursts and sores that come back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from heapq import heappop, heappush
from itertools import accumulate
from math import cos, radians
from random import Random
from typing import Final

from huying.catalogue.rules.kinds import AppealKind, ItemType
from huying.catalogue.rules.lines import ConditionLine
from huying.simulate.chance import dice
from huying.simulate.days.rhythm import Hour, Rhythm
from huying.simulate.days.wheres import Ground
from huying.simulate.folk import Caller, caller
from huying.simulate.land import Area, Land, Spot
from huying.simulate.speech import Matter, tell

#: What callers want; inquiries are most of what a hotline hears and are mostly answered on the spot.
KINDS: Final = {
    AppealKind.INQUIRY: 0.41,
    AppealKind.COMPLAINT: 0.33,
    AppealKind.HELP: 0.12,
    AppealKind.REPORT: 0.06,
    AppealKind.SUGGESTION: 0.05,
    AppealKind.THANKS: 0.03,
}
_BURST: Final = 0.012
_PLACED: Final = {"grid": 1.0, "web": 0.85}
_FREQUENT: Final = 0.06
_OUTDOORS: Final = frozenset({AppealKind.COMPLAINT, AppealKind.REPORT, AppealKind.HELP})


@dataclass(frozen=True, slots=True)
class Call:
    """One appeal as it comes in. ``series`` names the matter behind it: calls of one series are one case.

    ``lon`` and ``lat`` are None where only words say the place; ``area`` is where it truly is. ``sore`` is
    the number of a trouble that comes back, 0 otherwise. Without ``caller`` a grid worker found it.
    """

    at: datetime
    number: int
    series: int
    kind: AppealKind
    matter: Matter
    condition: ConditionLine | None
    text: str
    place: str
    area: str
    lon: float | None
    lat: float | None
    caller: Caller | None
    channel: str
    first: bool
    sore: int


class Calls:
    """The appeals of one district over the hours of a rhythm."""

    def __init__(self, seed: int, land: Land, matters: Sequence[Matter], rhythm: Rhythm) -> None:
        self.seed, self.land, self.rhythm = seed, land, rhythm
        self.ground = Ground(land)
        self.matters = list(matters)
        self._tables: dict[tuple[AppealKind, bool, bool, int], list[float]] = {}
        self._sores = self._find_sores()
        self._count = self._series = 0

    def by_matter(self) -> Iterator[list[Call]]:
        """Each matter as its calls in order, the first one first; matters in the order in which they begin."""
        rng = dice(self.seed, "calls", self.land.code)
        for hour in self.rhythm.hours():
            born = [list(self._born(rng, hour)) for _ in range(hour.count)]
            yield from sorted(born, key=lambda calls: (calls[0].at, calls[0].number))

    def __iter__(self) -> Iterator[Call]:
        """Every call in the order of time."""
        later: list[tuple[datetime, int, Call]] = []
        for calls in self.by_matter():
            while later and later[0][0] < calls[0].at:
                yield heappop(later)[2]
            for call in calls:
                heappush(later, (call.at, call.number, call))
        while later:
            yield heappop(later)[2]

    def _born(self, rng: Random, hour: Hour) -> Iterator[Call]:
        """A new matter: its first call, and those of the neighbours it also troubles."""
        kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
        sore = self._sore(rng) if kind is AppealKind.COMPLAINT else 0
        if sore:
            grid, spot, matter = self._sores[sore - 1]
        else:
            matter = self._matter(rng, kind, hour)
            grid = self.ground.grid(rng)
            spot = self.ground.spot(rng, grid, matter.places)
        self._series += 1
        at = hour.start + timedelta(seconds=rng.randrange(3600))
        first = self._call(rng, at, kind, matter, spot, grid, sore)
        yield first
        if kind in _OUTDOORS and rng.random() < _BURST * (4 if hour.storm or matter.storm else 1):
            yield from self._burst(rng, first, spot, grid)

    def _burst(self, rng: Random, first: Call, spot: Spot, grid: Area) -> Iterator[Call]:
        """Up to two dozen neighbours tell the same, most of them within the first hours."""
        mean = rng.choice((0.6, 2.0, 5.0))
        at = first.at
        for _ in range(rng.randint(4, 24)):
            at += timedelta(hours=rng.expovariate(1 / mean))
            if at.hour < 6 and rng.random() < 0.7:
                continue
            next_call = self._call(rng, at, first.kind, first.matter, spot, grid, first.sore)
            yield replace(next_call, series=first.series, first=False, condition=first.condition)

    def _call(
        self, rng: Random, at: datetime, kind: AppealKind, matter: Matter, spot: Spot, grid: Area, sore: int
    ) -> Call:
        self._count += 1
        channel = self._channel(rng, kind, matter)
        who = None if channel == "grid" else self._caller(rng, grid)
        area = self.ground.area(spot, grid)
        told = tell(rng, matter, kind, spot, street=self.ground.street(area), caller=who, hour=at.hour)
        # A road through many grids has no position of its own that could be given.
        placed = spot.kind not in ("road", "river") and rng.random() < _PLACED.get(channel, 0.3)
        lon, lat = _near(rng, spot) if placed else (None, None)
        return Call(
            at=at,
            number=self._count,
            series=self._series,
            kind=kind,
            matter=matter,
            condition=matter.condition(rng.random()),
            text=told.text,
            place=told.place,
            area=area,
            lon=lon,
            lat=lat,
            caller=who,
            channel=channel,
            first=True,
            sore=sore,
        )

    def _channel(self, rng: Random, kind: AppealKind, matter: Matter) -> str:
        if kind in _OUTDOORS and matter.line.type is not ItemType.SERVICE:
            return rng.choices(("hotline", "web", "grid", "api"), (44, 28, 22, 6))[0]
        return rng.choices(("hotline", "web", "api"), (68, 28, 4))[0]

    def _caller(self, rng: Random, grid: Area) -> Caller:
        home = rng.randrange(3) if rng.random() < _FREQUENT else rng.randrange(max(20, grid.homes))
        return caller(self.seed, grid.code, home)

    def _matter(self, rng: Random, kind: AppealKind, hour: Hour) -> Matter:
        key = (kind, hour.start.hour >= 22 or hour.start.hour < 6, hour.storm, hour.start.month)
        table = self._tables.get(key)
        if table is None:
            table = self._tables[key] = list(accumulate(_weight(m, *key) for m in self.matters))
        return rng.choices(self.matters, cum_weights=table)[0]

    def _find_sores(self) -> list[tuple[Area, Spot, Matter]]:
        """Troubles that come back: one for every ten grids, each about an outdoor matter at one spot."""
        rng = dice(self.seed, "sores", self.land.code)
        shares = [matter.share(AppealKind.COMPLAINT) for matter in self.matters]
        found = []
        for matter in rng.choices(self.matters, shares, k=max(2, len(self.ground.grids) // 10)):
            grid = self.ground.grid(rng)
            found.append((grid, self.ground.spot(rng, grid, matter.places), matter))
        return found

    def _sore(self, rng: Random) -> int:
        """The number of the trouble that breaks out again, 0 for none; each about every three weeks."""
        mean = self.rhythm.calls * KINDS[AppealKind.COMPLAINT] / max(1, self.rhythm.days)
        chance = min(0.2, len(self._sores) / 21 / max(mean, 0.01))
        return rng.randrange(len(self._sores)) + 1 if rng.random() < chance else 0


def _weight(matter: Matter, kind: AppealKind, night: bool, storm: bool, month: int) -> float:
    weight = matter.share(kind)
    if matter.night:
        weight *= 3.0 if night else 0.8
    if matter.storm:
        weight *= 12.0 if storm else 0.7
    if matter.summer:
        weight *= 2.0 if month in (6, 7, 8, 9) else 0.7
    if matter.winter:
        weight *= 2.5 if month in (12, 1, 2) else 0.5
    return weight


def _near(rng: Random, spot: Spot) -> tuple[float, float]:
    """A position as a phone gives it, some metres off."""
    north, east = rng.gauss(0, 6) / 111_320, rng.gauss(0, 6) / (111_320 * cos(radians(spot.lat)))
    return round(spot.lon + east, 7), round(spot.lat + north, 7)
