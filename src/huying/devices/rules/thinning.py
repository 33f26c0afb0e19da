"""Many readings drawn with few points, so that no peak is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Point:
    """One value at one moment."""

    at: datetime
    value: float


def thinned(points: Sequence[Point], most: int) -> list[Point]:
    """At most ``most`` of the points, in their order: of each stretch its least and its greatest."""
    if len(points) <= most:
        return list(points)
    stretches = most // 2
    kept: list[Point] = []
    for number in range(stretches):
        part = points[len(points) * number // stretches : len(points) * (number + 1) // stretches]
        ends = {part.index(min(part, key=_value)), part.index(max(part, key=_value))}
        kept += [part[place] for place in sorted(ends)]
    return kept


def _value(point: Point) -> float:
    return point.value
