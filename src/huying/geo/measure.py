"""Distances, directions and displacements on the ground, and the compass words people use for them.

Spherical earth of mean radius 6,371,008.8 m (IUGG): the error against the ellipsoid stays below 0.6 %,
less than the error of any address. Positions are (longitude, latitude) in degrees; bearings are degrees
clockwise from north, 0 up to but not including 360.
"""

from math import asin, atan2, cos, degrees, hypot, radians, sin, sqrt
from typing import Final

import numpy as np

from huying.geo.datums import Floats

EARTH: Final = 6371008.8  # metres
METRES_PER_DEGREE: Final = EARTH * radians(1.0)

# Clockwise from north, 45 degrees apart.
COMPASS: Final = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")


def distance(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Metres between two positions along the great circle (haversine)."""
    phi1, phi2 = radians(lat1), radians(lat2)
    up, over = sin((phi2 - phi1) / 2.0), sin(radians(lon2 - lon1) / 2.0)
    return 2.0 * EARTH * asin(min(1.0, sqrt(up * up + cos(phi1) * cos(phi2) * over * over)))


def distances(lon: float, lat: float, lons: Floats, lats: Floats) -> Floats:
    """Metres from one position to each of many (haversine)."""
    phi1, phi2 = radians(lat), np.radians(lats)
    up, over = np.sin((phi2 - phi1) / 2.0), np.sin(np.radians(lons - lon) / 2.0)
    half = up * up + cos(phi1) * np.cos(phi2) * over * over
    return np.asarray(2.0 * EARTH * np.arcsin(np.minimum(1.0, np.sqrt(half))))


def around(lon: float, lat: float, metres: float) -> tuple[float, float, float, float]:
    """The box (west, south, east, north) that holds every position within ``metres``; not for the poles."""
    up = metres / METRES_PER_DEGREE
    over = up / max(cos(radians(lat)), 0.01)
    return lon - over, lat - up, lon + over, lat + up


def bearing(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """The direction in which one sets out from the first position to reach the second."""
    phi1, phi2, turn = radians(lat1), radians(lat2), radians(lon2 - lon1)
    east = sin(turn) * cos(phi2)
    north = cos(phi1) * sin(phi2) - sin(phi1) * cos(phi2) * cos(turn)
    return degrees(atan2(east, north)) % 360.0


def compass_word(angle: float) -> str:
    """The Chinese word for a bearing, to the nearest of eight: 0 → 北, 44 → 东北."""
    return COMPASS[round(angle / 45.0) % 8]


def compass_bearing(word: str) -> float:
    """The bearing of a compass word, either order of its characters (东北 or 北东); ValueError if none."""
    for index, known in enumerate(COMPASS):
        if word in (known, known[::-1]):
            return 45.0 * index
    raise ValueError(f"no compass word: {word!r}")


def moved(lon: float, lat: float, angle: float, metres: float) -> tuple[float, float]:
    """The position reached by going ``metres`` in the direction ``angle``."""
    phi, reach, heading = radians(lat), metres / EARTH, radians(angle)
    phi2 = asin(sin(phi) * cos(reach) + cos(phi) * sin(reach) * cos(heading))
    turn = atan2(sin(heading) * sin(reach) * cos(phi), cos(reach) - sin(phi) * sin(phi2))
    return (lon + degrees(turn) + 540.0) % 360.0 - 180.0, degrees(phi2)


class Plane:
    """A flat map in metres about one position: straight lines stay straight, distances hold locally.

    Equirectangular: within 50 km of the centre, lengths are right to about one per cent.
    """

    def __init__(self, lon: float, lat: float) -> None:
        self.lon, self.lat = lon, lat
        self.across = METRES_PER_DEGREE * cos(radians(lat))

    def flatten(self, lons: Floats, lats: Floats) -> tuple[Floats, Floats]:
        """Degrees to metres east and north of the centre; arrays of equal shape."""
        return (lons - self.lon) * self.across, (lats - self.lat) * METRES_PER_DEGREE

    def unflatten(self, x: Floats, y: Floats) -> tuple[Floats, Floats]:
        """Metres east and north of the centre to degrees; arrays of equal shape."""
        return x / self.across + self.lon, y / METRES_PER_DEGREE + self.lat

    def span(self, lon1: float, lat1: float, lon2: float, lat2: float) -> float:
        """Metres between two positions near the centre; quicker than the great circle."""
        return hypot((lon2 - lon1) * self.across, (lat2 - lat1) * METRES_PER_DEGREE)
