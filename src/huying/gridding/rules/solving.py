"""From the ground to a plan of grids: blocks, a share of grids for each region, the search, codes and outlines."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from random import Random

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from huying.gridding.rules.given import Asked, Ground
from huying.gridding.rules.ground.blocks import Blocks, blocks_of
from huying.gridding.rules.search.annealing import divided
from huying.gridding.rules.search.naming import codes_of
from huying.gridding.rules.search.patch import Patch, patches_of
from huying.gridding.rules.search.sharing import apportioned
from huying.gridding.rules.search.starting import groups

Told = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A grid of the plan: today's code it goes on under ("" for a new one), its region, outline and blocks."""

    code: str
    region: str
    outline: BaseGeometry
    blocks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Solved:
    """The plan. ``apart``: names of estates whose parts lie too far apart, or in several regions, to be kept whole."""

    grids: Sequence[Drawn]
    blocks: Blocks
    apart: tuple[str, ...]


def solve(ground: Ground, asked: Asked, told: Told = lambda done, total: None, processes: int = 1) -> Solved:
    """Grids of even work within every region; the same ground and wishes give the same grids.

    ``told(done, total)`` is called several times a second by one process; it may raise to stop. Raises Invalid where
    the ground or the wishes allow no grids at all.
    """
    told(0, len(ground.regions) + 1)
    blocks = blocks_of(ground, asked, lambda: told(0, len(ground.regions) + 1))
    patches = patches_of(ground, blocks)
    counts = apportioned([patch.total for patch in patches], asked.grids)
    labels = _searched(patches, counts, asked, told, processes)
    drawn = [
        grid
        for region, patch, label in zip(ground.regions, patches, labels, strict=True)
        for grid in _drawn(region.code, patch, label, blocks)
    ]
    return Solved(drawn, blocks, tuple(ground.sites.names[place] for place in sorted(blocks.apart)))


def _searched(
    patches: Sequence[Patch], counts: Sequence[int], asked: Asked, told: Told, processes: int
) -> list[list[int]]:
    work = list(zip(patches, counts, range(len(patches)), strict=True))
    total = len(work) + 1
    if processes > 1:
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            found = []
            for done, label in enumerate(pool.map(partial(_one, asked), work), start=2):
                told(done, total)
                found.append(label)
            return found
    found = []
    for done, each in enumerate(work, start=1):
        found.append(_one(asked, each, lambda done=done: told(done, total)))  # type: ignore[misc]
    return found


def _one(asked: Asked, each: tuple[Patch, int, int], told: Callable[[], None] = lambda: None) -> list[int]:
    patch, count, place = each
    rng = Random(f"{asked.seed} {place}")
    return divided(patch, count, asked.tolerance, asked.keep, rng, asked.effort, told)


def _drawn(region: str, patch: Patch, label: Sequence[int], blocks: Blocks) -> list[Drawn]:
    codes: Mapping[int, str] = codes_of(patch, label)
    faces: dict[int, list[int]] = {}
    for face, block in enumerate(blocks.block.tolist()):
        faces.setdefault(block, []).append(face)
    found = []
    for grid, own in groups(label).items():
        members = tuple(patch.block[block] for block in own)
        shapes = blocks.faces.shapes[np.array([face for block in members for face in faces[block]], np.int64)]
        found.append(Drawn(codes[grid], region, shapely.union_all(shapes), members))
    return found
