"""How hot an issue is.

    heat = (people + 0.2 x further messages + sqrt(likes and dislikes)) x (0.8 + 0.2 x share of the busiest 30 days)

A person counts once, their further messages a fifth; a like costs nothing and is given by thousands, so likes count by
their square root (2,500 likes weigh as 50 people). What came within a month is hotter than the same over two years.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import sqrt
from typing import Final

FURTHER: Final = 0.2
_ALWAYS: Final = 0.8
BUSY: Final = timedelta(days=30)
FORMULA: Final = "(人数 + 0.2×重复留言 + √(点赞+反对)) × (0.8 + 0.2×最集中30天的占比)"


@dataclass(frozen=True, slots=True)
class Heat:
    """What the heat of an issue is made of. ``focus``: share of messages in its busiest 30 days, 0 to 1."""

    messages: int
    people: int
    votes: int
    focus: float

    @property
    def value(self) -> float:
        """By the formula above; 0 for no message."""
        voices = self.people + FURTHER * (self.messages - self.people) + sqrt(self.votes)
        return voices * (_ALWAYS + (1 - _ALWAYS) * self.focus)


def heat_of(people: Iterable[Hashable], times: Sequence[datetime], votes: int = 0) -> Heat:
    """The heat of messages: who wrote each, when, and the likes and dislikes of all."""
    return Heat(len(times), len(set(people)), votes, focus(times))


def focus(times: Sequence[datetime]) -> float:
    """The largest share of these that lies within 30 days; 0 for none."""
    ordered, most, first = sorted(times), 0, 0
    for last, at in enumerate(ordered):
        while at - ordered[first] > BUSY:
            first += 1
        most = max(most, last - first + 1)
    return most / len(ordered) if ordered else 0.0
