"""Nodes and edges out of the courses of roads: lines that share a vertex meet there.

Roads for cars alone (motorway, trunk, their slips), private ones and those forbidden on foot are left out, as
OpenStreetMap marks them (``highway``, ``foot``, ``access``); what is not marked so is walked. With ``crossing`` lines
that cross without a common vertex meet too: right for files that draw each road from end to end, wrong at bridges.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Datum, Floats
from huying.geo.measure import Plane
from huying.geo.shapes import read_features, shifted
from huying.kernel.errors import Invalid

Numbers = npt.NDArray[np.int64]
#: Vertices closer than this many decimals of a degree are one: 0.1 metre.
_DECIMALS: Final = 6
_FOR_CARS: Final = frozenset({"motorway", "motorway_link", "trunk", "trunk_link", "construction", "proposed"})
_NO: Final = frozenset({"no", "private", "use_sidepath"})


@dataclass(frozen=True, slots=True)
class Ways:
    """A network as arrays: positions of nodes in CGCS2000 degrees; each edge its two nodes and its metres.

    ``parts``: into how many pieces it falls; ``main``: how many nodes the largest holds.
    """

    lons: Floats
    lats: Floats
    starts: Numbers
    ends: Numbers
    metres: Floats
    parts: int = 1
    main: int = 0


def read_roads(content: bytes, datum: Datum, *, crossing: bool = False) -> tuple[Ways, list[str]]:
    """The network of a GeoJSON file in ``datum``, and in Chinese what of it was left out.

    Raises Invalid when it is no GeoJSON, or holds no line that is walked.
    """
    lines: list[BaseGeometry] = []
    for_cars = others = 0
    for feature in read_features(content):
        kind = feature.geometry.geom_type
        if kind not in {"LineString", "MultiLineString"}:
            others += 1
        elif not _walked(feature.properties):
            for_cars += 1
        else:
            _must_be_degrees(feature.geometry, feature.number)
            lines += getattr(feature.geometry, "geoms", [feature.geometry])
    if not lines:
        raise Invalid("文件里没有可以步行的道路（线）。")
    told = [f"{for_cars} 条不能步行的路没有导入。"] if for_cars else []
    told += [f"{others} 个不是线的要素没有导入。"] if others else []
    return ways_of([shifted(line, datum) for line in lines], crossing=crossing), told


def _walked(properties: Mapping[str, Any]) -> bool:
    said = {str(name).lower(): str(value).lower() for name, value in properties.items()}
    if said.get("foot") in {"yes", "designated", "permissive"}:
        return True
    return not (
        said.get("highway") in _FOR_CARS or said.get("foot") in _NO or said.get("access") in _NO
        or said.get("motorroad") == "yes" or "waterway" in said or said.get("kind") in {"river", "water"}
    )  # fmt: skip


def _must_be_degrees(line: BaseGeometry, number: int) -> None:
    west, south, east, north = line.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise Invalid("坐标超出经纬度范围，可能是投影坐标，请先换算成经纬度。", fields={"file": f"{number}"})


def ways_of(lines: Iterable[BaseGeometry], *, crossing: bool = False) -> Ways:
    """The network of lines in CGCS2000 degrees."""
    drawn = np.array(list(lines), dtype=object)
    if crossing:
        drawn = shapely.get_parts(shapely.node(shapely.multilinestrings(drawn)))
    points, owner = shapely.get_coordinates(drawn, return_index=True)
    rounded = np.round(points, _DECIMALS)
    nodes, names = np.unique(rounded, axis=0, return_inverse=True)
    names = names.reshape(-1).astype(np.int64)
    joined = owner[1:] == owner[:-1]
    starts, ends = names[:-1][joined], names[1:][joined]
    # Each edge once, however often it is drawn; what leads to itself leads nowhere.
    pairs = np.unique(np.sort(np.column_stack([starts, ends]), axis=1), axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    if not len(pairs):
        raise Invalid("文件里没有可以步行的道路（线）。")
    kept, pairs = np.unique(pairs, return_inverse=True)
    pairs = pairs.reshape(-1, 2).astype(np.int64)
    lons, lats = nodes[kept, 0], nodes[kept, 1]
    return _measured(lons, lats, pairs[:, 0], pairs[:, 1])


def _measured(lons: Floats, lats: Floats, starts: Numbers, ends: Numbers) -> Ways:
    x, y = Plane(float(lons.mean()), float(lats.mean())).flatten(lons, lats)
    metres = np.maximum(np.hypot(x[starts] - x[ends], y[starts] - y[ends]), 0.01)
    size = len(lons)
    links = coo_array((np.ones(len(starts)), (starts, ends)), shape=(size, size))
    parts, of = connected_components(links, directed=False)
    return Ways(lons, lats, starts, ends, metres, int(parts), int(np.bincount(of).max()))
