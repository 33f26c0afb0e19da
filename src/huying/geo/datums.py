"""The four datums met in Chinese data, and the way from each to each.

CGCS2000 and WGS-84 differ by centimetres, far below what a phone measures, so here they are one datum.
GCJ-02 (高德, 腾讯, most public boundary files) shifts positions by 50–700 m; BD-09 (百度) shifts GCJ-02
once more. Neither authority publishes its formula; the series used here is the one in general use since
2013, on the Krasovsky 1940 ellipsoid. There is no closed inverse: it is found by iteration on the forward
formula, to less than 1e-9 degrees (0.1 mm).

All positions are (longitude, latitude) in degrees. Outside the box 72.004–137.8347 E, 0.8293–55.8271 N the
GCJ-02 shift is nought. ``convert_many`` takes and gives float64 arrays of equal shape.
"""

from collections.abc import Callable
from math import pi
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from huying.kernel.terms import Term

Floats: TypeAlias = npt.NDArray[np.float64]
Pair: TypeAlias = tuple[Floats, Floats]

WEST, EAST, SOUTH, NORTH = 72.004, 137.8347, 0.8293, 55.8271
_AXIS: Final = 6378245.0  # Krasovsky 1940, metres
_ECCENTRICITY: Final = 0.00669342162296594323  # its first eccentricity, squared
_BD_TURN: Final = pi * 3000.0 / 180.0
_ROUNDS: Final = 30
_ENOUGH: Final = 1e-11  # degrees


class Datum(Term):
    """A way of writing positions; the Chinese name is what an administrator reads."""

    CGCS2000 = "cgcs2000", "国家大地坐标系 CGCS2000"
    WGS84 = "wgs84", "GPS 坐标 WGS-84"
    GCJ02 = "gcj02", "火星坐标 GCJ-02（高德、腾讯）"
    BD09 = "bd09", "百度坐标 BD-09"


def convert(lon: float, lat: float, source: Datum, target: Datum = Datum.CGCS2000) -> tuple[float, float]:
    """One position from ``source`` to ``target``."""
    lons, lats = convert_many(np.array([lon]), np.array([lat]), source, target)
    return float(lons[0]), float(lats[0])


def convert_many(lons: Floats, lats: Floats, source: Datum, target: Datum = Datum.CGCS2000) -> Pair:
    """Many positions from ``source`` to ``target``; the inputs are never changed in place."""
    out: Pair = np.asarray(lons, np.float64), np.asarray(lats, np.float64)
    here, there = _LADDER[source], _LADDER[target]
    while here > there:
        out = _DOWN[here](*out)
        here -= 1
    while here < there:
        here += 1
        out = _UP[here](*out)
    return out


def in_china(lons: Floats, lats: Floats) -> npt.NDArray[np.bool_]:
    """Whether each position lies in the box in which GCJ-02 differs from WGS-84."""
    inside: npt.NDArray[np.bool_] = (lons >= WEST) & (lons <= EAST) & (lats >= SOUTH) & (lats <= NORTH)
    return inside


def _waves(axis: Floats, far: float) -> Floats:
    """The slow sine terms both axes share in form; ``far`` is the amplitude of the longest but one."""
    near = 20.0 * np.sin(axis * pi) + 40.0 * np.sin(axis / 3.0 * pi)
    return np.asarray(near + far * np.sin(axis / 12.0 * pi) + 2.0 * far * np.sin(axis / 30.0 * pi))


def _shift(lons: Floats, lats: Floats) -> Pair:
    """The GCJ-02 offset in degrees at WGS-84 positions, without regard to the box."""
    x, y = lons - 105.0, lats - 35.0
    root = np.sqrt(np.abs(x))
    quick = 20.0 * np.sin(6.0 * x * pi) + 20.0 * np.sin(2.0 * x * pi)
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root
    east = east + (quick + _waves(x, 150.0)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root
    north = north + (quick + _waves(y, 160.0)) * 2.0 / 3.0
    phi = np.radians(lats)
    bend = 1.0 - _ECCENTRICITY * np.sin(phi) ** 2
    across = _AXIS / np.sqrt(bend) * np.cos(phi)
    along = _AXIS * (1.0 - _ECCENTRICITY) / (bend * np.sqrt(bend))
    return np.asarray(np.degrees(east / across)), np.asarray(np.degrees(north / along))


def _gcj_from_wgs(lons: Floats, lats: Floats) -> Pair:
    east, north = _shift(lons, lats)
    inside = in_china(lons, lats)
    return np.where(inside, lons + east, lons), np.where(inside, lats + north, lats)


def _wgs_from_gcj(lons: Floats, lats: Floats) -> Pair:
    """The position whose shift leads here; where that lies outside the box, the position itself."""
    found = _undo(lambda x, y: _added((x, y), _shift(x, y)), lons, lats)
    inside = in_china(*found)
    return np.where(inside, found[0], lons), np.where(inside, found[1], lats)


def _bd_from_gcj(lons: Floats, lats: Floats) -> Pair:
    reach = np.hypot(lons, lats) + 2e-5 * np.sin(lats * _BD_TURN)
    turn = np.arctan2(lats, lons) + 3e-6 * np.cos(lons * _BD_TURN)
    return np.asarray(reach * np.cos(turn) + 0.0065), np.asarray(reach * np.sin(turn) + 0.006)


def _gcj_from_bd(lons: Floats, lats: Floats) -> Pair:
    return _undo(_bd_from_gcj, lons, lats)


def _added(left: Pair, right: Pair) -> Pair:
    return left[0] + right[0], left[1] + right[1]


def _undo(forward: Callable[[Floats, Floats], Pair], lons: Floats, lats: Floats) -> Pair:
    """Fixed-point iteration: step back by what the forward formula misses the aim by.

    Both shifts change by less than a hundredth per degree, so each round gains two digits or more.
    """
    x, y = lons, lats
    for _ in range(_ROUNDS):
        reached = forward(x, y)
        miss_x, miss_y = lons - reached[0], lats - reached[1]
        x, y = x + miss_x, y + miss_y
        if x.size == 0 or max(np.abs(miss_x).max(), np.abs(miss_y).max()) < _ENOUGH:
            break
    return x, y


_LADDER: Final = {Datum.WGS84: 0, Datum.CGCS2000: 0, Datum.GCJ02: 1, Datum.BD09: 2}
_UP: Final = {1: _gcj_from_wgs, 2: _bd_from_gcj}
_DOWN: Final = {1: _wgs_from_gcj, 2: _gcj_from_bd}
