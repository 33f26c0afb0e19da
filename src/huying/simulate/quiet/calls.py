"""What the models hand out: calls as rows, and the kinds of days they were made with."""

from datetime import date, timedelta
from typing import Final, NamedTuple

import numpy as np

from huying.simulate.quiet.town import Floats, Ints, Town

START: Final = date(2024, 3, 4)
#: Holidays of a made-up year, as (month, day, length); the Saturday before each is worked instead.
HOLIDAYS: Final = ((1, 1, 1), (2, 9, 8), (4, 4, 3), (5, 1, 5), (6, 10, 3), (9, 15, 3), (10, 1, 7))


class Call(NamedTuple):
    """One call: its number, its day as an ordinal, item, grid, channel and position (CGCS2000 degrees)."""

    number: int
    day: int
    item: str
    area: str
    channel: str
    lon: float | None
    lat: float | None


def kinds(days: int) -> Ints:
    """The kind of each day from START on: weekday 0 to 6, 7 for a holiday; a worked Saturday counts as a Wednesday."""
    found = np.zeros(days, np.int64)
    for n in range(days):
        found[n] = (START + timedelta(days=n)).weekday()
    for year in range(START.year, START.year + days // 365 + 2):
        for month, day, length in HOLIDAYS:
            first = (date(year, month, day) - START).days
            for n in range(first, first + length):
                if 0 <= n < days:
                    found[n] = 7
            worked = first - 1 - (date(year, month, day).weekday() - 6) % 7
            if 0 <= worked < days and found[worked] in (5, 6):
                found[worked] = 2
    return found


def written(
    rng: np.random.Generator,
    town: Town,
    days: Ints,
    leaves: Ints,
    grids: Ints,
    channels: list[str],
    first: int = 1,
) -> list[Call]:
    """The calls of the given days (from START), items and grids, seven in ten with a position near an estate."""
    where = town.estates[grids, rng.integers(0, 3, len(grids))] + rng.normal(0, 0.0003, (len(grids), 2))
    placed = rng.random(len(grids)) < 0.7
    start = START.toordinal()
    return [
        Call(
            first + n, start + int(day), town.leaves[leaf], town.grids[grid], channel,
            float(point[0]) if has else None, float(point[1]) if has else None,
        )
        for n, (day, leaf, grid, channel, point, has) in enumerate(
            zip(days, leaves, grids, channels, where, placed, strict=True)
        )
    ]  # fmt: skip


def drawn(rng: np.random.Generator, weights: Floats, count: int) -> Ints:
    """``count`` positions of ``weights``, each as likely as it weighs."""
    table = np.cumsum(weights)
    found: Ints = np.searchsorted(table, rng.random(count) * table[-1], side="right").astype(np.int64)
    return np.minimum(found, len(weights) - 1)
