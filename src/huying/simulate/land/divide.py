"""Dividing ground into connected parts of wanted sizes along the streets, by repeated halving."""

from collections.abc import Iterator, Sequence
from math import atan2, hypot

from huying.simulate.land.lattice import Face, Lattice
from huying.simulate.land.mesh import neighbours, pieces


def ground(lattice: Lattice) -> list[Face]:
    """The faces of the whole city: the ``lattice.cells`` cells nearest the centre for their direction."""
    span = int(lattice.radius * 1.5) + 3
    cells = sorted(
        (hypot(i + 0.5, j + 0.5) / lattice.reach(atan2(j + 0.5, i + 0.5)), i, j)
        for i in range(-span, span)
        for j in range(-span, span)
    )[: lattice.cells]
    faces = [(i, j, half) for _, i, j in cells for half in lattice.halves(i, j)]
    near = neighbours(faces)
    return sorted(pieces(faces, near)[0])


def divide(faces: Sequence[Face], shares: Sequence[float]) -> list[list[Face]]:
    """Connected parts, one for each share and in its proportion, as near as connectedness allows.

    Fewer parts come back only when there are fewer faces than shares.
    """
    return list(_halve(list(faces), list(shares), neighbours(faces)))


def _halve(faces: list[Face], shares: list[float], near: dict[Face, list[Face]]) -> Iterator[list[Face]]:
    if len(shares) == 1 or len(faces) <= 1:
        yield sorted(faces)
        return
    if len(faces) <= len(shares):
        yield from ([face] for face in sorted(faces))
        return
    middle = len(shares) // 2
    left, right = shares[:middle], shares[middle:]
    want = round(len(faces) * sum(left) / sum(shares))
    want = min(max(want, len(left)), len(faces) - len(right))
    one, other = _connected(*_cut(faces, want), near)
    yield from _halve(one, left, near)
    yield from _halve(other, right, near)


def _cut(faces: list[Face], want: int) -> tuple[list[Face], list[Face]]:
    columns, rows = {face[0] for face in faces}, {face[1] for face in faces}
    if max(columns) - min(columns) >= max(rows) - min(rows):
        ordered = sorted(faces)
    else:
        ordered = sorted(faces, key=lambda face: (face[1], face[0], face[2]))
    return ordered[:want], ordered[want:]


def _connected(
    one: list[Face], other: list[Face], near: dict[Face, list[Face]]
) -> tuple[list[Face], list[Face]]:
    """Give what is cut off from the main part of one side to the other side."""
    for _ in range(3):
        kept, *stray = pieces(one, near)
        other = other + [face for part in stray for face in part]
        one = kept
        kept, *stray = pieces(other, near)
        if not stray:
            return one, other
        one = one + [face for part in stray for face in part]
        other = kept
    return one, other
