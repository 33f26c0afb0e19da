"""A second quiet model, made otherwise: chains of calls, wandering levels, storms that come slowly and stay for days.

A matter that is told draws one more call of the same item from the same grid within two days with one chance in twelve.
Levels of classes wander (AR(1) of the logarithm), each community keeps a week of its own, storms lift some classes and
not others and fade over four days, streets differ ten times in size, a street starts a new channel in mid-year.
"""

import numpy as np

from huying.simulate.quiet.calls import Call, drawn, kinds, written
from huying.simulate.quiet.town import Floats, Ints, Town


def other(rng: np.random.Generator, town: Town, days: int, a_day: float = 67.0) -> list[Call]:
    """The calls of ``days`` quiet days, about ``a_day`` on each."""
    classes, communities = int(town.klass.max()) + 1, town.communities
    level = (
        rng.dirichlet(np.full(communities, 1.5), classes)
        * np.bincount(town.klass, town.likely, classes)[:, None]
    )
    wander = _wander(rng, days, classes) + _storms(rng, days, classes)
    week = rng.lognormal(0, 0.2, (communities, 8)) * np.array([1.25, 1.1, 1.0, 1.0, 1.05, 0.7, 0.6, 0.45])
    kind = kinds(days)
    when, what, where = [], [], []
    for day in range(days):
        counts = rng.poisson(0.92 * a_day * level * np.exp(wander[day])[:, None] * week[:, kind[day]])
        for klass, community in zip(*np.nonzero(counts), strict=True):
            count = int(counts[klass, community])
            when.append(np.full(count, day))
            what.append(drawn(rng, town.likely * (town.klass == klass), count))
            where.append(drawn(rng, town.size * (town.community == community), count))
    first = np.concatenate(when), np.concatenate(what), np.concatenate(where)
    told = _chained(rng, days, *first)
    return written(rng, town, *told, _channels(rng, town, days, told[0], told[2]))


def _wander(rng: np.random.Generator, days: int, classes: int) -> Floats:
    found = np.zeros((days, classes))
    for day in range(1, days):
        found[day] = 0.97 * found[day - 1] + rng.normal(0, 0.05, classes)
    return found


def _storms(rng: np.random.Generator, days: int, classes: int) -> Floats:
    lifted = rng.random(classes) < 0.4
    found = np.zeros((days, classes))
    for day in np.flatnonzero(rng.random(days) < 0.03):
        for after, part in enumerate((1.0, 0.7, 0.4, 0.15)):
            if day + after < days:
                found[day + after] = np.maximum(found[day + after], part * np.where(lifted, 1.5, 0.1))
    return found


def _chained(
    rng: np.random.Generator, days: int, when: Ints, what: Ints, where: Ints
) -> tuple[Ints, Ints, Ints]:
    parts = [(when, what, where)]
    while len(parts[-1][0]):
        day, leaf, grid = parts[-1]
        drew = rng.random(len(day)) < 1 / 12
        later = day[drew] + rng.integers(0, 3, int(drew.sum()))
        parts.append((later, leaf[drew], grid[drew]))
    day, leaf, grid = (np.concatenate(column).astype(np.int64) for column in zip(*parts, strict=True))
    inside = day < days
    order = np.argsort(day[inside], kind="stable")
    return day[inside][order], leaf[inside][order], grid[inside][order]


def _channels(rng: np.random.Generator, town: Town, days: int, when: Ints, grids: Ints) -> list[str]:
    begins = days // 2
    new = (town.community[grids] < 4) & (when >= begins) & (rng.random(len(when)) < 0.3)
    told = drawn(rng, np.array([0.6, 0.4]), len(when))
    return ["mini" if mini else ("hotline", "web")[n] for mini, n in zip(new, told, strict=True)]
