"""Faces of the lattice as a graph: who borders whom, and the rings around any set of them."""

from collections.abc import Collection, Iterable
from itertools import pairwise
from math import atan2, pi

from huying.simulate.land.lattice import Edge, Face, Lattice, Node, loop
from huying.simulate.land.shapes import Ring


def sides(face: Face) -> list[Edge]:
    """The directed edges of a face, its inside on their left."""
    corners = loop(face)
    return list(zip(corners, (*corners[1:], corners[0]), strict=True))


def neighbours(faces: Iterable[Face]) -> dict[Face, list[Face]]:
    """For each face those it shares an edge with."""
    faces = list(faces)
    owner = {side: face for face in faces for side in sides(face)}
    return {
        face: [owner[side[1], side[0]] for side in sides(face) if (side[1], side[0]) in owner]
        for face in faces
    }


def pieces(faces: Collection[Face], near: dict[Face, list[Face]]) -> list[list[Face]]:
    """The connected parts of a set of faces, the largest first; the order is the same every time."""
    left = dict.fromkeys(faces)
    found = []
    for start in list(left):
        if start not in left:
            continue
        del left[start]
        part, edge = [start], [start]
        while edge:
            for other in near[edge.pop()]:
                if other in left:
                    del left[other]
                    part.append(other)
                    edge.append(other)
        found.append(part)
    return sorted(found, key=len, reverse=True)


def rings(lattice: Lattice, faces: Iterable[Face]) -> list[Ring]:
    """The closed rings around a set of faces: outer ones counter-clockwise, holes clockwise.

    Where the set touches itself in one corner, the walk keeps to the same outside, so that a hole stays a
    ring of its own (the simple-feature rule).
    """
    border: set[Edge] = set()
    for face in faces:
        for start, end in sides(face):
            if (end, start) in border:
                border.remove((end, start))
            else:
                border.add((start, end))
    after: dict[Node, list[Node]] = {}
    for start, end in sorted(border):
        after.setdefault(start, []).append(end)
    return [_drawn(lattice, walk) for walk in _walks(lattice, after)]


def _walks(lattice: Lattice, after: dict[Node, list[Node]]) -> list[list[Node]]:
    walks = []
    while after:
        # A corner with one way on: starting where the set touches itself could close the ring too soon.
        first = next((node for node, onward in after.items() if len(onward) == 1), next(iter(after)))
        walk = [first, after[first].pop()]
        while True:
            here = walk[-1]
            _drop_empty(after, walk[-2])
            if here == first:
                break
            walk.append(_turn(lattice, walk[-2], here, after[here]))
        _drop_empty(after, first)
        walks.append(walk)
    return walks


def _drop_empty(after: dict[Node, list[Node]], node: Node) -> None:
    if node in after and not after[node]:
        del after[node]


def _turn(lattice: Lattice, origin: Node, here: Node, choices: list[Node]) -> Node:
    if len(choices) > 1:
        back = _bearing(lattice, here, origin)
        choices.sort(key=lambda node: (_bearing(lattice, here, node) - back) % (2 * pi), reverse=True)
    return choices.pop()


def _bearing(lattice: Lattice, start: Node, end: Node) -> float:
    (ax, ay), (bx, by) = lattice.metres(start), lattice.metres(end)
    return atan2(by - ay, bx - ax)


def _drawn(lattice: Lattice, walk: list[Node]) -> Ring:
    points = [point for pair in pairwise(walk) for point in lattice.border(*pair)[:-1]]
    return (*points, points[0])


def signed_area(ring: Ring) -> float:
    """Positive for an outer ring, negative for a hole; square degrees."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2
