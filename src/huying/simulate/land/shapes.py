"""What a made district consists of; all positions are CGCS2000 longitude and latitude in degrees."""

from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]
Ring = tuple[Point, ...]
Line = tuple[Point, ...]

Level = Literal["district", "street", "community", "grid"]
SpotKind = Literal["road", "crossing", "estate", "building", "landmark", "poi", "river"]


@dataclass(frozen=True, slots=True)
class Area:
    """An area of any level. ``polygons`` holds for each part its outer ring and then its holes, closed."""

    code: str
    name: str
    level: Level
    parent: str
    polygons: tuple[tuple[Ring, ...], ...]
    lon: float
    lat: float
    homes: int
    shops: int


@dataclass(frozen=True, slots=True)
class Road:
    """A road or the river within the district; ``kind`` is ring, radial, avenue, lane or river."""

    name: str
    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place people name when they call. ``area`` is the code of the smallest area that holds all of it."""

    kind: SpotKind
    name: str
    aliases: tuple[str, ...]
    lon: float
    lat: float
    area: str
    address: str


@dataclass(frozen=True, slots=True)
class Block:
    """The land between roads: what stands on it and how many live and trade there.

    ``use`` is one of ``uses.USES``; ``number`` is the first house number along ``road``.
    """

    use: str
    name: str
    grid: str
    corners: tuple[Point, ...]
    homes: int
    shops: int
    road: str
    number: int

    def inside(self, across: float, along: float) -> Point:
        """A point of the block; both arguments run from 0 to 1, and 0.15 keeps clear of the kerb."""
        a, b, c = self.corners[:3]
        if len(self.corners) == 3:
            across, along = (1 - across, 1 - along) if across + along > 1 else (across, along)
            across, along = 0.15 + 0.6 * across, 0.1 + 0.6 * along
            weights: tuple[tuple[Point, float], ...] = (
                (a, 1 - across),
                (b, across - across * along),
                (c, across * along),
            )
        else:
            d = self.corners[3]
            weights = (
                (a, (1 - across) * (1 - along)),
                (b, across * (1 - along)),
                (c, across * along),
                (d, (1 - across) * along),
            )
        return (
            round(sum(point[0] * weight for point, weight in weights), 7),
            round(sum(point[1] * weight for point, weight in weights), 7),
        )


@dataclass(frozen=True, slots=True)
class Land:
    """One district, whole."""

    code: str
    name: str
    areas: tuple[Area, ...]
    roads: tuple[Road, ...]
    blocks: tuple[Block, ...]
    spots: tuple[Spot, ...]

    def of(self, level: Level) -> list[Area]:
        return [area for area in self.areas if area.level == level]
