"""What grids are like, today's and a plan's alike: reckoned from outlines and sites, not from the search's own books."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from math import pi
from typing import Any, Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Floats
from huying.geo.index import OutlineIndex
from huying.geo.measure import Plane
from huying.geo.shapes import centre
from huying.gridding.rules.given import Ground, Ints, summed
from huying.gridding.rules.ground.edges import Lines
from huying.gridding.rules.weighing import Weights, shares

#: Metres between the places at which a border is looked at, and how far beside an estate may reach over a border.
_STEP: Final = 15.0
_SPLIT: Final = 0.05


@dataclass(frozen=True, slots=True)
class GridFigures:
    """One grid. ``off``: its work off the mean, 0.1 is a tenth more. ``compact``: Polsby–Popper, 1 is a circle."""

    homes: int
    people: int
    buildings: int
    shops: int
    cases: int
    off: float
    hectares: float
    compact: float
    parts: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Figures:
    """All grids together. ``spread``: the greatest ``off``; ``within``: the share of grids within the tolerance.

    ``on_lines``: share of the borders between grids that run along roads or natural lines. ``broken``: grids in
    several parts; ``split``: estates that lie in several grids.
    """

    grids: int
    spread: float
    within: float
    compact: float
    on_lines: float
    broken: int
    split: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Measured:
    """Every grid in its order, the whole, names of split estates, and the grid of every site (-1: in none)."""

    grids: Sequence[GridFigures]
    whole: Figures
    split: tuple[str, ...]
    site: Ints


def measured(
    ground: Ground, outlines: Sequence[BaseGeometry], weights: Weights, tolerance: float
) -> Measured:
    """The figures of grids with these outlines (degrees). Raises Invalid where nothing that counts is known."""
    sites = ground.sites
    index = OutlineIndex(outlines)
    site, case = index.containing(sites.lons, sites.lats), index.containing(*ground.cases)
    counts = {
        name: summed(site, getattr(sites, name), len(outlines))
        for name in ("people", "homes", "buildings", "shops")
    } | {"cases": summed(case, np.ones(len(case)), len(outlines))}
    off = shares(weights, counts) * len(outlines) - 1
    plane = Plane(*centre([region.outline for region in ground.regions]))
    flat = [_flat(outline, plane) for outline in outlines]
    found = [_one(flat[place], counts, float(off[place]), place) for place in range(len(outlines))]
    split = _split(ground, outlines, site)
    return Measured(found, _whole(found, tolerance, _on_lines(ground, flat, plane), len(split)), split, site)


def _flat(outline: BaseGeometry, plane: Plane) -> BaseGeometry:
    return shapely.transform(outline, lambda p: np.column_stack(plane.flatten(p[:, 0], p[:, 1])))


def _one(flat: BaseGeometry, counts: Mapping[str, Floats], off: float, place: int) -> GridFigures:
    area, border = float(flat.area), float(flat.length)
    return GridFigures(
        **{name: round(float(values[place])) for name, values in counts.items()},
        off=round(off, 4),
        hectares=round(area / 10_000, 1),
        compact=round(4 * pi * area / (border * border), 3) if border else 0.0,
        parts=len(shapely.get_parts(flat)),
    )


def _whole(grids: Sequence[GridFigures], tolerance: float, on_lines: float, split: int) -> Figures:
    off = np.abs([grid.off for grid in grids])
    return Figures(
        grids=len(grids),
        spread=round(float(off.max()), 4),
        within=round(float((off <= tolerance + 1e-9).mean()), 3),
        compact=round(float(np.mean([grid.compact for grid in grids])), 3),
        on_lines=round(on_lines, 3),
        broken=sum(grid.parts > 1 for grid in grids),
        split=split,
    )


def _on_lines(ground: Ground, flat: Sequence[BaseGeometry], plane: Plane) -> float:
    """Of the metres of border between two grids the share along lines; the outer edge of all is nobody's choice."""
    edges = np.array([outline.boundary for outline in flat], dtype=object)
    ground_edge = shapely.buffer(shapely.union_all(np.array(flat, dtype=object)).boundary, 1.0, quad_segs=1)
    inner = shapely.difference(edges, ground_edge)
    lines = shapely.get_parts(inner[~shapely.is_empty(inner)])
    pieces = shapely.segmentize(lines, _STEP)
    corners, owner = shapely.get_coordinates(pieces, return_index=True)
    same = np.flatnonzero(owner[1:] == owner[:-1])
    starts, ends = corners[same], corners[same + 1]
    metres = np.hypot(*(ends - starts).T)
    beside = Lines(list(ground.ways), plane).along(starts, ends)
    return float(metres[beside].sum() / metres.sum()) if metres.sum() > 0 else 1.0


def _split(ground: Ground, outlines: Sequence[BaseGeometry], site: Ints) -> tuple[str, ...]:
    """Estates of which buildings, or more than a twentieth of the outline, lie in several grids of one region."""
    sites = ground.sites
    lies: dict[int, set[int]] = defaultdict(set)
    for estate, grid in zip(sites.estate.tolist(), site.tolist(), strict=True):
        if estate >= 0 and grid >= 0:
            lies[estate].add(grid)
    places = sorted(sites.shapes)
    shapes = np.array([sites.shapes[place] for place in places], dtype=object)
    estate, grid = shapely.STRtree(outlines).query(shapes, predicate="intersects")
    common = shapely.area(shapely.intersection(shapes[estate], np.array(outlines, dtype=object)[grid]))
    much = common > _SPLIT * shapely.area(shapes[estate])
    for one, other in zip(estate[much].tolist(), grid[much].tolist(), strict=True):
        lies[places[one]].add(other)
    region = _regions(ground, outlines)
    return tuple(
        sites.names[place]
        for place in sorted(lies)
        if max(Counter(region[grid] for grid in lies[place]).values()) > 1
    )


def _regions(ground: Ground, outlines: Sequence[BaseGeometry]) -> list[int]:
    spots = shapely.get_coordinates(shapely.point_on_surface(np.array(outlines, dtype=object)))
    found: list[int] = OutlineIndex([one.outline for one in ground.regions]).containing(*spots.T).tolist()
    return found
