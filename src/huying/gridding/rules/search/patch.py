"""One region as the search walks it: plain lists, for it asks single values a million times."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from huying.geo.datums import Floats
from huying.geo.index import OutlineIndex
from huying.gridding.rules.given import Ground, Ints
from huying.gridding.rules.ground.blocks import Blocks
from huying.gridding.rules.ground.edges import SHORT

#: (block, metres of common border, metres of it off roads and natural lines)
Beside = tuple[int, float, float]


@dataclass(frozen=True, slots=True)
class Patch:
    """The blocks of a region, counted from 0; ``block`` is the place of each among all.

    ``near``: who borders whom; parts of a region that do not touch are tied by a border of 0 m. ``held``: homes of a
    block by today's grid, a place in ``codes``; ``lies``: today's grid at the block's middle, -1 for none. ``rim``:
    metres of border to other regions and to the outside.
    """

    block: list[int]
    work: list[float]
    homes: list[float]
    areas: list[float]
    rim: list[float]
    near: list[list[Beside]]
    held: list[dict[int, float]]
    lies: list[int]
    codes: list[str]

    @property
    def total(self) -> float:
        """The work of all of it, in mean grids."""
        return sum(self.work)


def patches_of(ground: Ground, blocks: Blocks) -> list[Patch]:
    """A patch for each region, in their order."""
    today = OutlineIndex([grid.outline for grid in ground.today])
    spot = today.containing(blocks.spots[:, 0], blocks.spots[:, 1])
    home = today.containing(ground.sites.lons, ground.sites.lats)
    held = _held(ground, blocks, home)
    return [_patch(place, ground, blocks, held, spot) for place in range(len(ground.regions))]


def _held(ground: Ground, blocks: Blocks, home: Ints) -> list[dict[int, float]]:
    """The homes of every block by the place of today's grid among all; those in none are left out."""
    held: list[dict[int, float]] = [defaultdict(float) for _ in range(blocks.count)]
    counted = ground.sites.homes if ground.sites.homes.sum() > 0 else ground.sites.people
    for block, grid, homes in zip(blocks.site.tolist(), home.tolist(), counted.tolist(), strict=True):
        if block >= 0 and grid >= 0 and homes:
            held[block][grid] += homes
    return held


def _patch(region: int, ground: Ground, blocks: Blocks, held: list[dict[int, float]], spot: Ints) -> Patch:
    own = np.flatnonzero(blocks.region == region).tolist()
    code = ground.regions[region].code
    grids = [place for place, grid in enumerate(ground.today) if grid.code.startswith(code)]
    local = {place: number for number, place in enumerate(grids)}
    near, rim = _near(blocks, own)
    return Patch(
        block=own,
        work=blocks.work[own].tolist(),
        homes=blocks.homes[own].tolist(),
        areas=blocks.areas[own].tolist(),
        rim=rim,
        near=_tied(near, blocks.spots[own]),
        held=[{local[g]: n for g, n in held[block].items() if g in local} for block in own],
        lies=[local.get(place, -1) for place in spot[own].tolist()],
        codes=[ground.today[place].code for place in grids],
    )


def _near(blocks: Blocks, own: Sequence[int]) -> tuple[list[list[Beside]], list[float]]:
    local = np.full(blocks.count, -1, np.int64)
    local[own] = np.arange(len(own))
    return _filled(blocks, local, len(own)), _rims(blocks, local, list(own))


def _filled(blocks: Blocks, local: Ints, size: int) -> list[list[Beside]]:
    near: list[list[Beside]] = [[] for _ in range(size)]
    pairs = blocks.pairs
    one, other = local[pairs.one], local[pairs.other]
    # A corner in common is no border.
    both = (one >= 0) & (other >= 0) & (pairs.metres > SHORT)
    off = np.maximum(pairs.metres - pairs.along, 0.0)
    for a, b, metres, bare in zip(
        one[both].tolist(), other[both].tolist(), pairs.metres[both].tolist(), off[both].tolist(), strict=True
    ):
        near[a].append((b, metres, bare))
        near[b].append((a, metres, bare))
    return near


def _rims(blocks: Blocks, local: Ints, own: list[int]) -> list[float]:
    pairs, rim = blocks.pairs, blocks.pairs.rim.copy()
    across = (local[pairs.one] >= 0) != (local[pairs.other] >= 0)
    np.add.at(rim, pairs.one[across], pairs.metres[across])
    np.add.at(rim, pairs.other[across], pairs.metres[across])
    found: list[float] = rim[own].tolist()
    return found


def _tied(near: list[list[Beside]], spots: Floats) -> list[list[Beside]]:
    """Islands of the region tied to the nearest block of what was reached before."""
    parts = list(_parts(near))
    reached = parts[0] if parts else []
    for part in parts[1:]:
        gaps = ((spots[reached][:, None, :] - spots[part][None, :, :]) ** 2).sum(axis=2)
        here, there = np.unravel_index(int(gaps.argmin()), gaps.shape)
        one, other = reached[int(here)], part[int(there)]
        near[one].append((other, 0.0, 0.0))
        near[other].append((one, 0.0, 0.0))
        reached = reached + part
    return near


def _parts(near: list[list[Beside]]) -> Iterator[list[int]]:
    left = set(range(len(near)))
    while left:
        start = min(left)
        left.remove(start)
        part, edge = [start], [start]
        while edge:
            for other, _metres, _bare in near[edge.pop()]:
                if other in left:
                    left.remove(other)
                    part.append(other)
                    edge.append(other)
        yield part
