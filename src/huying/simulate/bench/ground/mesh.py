"""The street plan: a bent lattice over the outline, dense in the middle and wide at the rim, and a river across it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Floats
from huying.geo.measure import METRES_PER_DEGREE, Plane

PITCH: Final = 240.0
#: Roads that are missing: a lane with this chance, every fourth never.
_MISSING: Final = 0.14
_JITTER: Final = 0.16

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Mesh:
    """Faces between the roads (degrees) with square metres, how densely people live (0–1), and who borders whom."""

    faces: npt.NDArray[Any]
    areas: Floats
    dense: Floats
    middles: Floats
    near: Sequence[Sequence[int]]
    ways: Sequence[BaseGeometry]
    plane: Plane


def meshed(rng: np.random.Generator, outline: BaseGeometry) -> Mesh:
    """The plan within an outline in degrees."""
    middle = shapely.point_on_surface(shapely.convex_hull(outline))
    plane = Plane(float(middle.x), float(middle.y))
    flat = shapely.transform(outline, lambda p: np.column_stack(plane.flatten(p[:, 0], p[:, 1])))
    lines = [*_lanes(rng, flat.bounds), _river(rng, flat.bounds)]
    inside = shapely.intersection(np.array(lines, dtype=object), flat)
    ways = [_back(way, plane) for way in shapely.get_parts(inside) if shapely.get_dimensions(way) == 1]
    edges = shapely.union_all(np.array([outline.boundary, *ways], dtype=object))
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(edges)))
    faces = faces[shapely.intersects(outline, shapely.point_on_surface(faces))]
    areas = shapely.area(faces) * plane.across * METRES_PER_DEGREE
    faces, areas = faces[areas > 400], areas[areas > 400]
    middles = np.column_stack(plane.flatten(*shapely.get_coordinates(shapely.centroid(faces)).T))
    return Mesh(faces, areas, _dense(middles), middles, _near(faces), ways, plane)


def _lanes(rng: np.random.Generator, bounds: tuple[float, float, float, float]) -> Iterator[BaseGeometry]:
    west, south, east, north = bounds
    columns, rows = int((east - west) / PITCH) + 3, int((north - south) / PITCH) + 3
    x = west - PITCH + PITCH * (np.arange(columns)[:, None] + _JITTER * rng.standard_normal((columns, rows)))
    y = south - PITCH + PITCH * (np.arange(rows)[None, :] + _JITTER * rng.standard_normal((columns, rows)))
    y = y + 0.04 * (north - south) * np.sin(2 * np.pi * (x - west) / (east - west))
    here = rng.random((2, columns, rows)) >= _MISSING
    for i in range(columns - 1):
        for j in range(rows - 1):
            start = (x[i, j], y[i, j])
            if here[0, i, j] or j % 4 == 0:
                yield shapely.LineString([start, (x[i + 1, j], y[i + 1, j])])
            if here[1, i, j] or i % 4 == 0:
                yield shapely.LineString([start, (x[i, j + 1], y[i, j + 1])])


def _river(rng: np.random.Generator, bounds: tuple[float, float, float, float]) -> BaseGeometry:
    west, south, east, north = bounds
    x = np.linspace(west - 500, east + 500, 160)
    turn = rng.random(2) * 2 * np.pi
    wave = 0.06 * np.sin(5 * np.pi * (x - west) / (east - west) + turn[0])
    y = south + (north - south) * (
        0.45 + wave + 0.03 * np.sin(13 * np.pi * (x - west) / (east - west) + turn[1])
    )
    return shapely.LineString(np.column_stack([x, y]))


def _back(way: BaseGeometry, plane: Plane) -> BaseGeometry:
    return shapely.transform(way, lambda p: np.round(np.column_stack(plane.unflatten(p[:, 0], p[:, 1])), 8))


def _dense(middles: Floats) -> Floats:
    """Densest a third of the way to the north of the middle, thin at the rim."""
    spread = middles.std(axis=0)
    far = np.hypot(middles[:, 0] / spread[0], (middles[:, 1] - 0.9 * spread[1]) / spread[1])
    return np.asarray(np.exp(-0.5 * (far / 0.9) ** 2) + 0.02)


def _near(faces: npt.NDArray[Any]) -> list[list[int]]:
    one, other = shapely.STRtree(faces).query(faces, predicate="touches")
    shared = shapely.intersection(faces[one], faces[other])
    line = shapely.get_dimensions(shared) == 1
    near: list[list[int]] = [[] for _ in faces]
    for a, b in zip(one[line].tolist(), other[line].tolist(), strict=True):
        near[a].append(b)
    return near
