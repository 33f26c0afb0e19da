"""Faces: the ground cut along every way and every border, each within one region."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.index import OutlineIndex
from huying.gridding.rules.given import Ints, Outlined

#: Metres by which an estate is taken smaller before ways are cut out of it: a road along its edge stays.
INSET: Final = 4.0
_METRE: Final = 1 / 111_320.0

Shapes = npt.NDArray[Any]


@dataclass(frozen=True, slots=True)
class Faces:
    """Polygons in degrees, and the place of the region each lies in. Neighbours share corners to the last digit."""

    shapes: Shapes
    region: Ints


def trimmed(ways: Sequence[BaseGeometry], estates: Sequence[BaseGeometry]) -> list[BaseGeometry]:
    """The ways without their parts inside estates: paths of an estate split nothing."""
    if not len(estates) or not len(ways):
        return list(ways)
    cores = shapely.buffer(np.array(estates, dtype=object), -INSET * _METRE, quad_segs=2)
    cores = cores[~shapely.is_empty(cores)]
    tree = shapely.STRtree(cores)
    found = np.array(list(ways), dtype=object)
    hit, inside = tree.query(found, predicate="intersects")
    for place in np.unique(hit).tolist():
        found[place] = shapely.difference(found[place], shapely.union_all(cores[inside[hit == place]]))
    return [way for way in found if not shapely.is_empty(way)]


def cut(regions: Sequence[Outlined], lines: Sequence[BaseGeometry]) -> Faces:
    """The regions' ground in faces. Lines beyond them cut nothing, nor does one that ends within a face."""
    borders = [region.outline.boundary for region in regions]
    edges = shapely.get_parts(shapely.union_all(np.array([*borders, *lines], dtype=object)))
    shapes = shapely.get_parts(shapely.polygonize(edges))
    spots = shapely.get_coordinates(shapely.point_on_surface(shapes))
    region = OutlineIndex([one.outline for one in regions]).containing(spots[:, 0], spots[:, 1])
    kept = region >= 0
    return Faces(shapes[kept], region[kept])


def holding(faces: Faces, lons: npt.NDArray[np.float64], lats: npt.NDArray[np.float64]) -> Ints:
    """The face each position lies in or on, -1 where none."""
    found = np.full(len(lons), -1, np.int64)
    if not len(lons) or not len(faces.shapes):
        return found
    points, places = shapely.STRtree(faces.shapes).query(shapely.points(lons, lats), predicate="intersects")
    # On a common border the first one has it.
    order = np.lexsort((-places, points))
    found[points[order]] = places[order]
    return found
