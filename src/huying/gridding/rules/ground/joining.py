"""Faces joined into blocks: those of one estate, and slivers with their neighbour."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely

from huying.geo.datums import Floats
from huying.gridding.rules.given import Ints, Sites, summed
from huying.gridding.rules.ground.edges import SHORT, Edges
from huying.gridding.rules.ground.faces import Faces

#: Square metres and metres below which a face is no ground to stand in.
SMALLEST: Final = 600.0
NARROWEST: Final = 6.0
#: A face is an estate's when this share of the estate lies in it, or this share of the face in the estate.
_OF_ESTATE, _OF_FACE = 0.05, 0.5
#: Over how many faces of others the parts of one estate are joined.
_REACH: Final = 3


@dataclass(frozen=True, slots=True)
class Joined:
    """The block of each face, counted from 0, and the estates whose parts lie too far apart for one block."""

    block: Ints
    apart: frozenset[int]


class _Sets:
    def __init__(self, size: int) -> None:
        self.above = list(range(size))

    def root(self, one: int) -> int:
        while self.above[one] != one:
            self.above[one] = self.above[self.above[one]]
            one = self.above[one]
        return one

    def join(self, one: int, other: int) -> None:
        self.above[self.root(one)] = self.root(other)


def joined(faces: Faces, edges: Edges, areas: Floats, sites: Sites, face_of: Ints) -> Joined:
    """Blocks of faces; no block reaches over a region's border. ``areas`` in square metres."""
    near = _near(faces, edges, SHORT)
    sets = _Sets(len(faces.shapes))
    apart = {
        estate
        for estate, own in _of_estates(faces, sites, face_of).items()
        if not all([_connect(sets, near, part) for part in _by_region(faces, own)])
    }
    _swallow(sets, _near(faces, edges, 0.0), areas, _perimeters(edges, len(areas)))
    roots = np.array([sets.root(place) for place in range(len(faces.shapes))], np.int64)
    return Joined(np.unique(roots, return_inverse=True)[1].astype(np.int64), frozenset(apart))


def _near(faces: Faces, edges: Edges, longer: float) -> Mapping[int, list[tuple[int, float]]]:
    near: dict[int, list[tuple[int, float]]] = defaultdict(list)
    same = (faces.region[edges.one] == faces.region[edges.other]) & (edges.metres > longer)
    for one, other, metres in zip(
        edges.one[same].tolist(), edges.other[same].tolist(), edges.metres[same].tolist(), strict=True
    ):
        near[one].append((other, metres))
        near[other].append((one, metres))
    return near


def _of_estates(faces: Faces, sites: Sites, face_of: Ints) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for estate, face in zip(sites.estate.tolist(), face_of.tolist(), strict=True):
        if estate >= 0 and face >= 0:
            found[estate].add(face)
    places = sorted(sites.shapes)
    shapes = np.array([sites.shapes[place] for place in places], dtype=object)
    estate, face = shapely.STRtree(faces.shapes).query(shapes, predicate="intersects")
    common = shapely.area(shapely.intersection(shapes[estate], faces.shapes[face]))
    much = (common > _OF_ESTATE * shapely.area(shapes[estate])) | (
        common > _OF_FACE * shapely.area(faces.shapes[face])
    )
    for one, other in zip(estate[much].tolist(), face[much].tolist(), strict=True):
        found[places[one]].add(other)
    return found


def _by_region(faces: Faces, own: Iterable[int]) -> Iterable[list[int]]:
    parts: dict[int, list[int]] = defaultdict(list)
    for face in sorted(own):
        parts[int(faces.region[face])].append(face)
    return parts.values()


def _connect(sets: _Sets, near: Mapping[int, list[tuple[int, float]]], own: list[int]) -> bool:
    """Join these faces, with those between them where they do not touch; False when some lie too far off."""
    reached, left = {own[0]}, set(own[1:])
    while left:
        way = _way(near, reached, left)
        if way is None:
            return False
        for face in way:
            sets.join(face, own[0])
        reached.update(way)
        left -= reached
    return True


def _way(near: Mapping[int, list[tuple[int, float]]], start: set[int], goal: set[int]) -> list[int] | None:
    came: dict[int, int | None] = dict.fromkeys(start)
    edge = deque((face, 0) for face in sorted(start))
    while edge:
        face, far = edge.popleft()
        if face in goal:
            return _back(came, face)
        if far <= _REACH:
            for other, _metres in near.get(face, ()):
                if other not in came:
                    came[other] = face
                    edge.append((other, far + 1))
    return None


def _back(came: Mapping[int, int | None], face: int | None) -> list[int]:
    way = []
    while face is not None:
        way.append(face)
        face = came[face]
    return way


def _perimeters(edges: Edges, size: int) -> Floats:
    return edges.rim + summed(edges.one, edges.metres, size) + summed(edges.other, edges.metres, size)


def _swallow(
    sets: _Sets, near: Mapping[int, list[tuple[int, float]]], areas: Floats, perimeters: Floats
) -> None:
    """Give every sliver to the neighbour it shares the longest border with, to another sliver only where it must."""
    slivers = (areas < SMALLEST) | (2 * areas < NARROWEST * perimeters)
    for face in np.flatnonzero(slivers).tolist():
        beside = [(not slivers[other], metres, other) for other, metres in near.get(face, ())]
        if beside:
            sets.join(face, max(beside)[2])
