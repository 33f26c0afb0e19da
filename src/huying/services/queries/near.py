"""What is nearest to a place, on foot; by straight lines, and said so, where no roads are known."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

import numpy as np

from huying.geo.measure import distances
from huying.services.queries.facilities import FacilityInfo, rows_of, standings
from huying.services.queries.held import Held, held_of
from huying.services.rules.hours import Standing
from huying.services.rules.kinds import Amenity, Measure
from huying.services.rules.walking import DETOUR, minutes_for

#: How far it is looked for on foot; where nothing is so near, the nearest by straight lines.
FARTHEST: Final = 3000.0
_FEW: Final = 5
#: Of so many of the nearest it is asked whether they are open, where only those are wanted.
_LOOKED_AT: Final = 120


@dataclass(frozen=True, slots=True)
class NearFacility:
    """One facility with its way: ``metres`` on foot, or in a straight line where ``measure`` says so; ``minutes`` on
    foot by either."""

    facility: FacilityInfo
    metres: int
    measure: Measure
    minutes: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of which kinds (any, where none is named), with all of which amenities, open now or whatever."""

    kinds: frozenset[str] = frozenset()
    amenities: frozenset[Amenity] = frozenset()
    open_now: bool = False


def nearest_of(
    district: int, lon: float, lat: float, wanted: Wanted, now: datetime, limit: int = 20
) -> list[NearFacility]:
    """The nearest facilities to a position in CGCS2000 degrees, by minutes on foot."""
    held = held_of(district)
    order, metres, walked = _in_order(held, lon, lat, held.fitting(wanted.kinds, wanted.amenities))
    chosen = order[: _LOOKED_AT if wanted.open_now else limit]
    rows = rows_of(district, [int(held.ids[at]) for at in chosen])
    known = standings(district, list(rows.values()), now)
    found = []
    for at in chosen:
        row = rows.get(int(held.ids[at]))
        if row is None or (wanted.open_now and known[row.id].open is False):
            continue
        way, on_foot = round(float(metres[at])), bool(walked[at])
        found.append(NearFacility(
            row, way, Measure.WALK if on_foot else Measure.STRAIGHT,
            minutes_for(way if on_foot else way * DETOUR), known[row.id],
        ))  # fmt: skip
    return found[:limit]


def _in_order(
    held: Held, lon: float, lat: float, fitting: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Places in ``held`` from near to far, the metres to each, and whether they are walked."""
    straight = distances(lon, lat, held.lons, held.lats)
    ways = held.town.ways_from(lon, lat, FARTHEST) if held.town is not None else None
    if ways is None or held.town is None:
        walked, metres = np.zeros(len(held.ids), bool), straight
    else:
        walked = held.town.snapped.on
        metres = np.where(walked, ways, straight)
    cost = np.where(walked, metres, metres * DETOUR)
    near = np.flatnonzero(fitting & (cost <= FARTHEST))
    if not len(near):
        # Farther than one would walk, or beyond a river without a bridge: the way there is not known, the place is.
        near = np.flatnonzero(fitting)
        near = near[np.argsort(straight[near], kind="stable")][:_FEW]
        return near, straight, np.zeros(len(held.ids), bool)
    return near[np.argsort(cost[near], kind="stable")], metres, walked
