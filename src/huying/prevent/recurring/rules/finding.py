"""The same again: cases of one item at one place in like words, of which some came after an earlier one was closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.prevent.hot_issues.rules.likeness import Signature, likeness, metres

NEAR: Final = 100.0
# Of one item at one spot, so little in common is enough to mean the same.
ALIKE: Final = 0.04
FEWEST: Final = 3
LEAST_AGAIN: Final = 2
SPAN: Final = timedelta(days=14)
_CELLS: Final = 1000
# Of very many in one cell the latest speak for all.
_BESIDE: Final = 60


@dataclass(frozen=True, slots=True)
class Told:
    """One case. ``kept`` holds its words and its spot."""

    case_id: int
    item: str
    opened_at: datetime
    closed_at: datetime | None
    kept: Signature


def recurring(cases: Sequence[Told]) -> list[list[Told]]:
    """The groups that come again, each in order: ``FEWEST`` cases over ``SPAN``, ``LEAST_AGAIN`` of them again."""
    ordered = sorted(cases, key=lambda one: (one.opened_at, one.case_id))
    leader = list(range(len(ordered)))
    cells: dict[tuple[str, int, int], list[int]] = {}
    for at, one in enumerate(ordered):
        spot = one.kept.spot
        if spot is None:
            continue
        x, y = int(spot.lon * _CELLS), int(spot.lat * _CELLS)
        beside = (
            number
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for number in cells.get((one.item, x + dx, y + dy), [])[-_BESIDE:]
        )
        for number in beside:
            if _head(leader, at) != _head(leader, number) and _same(one, ordered[number]):
                leader[_head(leader, at)] = _head(leader, number)
        cells.setdefault((one.item, x, y), []).append(at)
    groups: dict[int, list[Told]] = {}
    for at, one in enumerate(ordered):
        groups.setdefault(_head(leader, at), []).append(one)
    return [group for group in groups.values() if _comes_again(group)]


def belongs(one: Told, group: Sequence[Told]) -> bool:
    """Whether a case is of a group that was found: the same item, there, in like words, as one of its latest."""
    return any(one.item == other.item and _same(one, other) for other in group[-_BESIDE:])


def again(group: Sequence[Told]) -> int:
    """How many of a group in order came in after an earlier one had been closed."""
    closed: list[datetime] = []
    times = 0
    for one in group:
        times += any(at < one.opened_at for at in closed)
        if one.closed_at is not None:
            closed.append(one.closed_at)
    return times


def _comes_again(group: Sequence[Told]) -> bool:
    long = group[-1].opened_at - group[0].opened_at >= SPAN
    return len(group) >= FEWEST and long and again(group) >= LEAST_AGAIN


def _same(one: Told, other: Told) -> bool:
    apart = metres(one.kept.spot, other.kept.spot)
    return apart is not None and apart <= NEAR and likeness(one.kept, other.kept) >= ALIKE


def _head(leader: list[int], at: int) -> int:
    while leader[at] != at:
        leader[at] = leader[leader[at]]
        at = leader[at]
    return at
