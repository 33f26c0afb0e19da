"""Blocks: every face of the street plan with its use, name, homes, shops and address."""

from math import hypot

from huying.simulate.chance import dice
from huying.simulate.land.lattice import Edge, Face, Lattice, loop
from huying.simulate.land.mesh import sides
from huying.simulate.land.roads import Key, Streets
from huying.simulate.land.shapes import Block
from huying.simulate.land.uses import Namer, draw, zone


def block(streets: Streets, namer: Namer, face: Face, grid: str, stem: str) -> Block:
    """The block on a face; the same face always holds the same use, homes and shops."""
    lattice = streets.lattice
    rng = dice(lattice.seed, "block", *face)
    use, homes, shops = draw(rng, zone(hypot(face[0] + 0.5, face[1] + 0.5) / max(lattice.radius, 1.0)))
    front = _front(streets, face)
    return Block(
        use=use,
        name=namer.name(use, stem),
        grid=grid,
        corners=tuple(lattice.point(node) for node in loop(face)),
        homes=homes,
        shops=shops,
        road=streets.name(front[0]) if front else "",
        number=_number(lattice, *front, face) if front else 0,
    )


def _front(streets: Streets, face: Face) -> tuple[Key, Edge] | None:
    """The road the block faces: the greatest one beside it."""
    rank = {"ring": 0, "radial": 1, "avenue": 2, "lane": 3}
    beside = [(streets.key(side), side) for side in sides(face)]
    found = [(rank[streets.kind(key)], number, key, side) for number, (key, side) in enumerate(beside) if key]
    if not found:
        return None
    _, _, key, side = min(found)
    return key, side


def _number(lattice: Lattice, key: Key, edge: Edge, face: Face) -> int:
    """House numbers grow along the road, odd on one side and even on the other."""
    (i, j), (k, m) = sorted(edge)
    span = int(lattice.radius * 1.5) + 3
    along = min(i, k) if j == m else min(j, m)
    side = (face[1] < j) if j == m else (face[0] < i)
    return 24 * (along + span) + 2 + int(side)
