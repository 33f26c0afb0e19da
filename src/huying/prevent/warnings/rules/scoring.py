"""How surprising each count of a day is: what an item unit has in an area unit against what it may expect there.

The expectation is the district's level of the item on these very days times the area's usual share of it. So whatever
rises everywhere at once (a storm, a feast, a new item of the list, a hot week) raises the expectation with it, and what
is left is what this place has more than its part. The surprise is -ln of the probability of so many or more by the
negative binomial distribution; what is not known exactly (share, level) widens it.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import betainc

from huying.prevent.warnings.rules.budget import Budget
from huying.prevent.warnings.rules.events import Events
from huying.prevent.warnings.rules.levels import WINDOWS, Expected, Levels
from huying.prevent.warnings.rules.shares import Shares, counted
from huying.prevent.warnings.rules.space import Floats, Ints
from huying.prevent.warnings.rules.spread import Spread

# What has fewer cases, or less than so many times what was expected, calls nobody to act.
LEAST_CASES: Final = 4
LEAST_RATIO: Final = 1.8
_SHOCK: Final = 20.0
_OWN_SHOCK: Final = 20.0
_HABIT: Final = 10.0
_FASTEST: Final = 700.0
_WHOLE: Final = 0.9


@dataclass(frozen=True, slots=True)
class Found:
    """Units whose count surprises, each in the window where it does most; all arrays equally long."""

    items: Ints
    areas: Ints
    windows: Ints
    seen: Floats
    expected: Floats
    spread: Floats
    score: Floats


class Scorer:
    """Scores days one after another, each by what was known before it."""

    def __init__(self, events: Events, levels: Levels, shares: Shares, spread: Spread) -> None:
        self.levels, self.shares, self.spread, self.budget = levels, shares, spread, Budget()
        self.space = events.space

    def day(
        self, events: Events, day: int, floor: float, levels: Levels | None = None, only: Ints | None = None
    ) -> Found:
        """What surprises by ``floor`` or more in the windows that end with ``day``.

        ``levels`` where those of the events differ; ``only`` these units are asked for.
        """
        expected = (levels or self.levels).at(day)
        parts = [
            self._window(events, day, number, window, expected, floor, only)
            for number, window in enumerate(WINDOWS)
        ]
        joined = [np.concatenate(columns) for columns in zip(*parts, strict=True)]
        items, areas, windows, seen, usual, spread, score = joined
        # Of one unit the window that surprises most; the longer one where two do equally.
        order = np.lexsort((-windows, -score, areas, items))
        keys = items[order] * len(self.space.areas) + areas[order]
        best = order[np.flatnonzero(np.diff(keys, prepend=-1))]
        best = best[np.argsort(-score[best], kind="stable")]
        return Found(
            items[best].astype(np.int64), areas[best].astype(np.int64), windows[best].astype(np.int64),
            seen[best], usual[best], spread[best], score[best],
        )  # fmt: skip

    def count(self, day: int) -> None:
        """Count anew how many units share each part of the budget."""
        self.budget.count(self.shares.table()[0] * self.levels.at(day).usual[2][:, None], self.space.reach)

    def _window(
        self,
        events: Events,
        day: int,
        number: int,
        window: int,
        expected: Expected,
        floor: float,
        only: Ints | None,
    ) -> tuple[Ints | Floats, ...]:
        keys, often = counted(events, events.between(day - window + 1, day))
        some = often >= LEAST_CASES
        if only is not None:
            some &= np.isin(keys, only)
        keys, seen = keys[some], often[some].astype(np.float64)
        items, areas = np.divmod(keys, len(self.space.areas))
        share, ground = self.shares.of(items, areas, day)
        level, sure = self._level(items, seen, share, expected, number)
        usual = share * level * self._habit(events, day, window, items, areas, expected, number)
        phi = self._restless(items, areas, number, expected)
        wide = phi + 1 / np.maximum(ground, 0.1) + 1 / sure
        score = surprise(seen, usual, wide) - self.budget.price(self.space.reach[areas], usual * 7 / window)
        # What nearly everything of the item lies in has no rest to be compared with.
        kept = (score >= floor) & (seen >= LEAST_RATIO * usual) & (share < _WHOLE)
        whole = np.full(int(kept.sum()), window)
        return items[kept], areas[kept], whole, seen[kept], usual[kept], wide[kept], score[kept]

    def _restless(self, items: Ints, areas: Ints, number: int, expected: Expected) -> Floats:
        """phi of the window; more of it where a storm bunches what is expected on one of its days."""
        reach, top = self.space.reach[areas], self.space.item_up[items, 0]
        phi, day = self.spread.of(number, reach, top), self.spread.of(0, reach, top)
        found: Floats = phi + np.maximum(day - phi, 0) * (
            expected.bunched[number][items] - 1 / WINDOWS[number]
        )
        return found

    def _level(
        self, items: Ints, seen: Floats, share: Floats, expected: Expected, number: int
    ) -> tuple[Floats, Floats]:
        """What the whole district may expect of the items on these days, the unit itself left out of what is seen.

        At least what the rest of the district has: a kind that is new everywhere is new here too.
        """
        had, usual = expected.seen[number], expected.usual[number]
        shock = (_SHOCK + expected.seen_all[number] - seen) / (_SHOCK + expected.usual_all[number])
        for grain in range(2):
            up = self.space.item_up[items, grain]
            above = (up >= 0) & (self.space.grain[items] > grain)
            mixed = (_SHOCK * shock + np.maximum(had[up] - seen, 0)) / (_SHOCK + usual[up])
            shock = np.where(above, mixed, shock)
        rest, usual_rest = had[items] - seen, usual[items] * (1 - share)
        # That the rest is quiet by chance makes nothing here more surprising.
        own = np.maximum(shock, (_OWN_SHOCK * shock + rest) / (_OWN_SHOCK + usual_rest))
        level = np.maximum(usual[items] * own, rest / (1 - share))
        return level, _OWN_SHOCK + usual_rest

    def _habit(
        self, events: Events, day: int, window: int, items: Ints, areas: Ints, expected: Expected, number: int
    ) -> Floats:
        """How much more the area calls about everything else than its part: another habit, not this trouble."""
        rows = events.between(day - window + 1, day)
        inside = events.areas[rows]
        all_here = np.bincount(inside[inside >= 0], minlength=len(self.space.areas))
        top = self.space.item_up[items, 0]
        keys, often = counted_of(events, rows)
        at = np.minimum(np.searchsorted(keys, top * len(self.space.areas) + areas), max(0, len(keys) - 1))
        same = often[at] if len(keys) else np.zeros(len(items))
        others = all_here[areas] - same
        usual = self.shares.of_all(areas) * (expected.seen_all[number] - expected.seen[number][top])
        found: Floats = np.clip((_HABIT + others) / (_HABIT + usual), 1.0, 5.0)
        return found


def counted_of(events: Events, rows: slice) -> tuple[Ints, Ints]:
    """As ``counted``, of classes alone."""
    tops, areas = events.items[rows, 0], events.areas[rows]
    keys = (tops[:, None] * len(events.space.areas) + areas)[(areas >= 0) & (tops[:, None] >= 0)]
    found, often = np.unique(keys, return_counts=True)
    return found, often.astype(np.int64)


def surprise(seen: Floats, usual: Floats, spread: Floats) -> Floats:
    """-ln P(X >= seen) for X negative binomial with mean ``usual`` and variance usual (1 + spread usual)."""
    usual = np.maximum(usual, 1e-9)
    chance = spread * usual / (1 + spread * usual)
    tail = betainc(seen, 1 / spread, chance)
    found: Floats = -np.log(np.maximum(tail, np.exp(-_FASTEST)))
    return found
