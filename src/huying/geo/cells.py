"""Hexagonal cells (H3) as keys for "about here": equal keys are near, and neighbours are a lookup.

The edge of a cell is about 174 m at resolution 9, 66 m at 10 and 25 m at 11.
"""

from collections.abc import Iterable

import h3
from shapely.geometry.base import BaseGeometry


def cell(lon: float, lat: float, resolution: int = 10) -> str:
    """The key of the cell a position lies in."""
    key: str = h3.latlng_to_cell(lat, lon, resolution)
    return key


def cells(positions: Iterable[tuple[float, float]], resolution: int = 10) -> list[str]:
    """The keys of many (longitude, latitude) positions, in their order."""
    return [h3.latlng_to_cell(lat, lon, resolution) for lon, lat in positions]


def around(key: str, rings: int = 1) -> list[str]:
    """A cell and its neighbours to the given number of rings: 7 cells for one ring, 19 for two."""
    found: list[str] = h3.grid_disk(key, rings)
    return found


def middle(key: str) -> tuple[float, float]:
    """The longitude and latitude of a cell's middle."""
    lat, lon = h3.cell_to_latlng(key)
    return float(lon), float(lat)


def filled(outline: BaseGeometry, resolution: int = 10) -> list[str]:
    """The keys of the cells whose middle lies within an outline (longitude and latitude in degrees), in order."""
    return sorted(h3.geo_to_cells(outline, resolution))
