"""What came in, as arrays: one row for each case, in the order of days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from huying.prevent.warnings.rules.space import Ints, Space, hexagons

# A way of reporting is new in a street for so long, and what comes by it is no rise.
NEW_WAY_DAYS: Final = 28


class Came(NamedTuple):
    """One case: ``day`` is its local date as an ordinal; ``item`` and ``area`` are codes, possibly short or empty."""

    case: int
    day: int
    item: str
    area: str
    channel: str
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class Events:
    """Cases sorted by day. ``items`` (n, 3) and ``areas`` (n, 10) are their units in ``space``, -1 for none."""

    space: Space
    cases: Ints
    days: Ints
    items: Ints
    areas: Ints

    def between(self, first: int, last: int) -> slice:
        """The rows of the days ``first`` to ``last``, both counted in."""
        return slice(
            int(np.searchsorted(self.days, first, "left")), int(np.searchsorted(self.days, last, "right"))
        )

    def with_more(self, more: "Events") -> "Events":
        """These and further cases of the same space."""
        days = np.concatenate([self.days, more.days])
        order = np.argsort(days, kind="stable")
        return Events(
            self.space,
            np.concatenate([self.cases, more.cases])[order],
            days[order],
            np.concatenate([self.items, more.items])[order],
            np.concatenate([self.areas, more.areas])[order],
        )


def gathered(came: Iterable[Came], space: Space | None = None) -> Events:
    """The cases as arrays; what has no item or no area yet cannot rise and is left out, as is what a new way brings."""
    rows = [row for row in came if row.item and len(row.area) >= 9]
    rows.sort(key=lambda row: row.day)
    rows = without_new_ways(rows)
    keys = hexagons([row.lon for row in rows], [row.lat for row in rows])
    if space is None:
        space = Space.of(sorted({row.item for row in rows}), sorted({row.area for row in rows}), keys)
    items = {code: space.items_of(code) for code in {row.item for row in rows}}
    places = {
        pair: space.areas_of(*pair) for pair in {(row.area, key) for row, key in zip(rows, keys, strict=True)}
    }
    return Events(
        space,
        np.array([row.case for row in rows], np.int64),
        np.array([row.day for row in rows], np.int64),
        np.array([items[row.item] for row in rows], np.int64).reshape(-1, 3),
        np.array([places[row.area, key] for row, key in zip(rows, keys, strict=True)], np.int64).reshape(
            -1, 10
        ),
    )


def without_new_ways(rows: Sequence[Came]) -> list[Came]:
    """The rows, in order of days, without those of a channel that a street has only just begun to use.

    A street that begins to patrol reports in a week what nobody told before: that is a new habit, not a new trouble.
    The channels of the history's first weeks count as old.
    """
    if not rows:
        return []
    start = rows[0].day
    first: dict[tuple[str, str], int] = {}
    kept = []
    for row in rows:
        begun = first.setdefault((row.area[:9], row.channel), row.day)
        if begun < start + NEW_WAY_DAYS or row.day >= begun + NEW_WAY_DAYS:
            kept.append(row)
    return kept
