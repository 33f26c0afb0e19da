"""The street plan as a bent lattice: every corner is a pure function of the seed and two whole numbers.

Neighbouring areas, even of different districts, therefore share their borders to the last digit: a border is
never computed twice, it is looked up by its ends.
"""

from dataclasses import dataclass
from functools import cached_property
from math import cos, hypot, pi, radians, sin

from huying.simulate.chance import swing, unit
from huying.simulate.land.shapes import Line, Point

Node = tuple[int, int]
Edge = tuple[Node, Node]
#: A face is a cell of the lattice (half 0) or one half of a cell cut by a radial road (1–4).
Face = tuple[int, int, int]

#: Open sea, so that the invented ground covers no real town on anybody's map.
ORIGIN = (123.0, 29.0)
PITCH = 190.0
_METRES_PER_DEGREE = 111_320.0


@dataclass(frozen=True)
class Lattice:
    """The plan of a city of ``cells`` cells around its centre."""

    seed: int
    cells: int

    @cached_property
    def radius(self) -> float:
        """Of a round city of that many cells, in cells."""
        return float((self.cells / pi) ** 0.5)

    @cached_property
    def rings(self) -> tuple[int, ...]:
        """How many cells from the centre the ring roads run."""
        found = sorted({max(2, round(self.radius * part)) for part in (0.32, 0.66)})
        return tuple(found)

    @cached_property
    def _bend(self) -> tuple[float, ...]:
        return tuple(unit(self.seed, "bend", number) for number in range(8))

    def reach(self, angle: float) -> float:
        """How far the built-up land reaches in this direction, relative to a circle."""
        bend = self._bend
        return (
            1
            + 0.16 * sin(2 * angle + 2 * pi * bend[0])
            + 0.09 * sin(3 * angle + 2 * pi * bend[1])
            + 0.05 * sin(5 * angle + 2 * pi * bend[2])
        )

    def metres(self, node: Node) -> Point:
        """Where a corner lies, in metres east and north of the centre."""
        i, j = node
        bend, size = self._bend, max(self.radius, 1.0)
        stretch = 0.78 + 0.3 * min(1.5, hypot(i, j) / size)
        x = PITCH * stretch * (i + 0.17 * swing(self.seed, "x", i, j))
        y = PITCH * stretch * (j + 0.17 * swing(self.seed, "y", i, j))
        wave = 0.05 * size * PITCH
        x += wave * sin(2 * pi * (j / (1.6 * size) + bend[3]))
        y += wave * sin(2 * pi * (i / (1.9 * size) + bend[4]))
        turn = radians(24 * (bend[5] - 0.5))
        return x * cos(turn) - y * sin(turn), x * sin(turn) + y * cos(turn)

    def degrees(self, x: float, y: float) -> Point:
        """Metres from the centre as longitude and latitude, to seven decimals (about one centimetre)."""
        lon, lat = ORIGIN
        return (
            round(lon + x / (_METRES_PER_DEGREE * cos(radians(lat))), 7),
            round(lat + y / _METRES_PER_DEGREE, 7),
        )

    def point(self, node: Node) -> Point:
        return self.degrees(*self.metres(node))

    def border(self, start: Node, end: Node) -> Line:
        """The line from one corner to the next, both ends included; the same line whichever way it is asked."""
        if start > end:
            return tuple(reversed(self.border(end, start)))
        (ax, ay), (bx, by) = self.metres(start), self.metres(end)
        wild = 0.11 if self.is_river((start, end)) else 0.035
        between = []
        for step in (1, 2):
            part = step / 3
            off = wild * swing(self.seed, "edge", *start, *end, step)
            between.append(
                self.degrees(ax + (bx - ax) * part - (by - ay) * off, ay + (by - ay) * part + (bx - ax) * off)
            )
        return (self.degrees(ax, ay), *between, self.degrees(bx, by))

    def river_row(self, i: int) -> int:
        """The row of the lattice along which the river runs at column ``i``."""
        size, bend = max(self.radius, 1.0), self._bend
        return round(-0.28 * size + 0.16 * size * sin(2 * pi * (i / (1.7 * size) + bend[6])))

    def is_river(self, edge: Edge) -> bool:
        (i, j), (k, m) = sorted(edge)
        if j == m and k == i + 1:
            return j == self.river_row(i)
        if i == k and m == j + 1:
            low, high = sorted((self.river_row(i - 1), self.river_row(i)))
            return low <= j < high
        return False

    def halves(self, i: int, j: int) -> tuple[int, ...]:
        """Whether a radial road cuts this cell, and into which halves."""
        outside = self.rings[0]
        if i == j and (i >= outside or i < -outside):
            return (1, 2)
        if i == -1 - j and (i >= outside or j >= outside):
            return (3, 4)
        return (0,)


def loop(face: Face) -> tuple[Node, ...]:
    """The corners of a face, counter-clockwise."""
    i, j, half = face
    a, b, c, d = (i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)
    return {0: (a, b, c, d), 1: (a, b, c), 2: (a, c, d), 3: (a, b, d), 4: (b, c, d)}[half]
