"""Which surprises are one rise: neighbouring scales, neighbouring days, and a rise that goes on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from huying.prevent.warnings.rules.events import Events
from huying.prevent.warnings.rules.scoring import Found

# After so many quiet days another rise of the same is another one.
QUIET_DAYS: Final = 14
_SAME: Final = 0.5
_LOOKED_AT: Final = 60


@dataclass(frozen=True, slots=True)
class Signal:
    """One unit on one day: ``item`` and ``area`` are codes, ``first`` and ``day`` ordinals, both counted in."""

    item: str
    area: str
    reach: int
    first: int
    day: int
    seen: int
    expected: float
    spread: float
    score: float
    cases: frozenset[int]


@dataclass(slots=True)
class Rise:
    """One rise: its strongest signal, its newest, the days it lasts and how strong it was on each of them."""

    best: Signal
    last: Signal
    began: int
    cases: set[int] = field(default_factory=set)

    def same(self, signal: Signal) -> bool:
        """Whether the signal tells of this rise: of the same unit, or mostly the same cases."""
        if (signal.item, signal.area) == (self.last.item, self.last.area):
            return True
        shared = len(signal.cases & self.cases)
        return shared >= _SAME * min(len(signal.cases), len(self.last.cases)) and shared > 0

    def goes_on(self, signal: Signal) -> None:
        """Take in a later signal, or a stronger one of the same day."""
        if signal.day > self.last.day or signal.score > self.last.score:
            self.last = signal
        if signal.score > self.best.score:
            self.best = signal
        self.cases |= signal.cases


def signals(events: Events, day: int, found: Found) -> list[Signal]:
    """The surprises of a day, strongest first, without those that tell of mostly the same cases as a stronger one."""
    space = events.space
    kept: list[Signal] = []
    for n in range(min(len(found.items), _LOOKED_AT)):
        item, area, window = int(found.items[n]), int(found.areas[n]), int(found.windows[n])
        rows = events.between(day - window + 1, day)
        inside = (events.items[rows, int(space.grain[item])] == item) & (events.areas[rows] == area).any(
            axis=1
        )
        cases, days = events.cases[rows][inside], events.days[rows][inside]
        mine = frozenset(cases.tolist())
        if any(len(mine & other.cases) >= _SAME * min(len(mine), len(other.cases)) for other in kept):
            continue
        kept.append(
            Signal(
                space.items[item], space.areas[area], int(space.reach[area]), int(np.min(days)), day,
                int(found.seen[n]), float(found.expected[n]), float(found.spread[n]), float(found.score[n]), mine,
            )
        )  # fmt: skip
    return kept


def followed(rises: Sequence[Rise], today: Sequence[Signal]) -> list[Rise]:
    """The rises after a day: those that go on, those that are still remembered, and the new ones."""
    alive = [rise for rise in rises if not today or today[0].day - rise.last.day <= QUIET_DAYS]
    for signal in today:
        known = next((rise for rise in alive if rise.same(signal)), None)
        if known is None:
            alive.append(Rise(signal, signal, signal.first, set(signal.cases)))
        else:
            known.goes_on(signal)
    return alive
