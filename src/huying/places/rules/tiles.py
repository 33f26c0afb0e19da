"""Roads, rivers, water and names as vector tiles (Mapbox Vector Tile 2.1), for districts too large for one file.

A tile is named by zoom and by column and row of the web Mercator square counted from the north-west.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan, degrees, log, pi, radians, sinh, tan
from typing import Any, Final

import mapbox_vector_tile
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from huying.places.rules.levels import PlaceKind

LAYER: Final = "ways"
# Nearer than this a map draws the tile larger; farther away nothing of a district is seen. js/ground.js says the same.
FAR: Final = 8
NEAR: Final = 15
_EXTENT: Final = 4096
_AROUND: Final = 128  # of the extent: a name or a wide road reaches into the neighbouring tile
_SHOWN: Final = 24 / 512  # of a tile's width: what is shorter would be a dot
_NAMES_FROM: Final = 13
_MOST_LINES: Final = 1500
_MOST_NAMES: Final = 120
# Which names matter more where not all have room.
_FIRST: Final = (PlaceKind.WATER, PlaceKind.LANDMARK, PlaceKind.ESTATE, PlaceKind.POI)


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the ground: a line, an area of water or a point, in CGCS2000 degrees."""

    kind: PlaceKind
    name: str
    shape: BaseGeometry


def box_of(zoom: int, column: int, row: int, around: float = 0.0) -> tuple[float, float, float, float]:
    """West, south, east, north of a tile in degrees, widened by a share of its width on each side."""
    across = 2**zoom

    def lat(at: float) -> float:
        return degrees(atan(sinh(pi * (1 - 2 * at / across))))

    west, east = ((column + far) / across * 360 - 180 for far in (-around, 1 + around))
    return west, lat(min(across, row + 1 + around)), east, lat(max(0.0, row - around))


def reach_of(zoom: int, column: int, row: int) -> tuple[float, float, float, float]:
    """The box within which a mark is on the tile."""
    return box_of(zoom, column, row, _AROUND / _EXTENT)


def encode(zoom: int, column: int, row: int, marks: Sequence[Mark]) -> bytes:
    """The tile of these marks; empty where none is to be seen. What is long or large comes first where not all fit."""
    reach, width = reach_of(zoom, column, row), 360 / 2**zoom
    lines = [mark for mark in marks if mark.shape.geom_type != "Point" and mark.shape.length > width * _SHOWN]
    lines = sorted(lines, key=lambda mark: -float(mark.shape.length))[:_MOST_LINES]
    names = [mark for mark in marks if mark.shape.geom_type == "Point"] if zoom >= _NAMES_FROM else []
    names = sorted((one for one in names if one.kind in _FIRST), key=_rank)[:_MOST_NAMES]
    drawn = [_feature(mark, reach, width / 1024) for mark in [*lines, *names]]
    features = [feature for feature in drawn if feature]
    if not features:
        return b""
    west, south, east, north = box_of(zoom, column, row)
    bounds = (west, _flat(south), east, _flat(north))
    options = {"quantize_bounds": bounds, "extents": _EXTENT}
    encoded: bytes = mapbox_vector_tile.encode({"name": LAYER, "features": features}, default_options=options)
    return encoded


def _rank(mark: Mark) -> tuple[int, str]:
    return _FIRST.index(mark.kind), mark.name


def _feature(mark: Mark, reach: tuple[float, float, float, float], fine: float) -> dict[str, Any] | None:
    shape = shapely.clip_by_rect(mark.shape, *reach)
    if shape.geom_type != "Point":
        shape = shapely.simplify(shape, fine)
    if shape.is_empty:
        return None
    flat = shapely.transform(
        shape, lambda at: np.column_stack([at[:, 0], np.array([_flat(lat) for lat in at[:, 1]])])
    )
    return {"geometry": flat, "properties": {"kind": mark.kind.value, "name": mark.name}}


def _flat(lat: float) -> float:
    """Latitude as web Mercator draws it, in degrees of longitude."""
    return degrees(log(tan(pi / 4 + radians(lat) / 2)))
