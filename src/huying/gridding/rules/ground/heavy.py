"""Faces that hold too much for one piece are cut between the estates and clusters of buildings in them.

Where no road runs the cut lies half-way between what it parts; no estate is cut. It is used only where even work
needs it, for borders off roads are dear to the search.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Floats
from huying.gridding.rules.given import NO_ESTATE, Ints, Sites, summed
from huying.gridding.rules.ground.faces import Faces, Shapes

#: Of a mean grid's work: what a face may hold before it is cut, and what a cluster of single buildings is cut down to.
HEAVY: Final = 0.25
_CLUSTER: Final = 0.12
_STEP: Final = 12 / 111_320.0  # degrees between positions along an estate's outline
_BEYOND: Final = 1e-7  # degrees by which a cut reaches over the face's border, about a centimetre
_MOST: Final = 4000  # positions in one face


@dataclass(frozen=True, slots=True)
class Load:
    """The work each site brings, in grids (1 is a mean grid's), and the face each lies in."""

    work: Floats
    face: Ints


def cuts(faces: Faces, sites: Sites, load: Load) -> list[BaseGeometry]:
    """Lines that part what stands in heavy faces."""
    held = summed(load.face, load.work, len(faces.shapes))
    found: list[BaseGeometry] = []
    for place in np.flatnonzero(held > HEAVY).tolist():
        own = np.flatnonzero(load.face == place)
        found += _within(faces.shapes[place], sites, load.work, own)
    return found


def _within(face: BaseGeometry, sites: Sites, work: Floats, own: Ints) -> Iterator[BaseGeometry]:
    spots, group = _grouped(face, sites, work, own)
    if len(set(group.tolist())) < 2:
        return iter(())
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.multipoints(spots), extend_to=shapely.envelope(face))
    )
    cell, point = shapely.STRtree(cells).query(shapely.points(spots), predicate="intersects")[::-1]
    owner = np.full(len(cells), -1, np.int64)
    owner[cell] = group[point]
    return _between(cells, owner, shapely.buffer(face, _BEYOND))


def _grouped(face: BaseGeometry, sites: Sites, work: Floats, own: Ints) -> tuple[Floats, Ints]:
    """Positions and the group of each: an estate, or a cluster of buildings of none."""
    estate = sites.estate[own]
    spots = [np.column_stack([sites.lons[own], sites.lats[own]])]
    group = [np.where(estate == NO_ESTATE, -1, estate)]
    single = np.flatnonzero(estate == NO_ESTATE)
    for number, cluster in enumerate(_clusters(spots[0][single], work[own[single]])):
        group[0][single[cluster]] = len(sites.names) + number
    for place in sorted({*estate.tolist()} & set(sites.shapes)):
        outline = shapely.intersection(sites.shapes[place], face)
        edge = shapely.get_coordinates(shapely.segmentize(outline.boundary, _STEP))
        spots.append(edge)
        group.append(np.full(len(edge), place, np.int64))
    every, groups = np.concatenate(spots), np.concatenate(group)
    _, first = np.unique(every, axis=0, return_index=True)
    first = np.sort(first)[:: max(1, len(first) // _MOST)]
    return every[first], groups[first]


def _clusters(spots: Floats, work: Floats) -> Iterator[Ints]:
    """Single buildings halved along their longer side until no cluster brings too much."""
    waiting = [np.arange(len(spots))] if len(spots) else []
    while waiting:
        cluster = waiting.pop()
        if work[cluster].sum() <= _CLUSTER or len(cluster) < 2:
            yield cluster
            continue
        span = np.ptp(spots[cluster], axis=0)
        cluster = cluster[np.argsort(spots[cluster][:, int(span[1] > span[0])], kind="stable")]
        half = int(np.searchsorted(np.cumsum(work[cluster]), work[cluster].sum() / 2))
        half = min(max(1, half), len(cluster) - 1)
        waiting += [cluster[half:], cluster[:half]]


def _between(cells: Shapes, owner: Ints, within: BaseGeometry) -> Iterator[BaseGeometry]:
    """The borders between cells of different groups, as lines that end just beyond the face."""
    one, other = shapely.STRtree(cells).query(cells, predicate="touches")
    parted = (one < other) & (owner[one] != owner[other]) & (owner[one] >= 0) & (owner[other] >= 0)
    shared = shapely.intersection(cells[one[parted]], cells[other[parted]])
    lines = shared[shapely.get_dimensions(shared) == 1]
    if len(lines):
        clipped = shapely.intersection(shapely.line_merge(shapely.union_all(lines)), within)
        yield from (part for part in shapely.get_parts(clipped) if shapely.get_dimensions(part) == 1)
