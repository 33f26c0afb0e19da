"""Which outline a point lies in: an R-tree over the outlines of one level, for one point or many.

A point on a common border belongs to the outline that was given first. A point just outside every
outline (GPS error, a shore, a slip of the pen) belongs to the nearest within a tolerance.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Floats
from huying.geo.measure import Plane
from huying.geo.shapes import centre

Places = npt.NDArray[np.int64]


class OutlineIndex:
    """Outlines in degrees; answers are their positions in the sequence given, -1 for none."""

    def __init__(self, outlines: Sequence[BaseGeometry]) -> None:
        self.size = len(outlines)
        self._plane = Plane(*centre(outlines)) if outlines else Plane(0.0, 0.0)
        flat = [self._flat(outline) for outline in outlines]
        self._shapes: npt.NDArray[Any] = np.array(flat, dtype=object)
        shapely.prepare(self._shapes)
        self._tree = shapely.STRtree(self._shapes)

    def _flat(self, geometry: BaseGeometry) -> BaseGeometry:
        plane = self._plane
        return shapely.transform(geometry, lambda p: np.column_stack(plane.flatten(p[:, 0], p[:, 1])))

    def containing(self, lons: Floats, lats: Floats) -> Places:
        """The outline each point lies in or on, -1 where none; positions that are not numbers give -1."""
        found = np.full(len(lons), -1, np.int64)
        x, y = self._plane.flatten(lons, lats)
        points, boxes = self._tree.query(shapely.points(x, y))
        hit = shapely.intersects_xy(self._shapes[boxes], x[points], y[points])
        points, boxes = points[hit], boxes[hit]
        order = np.lexsort((-boxes, points))
        found[points[order]] = boxes[order]
        return found

    def nearest(self, lons: Floats, lats: Floats, metres: float) -> tuple[Places, Floats]:
        """The nearest outline within ``metres`` of each point, and how far: (-1, nan) where none."""
        found, far = np.full(len(lons), -1, np.int64), np.full(len(lons), np.nan)
        sound = np.flatnonzero(np.isfinite(lons) & np.isfinite(lats))
        if not self.size or not sound.size:
            return found, far
        x, y = self._plane.flatten(lons[sound], lats[sound])
        spots = shapely.points(x, y)
        points, shapes = self._tree.query(shapely.box(x - metres, y - metres, x + metres, y + metres))
        # The outlines are prepared, so this sifts far quicker than measuring every distance would.
        close = shapely.dwithin(self._shapes[shapes], spots[points], metres)
        points, shapes = points[close], shapes[close]
        gaps = shapely.distance(self._shapes[shapes], spots[points])
        order = np.lexsort((-shapes, -gaps))
        found[sound[points[order]]], far[sound[points[order]]] = shapes[order], gaps[order]
        return found, far
