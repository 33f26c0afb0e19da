"""The first quiet model: weekdays, holidays, seasons, storms, slow trends, restlessness, rare and new items.

Calls of a class in a community are Poisson about a level that is shaken each day (gamma, variance 0.15) and each week
(variance 0.005): in public requests of a large city the surplus variance was 0.17 for a day and 0.045 for three days. A
storm multiplies everything by 2.2 and what water does by 12. Nothing is an outbreak.
"""

from typing import Final

import numpy as np

from huying.simulate.quiet.calls import Call, drawn, kinds, written
from huying.simulate.quiet.town import Floats, Ints, Town

WEEK: Final = (1.14, 1.08, 1.06, 1.04, 1.06, 0.84, 0.78, 0.62)
_STORM, _WATER = 2.2, 12.0
_DAILY, _WEEKLY = 0.15, 0.005
_CHANNELS: Final = ("hotline", "web", "grid")


def usual(rng: np.random.Generator, town: Town, days: int, a_day: float = 67.0) -> list[Call]:
    """The calls of ``days`` quiet days, about ``a_day`` on each."""
    classes, communities = int(town.klass.max()) + 1, town.communities
    of_class = np.bincount(town.klass, town.likely, classes)
    of_community = np.bincount(town.community, town.size, communities)
    habit = rng.gamma(4, 0.25, (classes, communities)) * of_community
    habit /= habit.sum(axis=1, keepdims=True)
    level = a_day * of_class[:, None] * habit
    shape = _Shape(rng, days, classes, communities)
    new = {int(leaf): int(rng.integers(days // 3, days)) for leaf in rng.choice(len(town.leaves), 12)}
    return _told(rng, town, [level * shape.on(day) for day in range(days)], new)


class _Shape:
    """What multiplies the level of each class in each community on each day."""

    def __init__(self, rng: np.random.Generator, days: int, classes: int, communities: int) -> None:
        self._rng, self._kinds = rng, kinds(days)
        self._week = np.array(WEEK)[None, :] ** rng.normal(1, 0.5, (classes, 1))
        self._swing, self._peak = rng.uniform(0, 0.5, classes), rng.uniform(0, 365, classes)
        self._trend = rng.normal(0, 0.15, classes)
        self._grow = rng.normal(0, 0.15, communities)
        season = 0.02 + 0.05 * (np.sin(2 * np.pi * (np.arange(days) - 30) / 365) > 0)
        self._storms = rng.random(days) < season
        self._water = rng.random(classes) < 0.1
        self._weeks = rng.gamma(1 / _WEEKLY, _WEEKLY, (days // 7 + 1, classes, communities))

    def on(self, day: int) -> Floats:
        calm = (
            self._week[:, self._kinds[day]]
            * (1 + self._swing * np.cos(2 * np.pi * (day - self._peak) / 365))
            * np.exp(self._trend * day / 365)
        )
        if self._storms[day]:
            calm = calm * np.where(self._water, _WATER, _STORM)
        shaken = self._rng.gamma(1 / _DAILY, _DAILY, self._weeks.shape[1:])
        both: Floats = calm[:, None] * np.exp(self._grow * day / 365) * shaken * self._weeks[day // 7]
        return both


def _told(rng: np.random.Generator, town: Town, levels: list[Floats], new: dict[int, int]) -> list[Call]:
    when, what, where = [], [], []
    for day, level in enumerate(levels):
        counts = rng.poisson(level)
        begun = np.ones(len(town.leaves))
        begun[[leaf for leaf, first in new.items() if first > day]] = 0
        for klass, community in zip(*np.nonzero(counts), strict=True):
            count = int(counts[klass, community])
            leaves = drawn(rng, town.likely * begun * (town.klass == klass), count)
            grids = drawn(rng, town.size * (town.community == community), count)
            what.append(leaves)
            where.append(grids)
            when.append(np.full(count, day))
    channels = [_CHANNELS[n] for n in drawn(rng, np.array([0.5, 0.3, 0.2]), sum(map(len, when)))]
    return written(rng, town, _joined(when), _joined(what), _joined(where), channels)


def _joined(parts: list[Ints]) -> Ints:
    return np.concatenate(parts).astype(np.int64) if parts else np.zeros(0, np.int64)
