"""How much of an item the whole district may expect within a window: weekday, holiday, season and last weeks' level."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from huying.prevent.warnings.rules.events import Events
from huying.prevent.warnings.rules.space import Floats, Ints

WINDOWS: Final = (1, 3, 7, 14)
# The newest days are being judged; what is expected of them is learned from the days before.
GUARD: Final = WINDOWS[-1]
LEVEL_DAYS: Final = 56
KINDS_OF_DAY: Final = 8
HOLIDAY: Final = 7
_YEAR: Final = 364
_TYPE_WEIGHT: Final = 60.0
_SEASON_WEIGHT: Final = 60.0


@dataclass(frozen=True, slots=True)
class Expected:
    """For one day and each window: ``seen`` and ``usual`` by item unit (windows, items), and their sums ``_all``.

    ``bunched``: how far the days of a window differ, the sum of their squared shares (1/7 when seven days are alike).
    """

    seen: Floats
    usual: Floats
    bunched: Floats
    seen_all: Floats
    usual_all: Floats
    last_weeks: Floats


class Levels:
    """Counts of each item unit on each day, and what they lead to expect.

    ``kinds`` gives each day from ``start`` on its kind: 0 to 6 for weekdays (a make-up workday counts as a Wednesday),
    7 for a holiday.
    """

    def __init__(self, events: Events, start: int, kinds: Ints) -> None:
        self.start, self.kinds, self._space = start, kinds, events.space
        count = len(events.space.items)
        self.counts: Floats = np.zeros((count, len(kinds)))
        for column in range(3):
            known = events.items[:, column] >= 0
            np.add.at(self.counts, (events.items[known, column], events.days[known] - start), 1.0)
        self.top = events.space.item_up[:, 0]
        self._classes = np.flatnonzero(events.space.grain == 0)
        self._class_row = np.zeros(count, np.int64)
        self._class_row[self._classes] = np.arange(len(self._classes))

    def at(self, day: int) -> Expected:
        """What is seen and what is usual in the windows that end with ``day``."""
        now = day - self.start
        first = max(0, now - GUARD - LEVEL_DAYS + 1)
        known = slice(first, max(first + 1, now - GUARD + 1))
        factors = self._factors(now - GUARD)[self._class_row[self.top]]
        last_weeks = self.counts[:, known].sum(axis=1)
        exposure = factors[:, self.kinds[known]].sum(axis=1)
        rate = (last_weeks + 0.2) / exposure
        season = self._season(now)[self._class_row[self.top]]
        seen, usual, bunched = [], [], []
        for window in WINDOWS:
            days = slice(max(0, now - window + 1), now + 1)
            seen.append(self.counts[:, days].sum(axis=1))
            bunched.append(_bunched(self.counts[:, days], window)[self.top])
            usual.append(rate * season * factors[:, self.kinds[days]].sum(axis=1))
        top = self._classes
        seen_of, usual_of = np.array(seen), np.array(usual)
        return Expected(
            seen_of,
            usual_of,
            np.array(bunched),
            seen_of[:, top].sum(axis=1),
            usual_of[:, top].sum(axis=1),
            last_weeks,
        )

    def _factors(self, until: int) -> Floats:
        """By class and kind of day, relative to its mean over the last year; drawn towards the whole district's."""
        days = slice(max(0, until - _YEAR + 1), max(1, until + 1))
        kinds, counts = self.kinds[days], self.counts[self._classes][:, days]
        on = np.zeros((len(kinds), KINDS_OF_DAY))
        on[np.arange(len(kinds)), kinds] = 1.0
        often, of_class = on.sum(axis=0), counts @ on
        mean = counts.mean(axis=1, keepdims=True)
        whole = _ratio(of_class.sum(axis=0), mean.sum() * often, 1.0, _TYPE_WEIGHT)
        return np.clip(_ratio(of_class, mean * often, whole, _TYPE_WEIGHT), 0.2, 4.0)

    def _season(self, now: int) -> Floats:
        """By class: last year's same two weeks against the eight weeks before them, 1 where there is no such year."""
        then = now - _YEAR
        if then - GUARD - LEVEL_DAYS < 0:
            return np.ones(len(self._classes))
        counts = self.counts[self._classes]
        weeks = counts[:, then - 6 : then + 8].sum(axis=1)
        before = counts[:, then - GUARD - LEVEL_DAYS + 1 : then - GUARD + 1].sum(axis=1) * 14 / LEVEL_DAYS
        return np.clip(_ratio(weeks, before, 1.0, _SEASON_WEIGHT), 0.5, 2.0)


def _ratio(seen: Floats, usual: Floats, prior: Floats | float, weight: float) -> Floats:
    """seen / usual, drawn towards ``prior`` as if ``weight`` had been expected and that much of it seen."""
    found: Floats = (seen + weight * prior) / (usual + weight)
    return found


def _bunched(counts: Floats, window: int) -> Floats:
    """The sum of squared shares of the days, without what chance alone adds to it (n (n - 1) / N (N - 1))."""
    whole = counts.sum(axis=1)
    pairs = (counts * (counts - 1)).sum(axis=1) + 10.0 / window
    found: Floats = np.maximum(pairs / (whole * (whole - 1) + 10.0), 1.0 / window)
    return found
