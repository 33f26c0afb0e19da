"""Ring, radial and straight roads: which line of the lattice is which road, and its name."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from huying.simulate.chance import unit
from huying.simulate.land.lattice import Edge, Face, Lattice, Node
from huying.simulate.land.mesh import sides
from huying.simulate.land.names import RIVERS, road_names
from huying.simulate.land.shapes import Line, Road

#: (kind, number): a side of a ring road, a radial by its diagonal, columns and rows by their index.
Key = tuple[str, int]
_RINGS = ("内环", "外环")
#: Each side has a name of its own: a ring meets most roads twice, and house numbers start anew.
_SIDES = ("东路", "西路", "北路", "南路")
_RADIALS = {0: "东北大道", 1: "西南大道", 2: "西北大道", 3: "东南大道"}


class Streets:
    """The roads of a city, asked by edge; names are the same in every district they pass."""

    def __init__(self, lattice: Lattice) -> None:
        self.lattice = lattice
        self._stems = road_names(lattice.seed)
        self.river = RIVERS[int(unit(lattice.seed, "river") * len(RIVERS))]

    def key(self, edge: Edge) -> Key | None:
        """The road along an edge, or None where there is only a path or the river."""
        if self.lattice.is_river(edge):
            return None
        (i, j), (k, m) = sorted(edge)
        if i != k and j != m:
            return "radial", (0 if k > 0 else 1) if m > j else (2 if k <= 0 else 3)
        ring = self._ring((i, j), (k, m))
        if ring is not None:
            return "ring", ring
        line: Key = ("column", i) if i == k else ("row", j)
        if line[1] % 4 and unit(self.lattice.seed, "path", i, j, k, m) < 0.18:
            return None
        return line

    def _ring(self, start: Node, end: Node) -> int | None:
        """Four times the ring's number plus that of its side, None where no ring runs."""
        for number, distance in enumerate(self.lattice.rings):
            if max(map(abs, (*start, *end))) != distance:
                continue
            for axis in (0, 1):
                if abs(start[axis]) == distance and start[axis] == end[axis]:
                    return 4 * number + 2 * axis + (start[axis] < 0)
        return None

    def name(self, key: Key) -> str:
        """What the signs say."""
        kind, number = key
        if kind == "ring":
            return _RINGS[number // 4] + _SIDES[number % 4]
        if kind == "radial":
            return _RADIALS[number]
        offset = 2 * abs(number) + (number < 0)
        stem = self._stems[(2 * offset + (kind == "row")) % len(self._stems)]
        if number % 4 == 0:
            return stem + ("大道" if number == 0 else "路")
        return stem + ("街" if kind == "column" else "巷" if number % 2 else "路")

    def kind(self, key: Key) -> str:
        """ring, radial, avenue or lane."""
        if key[0] in ("ring", "radial"):
            return key[0]
        return "avenue" if key[1] % 4 == 0 else "lane"


def roads(streets: Streets, faces: Iterable[Face]) -> list[Road]:
    """All roads that touch the faces, and the river, each as lines along their borders."""
    runs: dict[Key, list[Edge]] = defaultdict(list)
    water: list[Edge] = []
    edges = {tuple(sorted(side)) for face in faces for side in sides(face)}
    for start, end in sorted(edges):
        key = streets.key((start, end))
        if key is not None:
            runs[key].append((start, end))
        elif streets.lattice.is_river((start, end)):
            water.append((start, end))
    made = [
        Road(streets.name(key), streets.kind(key), _lines(streets.lattice, run))
        for key, run in sorted(runs.items())
    ]
    if water:
        made.append(Road(streets.river, "river", _lines(streets.lattice, water)))
    return made


def _lines(lattice: Lattice, run: list[Edge]) -> tuple[Line, ...]:
    """Edges chained end to end into as few lines as their order allows."""
    walks: list[list[Node]] = []
    ends: dict[Node, list[Node]] = {}
    for start, end in run:
        if start in ends:
            _grow(ends, start, end)
        elif end in ends:
            _grow(ends, end, start)
        else:
            ends[end] = ends[start] = [start, end]
            walks.append(ends[end])
    return tuple(_drawn(lattice, walk) for walk in walks)


def _grow(ends: dict[Node, list[Node]], joint: Node, new: Node) -> None:
    walk = ends.pop(joint)
    if walk[-1] == joint:
        walk.append(new)
    else:
        walk.insert(0, new)
    ends.setdefault(new, walk)


def _drawn(lattice: Lattice, walk: list[Node]) -> Line:
    points = [point for pair in pairwise(walk) for point in lattice.border(*pair)[:-1]]
    return (*points, lattice.point(walk[-1]))
