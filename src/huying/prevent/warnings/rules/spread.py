"""How much more than a Poisson number the counts of quiet weeks vary: what calls draw further calls after them.

The variance of a count that expects E is E (1 + phi E) (negative binomial). phi is learned by moments from all units of
a reach and a length of window, each class of items for itself and drawn towards all of them.
"""

from typing import Final

import numpy as np

from huying.prevent.warnings.rules.events import Events
from huying.prevent.warnings.rules.levels import WINDOWS, Levels
from huying.prevent.warnings.rules.shares import Shares, key_of
from huying.prevent.warnings.rules.space import Floats, Ints

_PRIOR: Final = 0.05
_PRIOR_WEIGHT: Final = 20.0
_CLASS_WEIGHT: Final = 40.0
_MOST: Final = 3.0
# A single wild cell, perhaps a rise that was true, does not make the whole district look restless.
_WILD: Final = 6.0
_LEAST: Final = 0.2


class Spread:
    """Sums of squares over quiet windows; ``learn`` once a week, ``of`` at any time."""

    def __init__(self, events: Events) -> None:
        self._events = events
        self._classes = len(events.space.items)
        shape = (len(WINDOWS), 4, self._classes)
        self._over, self._square = np.zeros(shape), np.zeros(shape)

    def learn(self, day: int, levels: Levels, shares: Shares) -> None:
        """Take in the windows that end with ``day``: what each unit had against its usual part of what all had."""
        space = self._events.space
        parts, ground = shares.table()
        often = np.flatnonzero(levels.at(day).last_weeks >= 8)
        parts, unsure = parts[often], 1 / np.maximum(ground[often], 0.1)
        top = space.item_up[often, 0]
        for number, window in enumerate(WINDOWS):
            seen = self._seen(day, window)[often]
            whole = levels.counts[
                often, max(0, day - levels.start - window + 1) : day - levels.start + 1
            ].sum(axis=1)
            usual = parts * whole[:, None]
            due = usual * (1 - parts) + usual**2 * unsure
            far = np.minimum(np.abs(seen - usual), _WILD * np.sqrt(usual + 0.3 * usual**2) + 3)
            # Of what is expected hardly at all the square says how rare it is, not how restless.
            told = usual >= _LEAST
            for reach in range(4):
                of = told & (space.reach == reach)
                np.add.at(self._over, (number, reach, top), ((far**2 - due) * of).sum(axis=1))
                np.add.at(self._square, (number, reach, top), (usual**2 * of).sum(axis=1))

    def of(self, number: int, reach: Ints, top: Ints) -> Floats:
        """phi for the window of this number, of units by reach and class; never below nought."""
        over, square = self._over[number], self._square[number]
        whole = (over.sum(axis=1) + _PRIOR * _PRIOR_WEIGHT) / (square.sum(axis=1) + _PRIOR_WEIGHT)
        own = (over + whole[:, None] * _CLASS_WEIGHT) / (square + _CLASS_WEIGHT)
        own = np.maximum(own, 0.5 * whole[:, None])
        # What shakes a community shakes its grids and neighbourhoods, where there is too little to learn it from.
        own[2:] = np.maximum(own[2:], own[1])
        found: Floats = np.clip(own[reach, top], 1e-3, _MOST)
        return found

    def _seen(self, day: int, window: int) -> Floats:
        events, space = self._events, self._events.space
        rows = events.between(day - window + 1, day)
        items, areas = events.items[rows], events.areas[rows]
        seen = np.zeros(len(space.items) * len(space.areas))
        for grain in range(3):
            for column in range(areas.shape[1]):
                both = (items[:, grain] >= 0) & (areas[:, column] >= 0)
                np.add.at(seen, key_of(events, items[both, grain], areas[both, column]), 1.0)
        return seen.reshape(len(space.items), len(space.areas))
