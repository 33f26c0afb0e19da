"""Who borders whom, over how many metres, and how many of them run along a road or natural line."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Floats
from huying.geo.measure import Plane
from huying.gridding.rules.given import Ints, summed

#: Metres within which a border runs along a line: half a road's width.
BESIDE: Final = 15.0
#: Metres of common border below which two pieces of ground only meet in a corner.
SHORT: Final = 6.0


@dataclass(frozen=True, slots=True)
class Edges:
    """Borders between two faces each: places of both, metres, and metres along lines; ``rim``: a face's other metres."""

    one: Ints
    other: Ints
    metres: Floats
    along: Floats
    rim: Floats


class Lines:
    """Roads, rivers and shores, asked whether they run by a position; metres of a plane."""

    def __init__(self, ways: list[BaseGeometry], plane: Plane) -> None:
        self._plane = plane
        flat = shapely.transform(
            np.array(ways, dtype=object), lambda p: np.column_stack(plane.flatten(p[:, 0], p[:, 1]))
        )
        self._tree = shapely.STRtree(shapely.get_parts(flat) if len(ways) else [])

    def beside(self, x: Floats, y: Floats) -> npt.NDArray[np.bool_]:
        """Whether a line runs within ``BESIDE`` metres of each position, given in metres."""
        found = np.zeros(len(x), np.bool_)
        if len(x) and len(self._tree):
            found[self._tree.query(shapely.points(x, y), predicate="dwithin", distance=BESIDE)[0]] = True
        return found

    def along(self, starts: Floats, ends: Floats) -> npt.NDArray[np.bool_]:
        """Whether straight segments run along a line over their length, not only across it: (n, 2) arrays in metres."""
        near = np.ones(len(starts), np.bool_)
        for share in (0.5, 0.15, 0.85):
            left = np.flatnonzero(near)
            spots = starts[left] + share * (ends[left] - starts[left])
            near[left] = self.beside(spots[:, 0], spots[:, 1])
        return near


def edges_of(shapes: npt.NDArray[np.object_], lines: Lines, plane: Plane) -> Edges:
    """The borders of faces that share their corners exactly."""
    starts, ends, face = _segments(shapes)
    swap = (starts[:, 0] > ends[:, 0]) | ((starts[:, 0] == ends[:, 0]) & (starts[:, 1] > ends[:, 1]))
    low, high = np.where(swap[:, None], ends, starts), np.where(swap[:, None], starts, ends)
    order = np.lexsort((high[:, 1], high[:, 0], low[:, 1], low[:, 0]))
    low, high, face = low[order], high[order], face[order]
    flat_low, flat_high = _flat(low, plane), _flat(high, plane)
    metres = np.hypot(*(flat_high - flat_low).T)
    same = np.flatnonzero(np.all(low[1:] == low[:-1], axis=1) & np.all(high[1:] == high[:-1], axis=1))
    rim = summed(face, metres, len(shapes))
    for side in (same, same + 1):
        rim -= summed(face[side], metres[side], len(shapes))
    beside = lines.along(flat_low[same], flat_high[same])
    one, other = np.minimum(face[same], face[same + 1]), np.maximum(face[same], face[same + 1])
    pairs, place = np.unique(one * len(shapes) + other, return_inverse=True)
    return Edges(
        pairs // max(1, len(shapes)),
        pairs % max(1, len(shapes)),
        summed(place, metres[same], len(pairs)),
        summed(place, metres[same] * beside, len(pairs)),
        np.maximum(rim, 0.0),
    )


def _segments(shapes: npt.NDArray[np.object_]) -> tuple[Floats, Floats, Ints]:
    rings, owner = shapely.get_rings(shapes, return_index=True)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    inner = np.flatnonzero(ring[1:] == ring[:-1])
    return corners[inner], corners[inner + 1], owner[ring[inner]].astype(np.int64)


def _flat(pairs: Floats, plane: Plane) -> Floats:
    return np.column_stack(plane.flatten(pairs[:, 0], pairs[:, 1]))
