"""Which part of an item each area usually has: its own habit of calling, learned from the last months.

A day counts half as much as one four months later. What is rare borrows from what it is a kind of: the share of a leaf
is drawn towards that of its group, this one towards the class, this one towards the area's part of everything.
"""

from typing import Final

import numpy as np

from huying.prevent.warnings.rules.events import Events
from huying.prevent.warnings.rules.space import Floats, Ints

HALF_LIFE: Final = 120.0
_BORROWED: Final = 10.0
_BORROWED_ALL: Final = 30.0
# The same days of last year speak for places at which it happens every year.
_YEARS: Final = (364, 728)
_SEASON: Final = 10


class Shares:
    """Decayed counts of every item unit in every area unit, up to the day it was last brought to."""

    def __init__(self, events: Events, start: int) -> None:
        self._events, self._start, self._at = events, start, start - 1
        items, areas = len(events.space.items), len(events.space.areas)
        # Newer days weigh more instead of older ones less, so that nothing has to be multiplied each day.
        self._here = np.zeros((items, areas))
        self._whole = np.zeros(items)
        self._here_all = np.zeros(areas)
        self._whole_all = 0.0
        self._kept: dict[tuple[int, int], tuple[tuple[Ints, Ints], Floats]] = {}

    def advance(self, day: int) -> None:
        """Take in the days up to ``day``."""
        rows = self._events.between(self._at + 1, day)
        self._at = max(self._at, day)
        if rows.start == rows.stop:
            return
        weights = self._weight(self._events.days[rows])
        items, areas = self._events.items[rows], self._events.areas[rows]
        for column in range(areas.shape[1]):
            known = areas[:, column] >= 0
            np.add.at(self._here_all, areas[known, column], weights[known])
            for grain in range(3):
                both = known & (items[:, grain] >= 0)
                np.add.at(self._here, (items[both, grain], areas[both, column]), weights[both])
        for grain in range(3):
            named = items[:, grain] >= 0
            np.add.at(self._whole, items[named, grain], weights[named])
        self._whole_all += float(weights.sum())

    def of_all(self, areas: Ints) -> Floats:
        """The part of everything that the areas have."""
        space = self._events.space
        level = 1.0 / space.sizes[space.reach[areas]]
        more = _BORROWED_ALL * self._unit()
        found: Floats = (self._here_all[areas] + more * level) / (self._whole_all + more)
        return found

    def of(self, items: Ints, areas: Ints, day: int) -> tuple[Floats, Floats]:
        """The areas' parts of the items, and how many cases each part rests on."""
        space, unit = self._events.space, self._unit()
        years = self._last_years(items, areas, day)
        share = self.of_all(areas)
        ground = np.zeros(len(items))
        for grain in range(3):
            up = space.item_up[items, grain]
            fits = up >= 0
            here, whole = self._here[up, areas] / unit, self._whole[up] / unit
            last = space.grain[items] == grain
            here, whole = here + years[0] * last, whole + years[1] * last
            ground = np.where(fits, here + _BORROWED * share, ground)
            share = np.where(fits, (here + _BORROWED * share) / (whole + _BORROWED), share)
        return np.minimum(share, 0.95), ground

    def table(self) -> tuple[Floats, Floats]:
        """The parts of every item unit in every area unit without last year's days, and what each rests on."""
        space, unit = self._events.space, self._unit()
        parts, ground = np.empty_like(self._here), np.empty_like(self._here)
        whole = self.of_all(np.arange(len(space.areas)))
        for grain in range(3):
            units = np.flatnonzero(space.grain == grain)
            above = whole if grain == 0 else parts[space.item_up[units, grain - 1]]
            ground[units] = self._here[units] / unit + _BORROWED * above
            parts[units] = ground[units] / (self._whole[units, None] / unit + _BORROWED)
        return parts, ground

    def _weight(self, days: Ints) -> Floats:
        weights: Floats = np.exp2((days - self._start) / HALF_LIFE)
        return weights

    def _unit(self) -> float:
        return float(np.exp2((self._at - self._start) / HALF_LIFE))

    def _last_years(self, items: Ints, areas: Ints, day: int) -> tuple[Floats, Floats]:
        here, whole = np.zeros(len(items)), np.zeros(len(items))
        for back in _YEARS:
            rows = self._events.between(day - back - _SEASON, day - back + _SEASON)
            if rows.start == rows.stop:
                continue
            table, sums = self._season(rows)
            here += looked_up(table, key_of(self._events, items, areas))
            whole += sums[items]
        return here, whole

    def _season(self, rows: slice) -> tuple[tuple[Ints, Ints], Floats]:
        """The counts of those days, kept for the windows of one day ask for the same."""
        key = (rows.start, rows.stop)
        if key not in self._kept:
            units = self._events.items[rows]
            sums = np.bincount(units[units >= 0], minlength=len(self._whole)).astype(np.float64)
            self._kept = dict(list(self._kept.items())[-1:])
            self._kept[key] = (counted(self._events, rows), sums)
        return self._kept[key]


def key_of(events: Events, items: Ints, areas: Ints) -> Ints:
    """One number for an item unit in an area unit."""
    keys: Ints = items * len(events.space.areas) + areas
    return keys


def counted(events: Events, rows: slice) -> tuple[Ints, Ints]:
    """The item units in area units that occur in the rows, as sorted keys, and how often each does."""
    items, areas = events.items[rows], events.areas[rows]
    found = []
    for grain in range(3):
        for column in range(areas.shape[1]):
            both = (items[:, grain] >= 0) & (areas[:, column] >= 0)
            found.append(key_of(events, items[both, grain], areas[both, column]))
    keys, often = np.unique(np.concatenate(found), return_counts=True)
    return keys, often.astype(np.int64)


def looked_up(table: tuple[Ints, Ints], keys: Ints) -> Floats:
    """How often each key occurs in a table of :func:`counted`."""
    known, often = table
    if not len(known):
        return np.zeros(len(keys))
    at = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    found: Floats = np.where(known[at] == keys, often[at], 0).astype(np.float64)
    return found
