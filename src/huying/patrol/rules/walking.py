"""Where somebody walked: which points of a track count, and which cells of the ground were passed."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Final

from huying.geo.cells import cells
from huying.geo.measure import distance

#: H3 resolution of the cells that coverage is told in: 66 m along an edge, a block and its pavements.
FINE: Final = 10
#: A point less sure than this, in metres, says nothing about which street it was.
SURE: Final = 80.0
#: Faster than this, in metres a second, nobody walks or cycles: the point before or after it is wrong.
QUICKEST: Final = 12.0
_SLACK: Final = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Step:
    """One point of a track."""

    at: datetime
    lon: float
    lat: float
    accuracy: float


def kept(steps: Iterable[Step], since: datetime, until: datetime) -> list[Step]:
    """Those within the time on duty that are sure enough, in their order, each moment once."""
    inside = {
        step.at: step
        for step in steps
        if since - _SLACK <= step.at <= until + _SLACK and _sure(step)
    }  # fmt: skip
    return [inside[at] for at in sorted(inside)]


def _sure(step: Step) -> bool:
    numbers = (step.lon, step.lat, step.accuracy)
    possible = all(map(math.isfinite, numbers)) and abs(step.lon) <= 180 and abs(step.lat) <= 90
    return possible and 0 <= step.accuracy <= SURE


def on_foot(steps: Sequence[Step]) -> list[Step]:
    """The steps without those that nobody could have reached from the one before."""
    found: list[Step] = []
    for step in steps:
        if not found or length([found[-1], step]) <= QUICKEST * _seconds(found[-1], step):
            found.append(step)
    return found


def _seconds(one: Step, other: Step) -> float:
    return max(1.0, (other.at - one.at).total_seconds())


def length(steps: Sequence[Step]) -> float:
    """The way along the steps in metres."""
    pairs = pairwise(steps)
    return sum(distance(one.lon, one.lat, other.lon, other.lat) for one, other in pairs)


def passed(steps: Sequence[Step]) -> set[str]:
    """The cells that the steps lie in."""
    return set(cells([(step.lon, step.lat) for step in steps], FINE))
