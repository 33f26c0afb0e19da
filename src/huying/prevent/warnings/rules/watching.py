"""Day by day: what surprises, which rises these are, and which of them is strong enough to warn of."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import sqrt
from typing import Final

import numpy as np

from huying.prevent.warnings.rules.events import Events
from huying.prevent.warnings.rules.levels import HOLIDAY, Levels
from huying.prevent.warnings.rules.promise import FLOOR, MONTH, Bar, bar
from huying.prevent.warnings.rules.rises import QUIET_DAYS, Rise, Signal, followed, signals
from huying.prevent.warnings.rules.scoring import Scorer
from huying.prevent.warnings.rules.shares import Shares
from huying.prevent.warnings.rules.space import Ints
from huying.prevent.warnings.rules.spread import Spread

# Shares learned from less say nothing yet.
LEARNING_DAYS: Final = 42
PAST_DAYS: Final = 182


@dataclass(slots=True)
class Watched:
    """A rise that is followed, the day on which it was warned of, and its row where it has one."""

    rise: Rise
    warned: int | None = None
    number: int = 0


@dataclass(slots=True)
class Watch:
    """The watch over one district. ``start``: the first day of the history; ``kinds``: the kind of each day since."""

    events: Events
    start: int
    kinds: Ints
    promise: float
    rises: list[Watched] = field(default_factory=list)
    peaks: list[tuple[int, float]] = field(default_factory=list)
    warnings: list[Watched] = field(default_factory=list)
    judged: int = 0
    known_unsettled: int = 0
    levels: Levels = field(init=False)
    shares: Shares = field(init=False)
    spread: Spread = field(init=False)
    scorer: Scorer = field(init=False)

    def __post_init__(self) -> None:
        self.levels = Levels(self.events, self.start, self.kinds)
        self.shares = Shares(self.events, self.start)
        self.spread = Spread(self.events)
        self.scorer = Scorer(self.events, self.levels, self.shares, self.spread)

    def learn(self, day: int) -> None:
        """Bring what is known up to ``day``: shares without the days that are judged, and once a week the spread."""
        self.shares.advance(day - 14)
        if day >= self.start + LEARNING_DAYS - 21 and day % 7 == 0:
            self.spread.learn(day, self.levels, self.shares)
            self.scorer.count(day)

    def look(self, day: int, warn: bool = True, counted: bool = True) -> list[Watched]:
        """Judge one day, after ``learn``; the rises newly warned of. ``counted``: it was not judged before."""
        if day < self.start + LEARNING_DAYS:
            return []
        self.judged += counted
        today = signals(self.events, day, self.scorer.day(self.events, day, FLOOR))
        self._follow(day, today)
        at = self.bar(day) if warn else None
        return self._warned(day, at) if at else []

    def bar(self, day: int) -> Bar | None:
        """How strong a rise must be on that day."""
        days = min(PAST_DAYS, self.judged)
        past = [peak for at, peak in self.peaks if at > day - PAST_DAYS]
        # A rise still followed is part of the past unless it was just warned of.
        past += [watched.rise.best.score for watched in self.rises]
        return bar(past, days, self.promise, self.unsettled(day))

    def unsettled(self, day: int) -> int:
        """Warnings of the last month that nobody found true: those of this watch, and ``known_unsettled`` before it."""
        return self.known_unsettled + sum(
            1 for one in self.warnings if one.warned is not None and day - one.warned < MONTH
        )

    def _follow(self, day: int, today: Sequence[Signal]) -> None:
        known = {id(watched.rise): watched for watched in self.rises}
        after = followed([watched.rise for watched in self.rises], today)
        self.rises = [known.get(id(rise)) or Watched(rise) for rise in after]
        over = [watched for watched in self.rises if day - watched.rise.last.day > QUIET_DAYS]
        kept = {id(rise) for rise in after}
        gone = [watched for key, watched in known.items() if key not in kept] + over
        self.peaks += [(watched.rise.best.day, watched.rise.best.score) for watched in gone]
        self.rises = [watched for watched in self.rises if day - watched.rise.last.day <= QUIET_DAYS]

    def _warned(self, day: int, at: Bar) -> list[Watched]:
        found = []
        for watched in self.rises:
            strong = watched.rise.last.day == day and watched.rise.last.score >= at.score
            if strong and watched.warned is None:
                watched.warned = day
                found.append(watched)
        self.warnings += found
        return found


def kinds_of(days: Sequence[date], working: Callable[[date], bool], special: Container[date]) -> Ints:
    """The kind of each day: its weekday, a Wednesday for a make-up workday, 7 for a holiday."""
    found = [day.weekday() if day not in special else 2 if working(day) else HOLIDAY for day in days]
    return np.array(found, np.int64)


def curve(watch: Watch, signal: Signal, days: int = 28) -> list[tuple[str, int, float, float, float]]:
    """The last days of a signal's unit: day, cases seen, expected, and the band in which nine of ten quiet days lie."""
    events, space = watch.events, watch.events.space
    item, area = space.item_at[signal.item], space.area_at[signal.area]
    rows = events.between(signal.day - days + 1, signal.day)
    inside = (events.items[rows, int(space.grain[item])] == item) & (events.areas[rows] == area).any(axis=1)
    seen = np.bincount(events.days[rows][inside] - (signal.day - days + 1), minlength=days)
    share = float(watch.shares.of(np.array([item]), np.array([area]), signal.day)[0][0])
    found = []
    for number in range(days):
        day = signal.day - days + 1 + number
        if day < watch.start:
            continue
        usual = share * float(watch.levels.at(day).usual[0][item])
        far = 1.64 * sqrt(usual * (1 + signal.spread * usual))
        low, high = round(max(0.0, usual - far), 2), round(usual + far, 2)
        found.append((date.fromordinal(day).isoformat(), int(seen[number]), round(usual, 2), low, high))
    return found
