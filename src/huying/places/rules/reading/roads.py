"""Roads as lines: where two cross, and where a house number is. Positions in degrees."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.measure import METRES_PER_DEGREE
from huying.places.rules.names import NUMERAL, number, plain
from huying.places.rules.reading.gazetteer import PlaceRow

_HOUSE: Final = re.compile(rf"^(.{{2,20}}?)({NUMERAL})号(?!线|楼|栋|院)")
_PAIR: Final = re.compile(r"^(.+?)(?:与|和|跟|、|/|交)(.+?)(?:的?(?:交叉|交汇|交界|路|十字).*|口)?$")
_CLOSE: Final = 100.0  # metres within which two roads that do not quite touch are taken to meet

Spot = tuple[float, float]


def crossing_names(name: str) -> tuple[str, str] | None:
    """The two roads in a crossing's name (创业路与人民路交叉口); None when it does not read so."""
    found = _PAIR.match(plain(name))
    return (found[1], found[2]) if found else None


def crossing(one: PlaceRow, other: PlaceRow) -> tuple[Spot, float] | None:
    """Where two roads meet and how sure that is, from 0 to 1; None when they do not come near each other."""
    if one.way is None or other.way is None:
        return None
    meeting = shapely.intersection(one.way, other.way)
    if not meeting.is_empty:
        return _spot(shapely.get_coordinates(meeting)[0]), 1.0
    near = shapely.get_coordinates(shapely.shortest_line(one.way, other.way))
    gap = float(np.hypot(*(near[0] - near[1]))) * METRES_PER_DEGREE
    return (_spot(near.mean(axis=0)), 0.7) if gap <= _CLOSE else None


def _spot(point: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> Spot:
    return float(point[0]), float(point[1])


class HouseNumbers:
    """The known numbers of every road, from the addresses of the gazetteer."""

    def __init__(self, places: Iterable[PlaceRow], roads: Iterable[str]) -> None:
        self._roads = {plain(road) for road in roads}
        known: dict[str, dict[int, Spot]] = defaultdict(dict)
        for place in places:
            found = _HOUSE.match(plain(place.address)) if place.address else None
            house = number(found[2]) if found else None
            if found and house is not None:
                known[self._road(found[1])].setdefault(house, (place.lon, place.lat))
        self._known = {road: (sorted(numbers), numbers) for road, numbers in known.items()}

    def _road(self, before: str) -> str:
        """The road at the end of what stands before a number: 龙田街道创业路 → 创业路."""
        for start in range(len(before) - 1):
            if before[start:] in self._roads:
                return before[start:]
        return before

    def spot(self, road: str, house: int, way: BaseGeometry | None = None) -> tuple[Spot, float] | None:
        """Where a number is and how sure that is: known 1, between two known 0.85, beyond the last 0.6.

        Between known numbers the position is worked out in proportion, along ``way`` where it is given;
        numbers of the same side (odd or even) are asked first. None when the road has no known number.
        """
        ordered, spots = self._known.get(road, ([], {}))
        if not ordered:
            return None
        if house in spots:
            return spots[house], 1.0
        side = [known for known in ordered if known % 2 == house % 2]
        for numbers in (side, ordered):
            at = bisect_left(numbers, house)
            if 0 < at < len(numbers):
                low, high = numbers[at - 1], numbers[at]
                share = (house - low) / (high - low)
                return _between(spots[low], spots[high], share, way), 0.85
        last = min(ordered, key=lambda known: abs(known - house))
        return spots[last], 0.6


def _between(low: Spot, high: Spot, share: float, way: BaseGeometry | None) -> Spot:
    if way is not None and way.geom_type == "LineString":
        start, stop = (shapely.line_locate_point(way, shapely.Point(spot)) for spot in (low, high))
        point = shapely.line_interpolate_point(way, start + (stop - start) * share)
        return _spot(shapely.get_coordinates(point)[0])
    return low[0] + (high[0] - low[0]) * share, low[1] + (high[1] - low[1]) * share
