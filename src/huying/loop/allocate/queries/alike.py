"""Cases that may be the same matter: the same item within 50 metres and 24 hours.

Where one of the two has no item yet, the words of both must at least speak of one group of items.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import Actor
from huying.cases.queries.lists.queue import CaseFilter, CaseLine, queue_for
from huying.catalogue.queries import item
from huying.geo.measure import around, distance
from huying.kernel.errors import NotFound
from huying.loop.allocate.queries import suggest_items

NEAR_METRES: Final = 50.0
NEAR_TIME: Final = timedelta(hours=24)
_MOST_READ: Final = 50
# Nobody compares more than so many.
_MOST_SHOWN: Final = 10


def alike(actor: Actor, line: CaseLine, now: datetime) -> list[tuple[CaseLine, int]]:
    """(open case, metres away) of those the actor may see, nearest first; none without a point."""
    if line.lon is None or line.lat is None:
        return []
    wanted = CaseFilter(
        box=around(line.lon, line.lat, NEAR_METRES),
        since=line.opened_at - NEAR_TIME,
        until=line.opened_at + NEAR_TIME,
    )
    near = [
        (other, round(distance(line.lon, line.lat, other.lon, other.lat)))
        for other in queue_for(actor, wanted, now, limit=_MOST_READ).lines
        if other.id != line.id and other.lon is not None and other.lat is not None
    ]
    near = sorted(
        ((other, metres) for other, metres in near if metres <= NEAR_METRES), key=lambda pair: pair[1]
    )
    near = near[: 2 * _MOST_SHOWN]
    if not near:
        return []
    groups = _groups(line.district, [line, *(other for other, _metres in near)])
    return [pair for pair in near if _may_be(line, pair[0], groups)][:_MOST_SHOWN]


def _may_be(line: CaseLine, other: CaseLine, groups: Mapping[int, str]) -> bool:
    if line.item and other.item:
        return line.item == other.item
    return groups[line.id] == groups[other.id]


def _groups(district: int, lines: Sequence[CaseLine]) -> Mapping[int, str]:
    """The group of each case's item, guessed from its title where it has none; "" without a list."""
    codes = {line.id: line.item for line in lines}
    unknown = [line for line in lines if not line.item]
    guesses = suggest_items(district, [line.title for line in unknown], 1, words=False)
    codes |= {line.id: guess[0].code for line, guess in zip(unknown, guesses, strict=True) if guess}
    groups = {}
    for number, code in codes.items():
        try:
            groups[number] = item(district, code).group_name if code else ""
        except NotFound:
            groups[number] = ""
    return groups
