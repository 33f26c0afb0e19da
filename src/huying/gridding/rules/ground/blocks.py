"""Everything about the ground that the search asks: blocks with their work, homes, ground and neighbours."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import shapely

from huying.geo.datums import Floats
from huying.geo.measure import METRES_PER_DEGREE, Plane
from huying.geo.shapes import centre
from huying.gridding.rules.given import Asked, Ground, Ints, Sites, summed
from huying.gridding.rules.ground.edges import Edges, Lines, edges_of
from huying.gridding.rules.ground.faces import Faces, cut, holding, trimmed
from huying.gridding.rules.ground.heavy import Load, cuts
from huying.gridding.rules.ground.joining import joined
from huying.gridding.rules.weighing import shares
from huying.kernel.errors import Invalid

#: How often heavy faces are looked for anew: a cut through a large one can leave parts that are heavy still.
_ROUNDS: Final = 2


@dataclass(frozen=True, slots=True)
class Blocks:
    """Faces and the block each belongs to; of every block its region, work (1 is a mean grid's), homes, square metres.

    ``pairs``: borders between blocks, as ``Edges``. ``site``: the block of each site, -1 where none. ``apart``: estates
    that could not be kept whole by themselves.
    """

    faces: Faces
    block: Ints
    region: Ints
    work: Floats
    homes: Floats
    areas: Floats
    spots: Floats
    pairs: Edges
    site: Ints
    apart: frozenset[int]

    @property
    def count(self) -> int:
        return len(self.region)


def blocks_of(ground: Ground, asked: Asked, told: Callable[[], None] = lambda: None) -> Blocks:
    """The ground in blocks. Raises Invalid where no region is drawn or nothing that counts is known."""
    if not ground.regions:
        raise Invalid("这里下面还没有画好边界的区域，请先导入边界。")
    plane = Plane(*centre([region.outline for region in ground.regions]))
    lines = Lines(list(ground.ways), plane)
    ways = trimmed(ground.ways, list(ground.sites.shapes.values()))
    faces = cut(ground.regions, ways)
    site, case = _held(faces, ground)
    for _round in range(_ROUNDS):
        told()
        more = cuts(faces, ground.sites, Load(_work(ground, asked, site, case)[0], site))
        if not more:
            break
        ways = [*ways, *more]
        faces = cut(ground.regions, ways)
        site, case = _held(faces, ground)
    told()
    edges = edges_of(faces.shapes, lines, plane)
    areas = shapely.area(faces.shapes) * plane.across * METRES_PER_DEGREE
    both = joined(faces, edges, areas, ground.sites, site)
    told()
    return _gathered(ground, asked, faces, edges, areas, (site, case), both.block, both.apart)


def _held(faces: Faces, ground: Ground) -> tuple[Ints, Ints]:
    sites = ground.sites
    return holding(faces, sites.lons, sites.lats), holding(faces, *ground.cases)


def _work(ground: Ground, asked: Asked, site: Ints, case: Ints) -> tuple[Floats, Floats]:
    """The work of each site and of each case, in grids."""
    sites, known = ground.sites, site >= 0
    counts: Mapping[str, Floats] = {
        "people": _with(sites.people * known, case),
        "homes": _with(sites.homes * known, case),
        "buildings": _with(sites.buildings * known, case),
        "shops": _with(sites.shops * known, case),
        "cases": np.concatenate([np.zeros(len(site)), np.where(case >= 0, 1.0, 0.0)]),
    }
    work = shares(asked.weights, counts) * asked.grids
    return work[: len(site)], work[len(site) :]


def _with(values: Floats, case: Ints) -> Floats:
    return np.concatenate([values, np.zeros(len(case))])


def _gathered(
    ground: Ground, asked: Asked, faces: Faces, edges: Edges, areas: Floats, held: tuple[Ints, Ints],
    block: Ints, apart: frozenset[int],
) -> Blocks:  # fmt: skip
    site, case = held
    count = int(block.max()) + 1 if len(block) else 0
    of_sites, of_cases = _work(ground, asked, site, case)
    region = np.zeros(count, np.int64)
    region[block] = faces.region
    work = _summed(block, site, of_sites, count) + _summed(block, case, of_cases, count)
    middles = shapely.get_coordinates(shapely.centroid(faces.shapes))
    whole = summed(block, areas, count)
    spots = np.column_stack([summed(block, middles[:, axis] * areas, count) / whole for axis in (0, 1)])
    known = site >= 0
    own = np.full(len(site), -1, np.int64)
    own[known] = block[site[known]]
    return Blocks(
        faces=faces, block=block, region=region, work=work,
        homes=_summed(block, site, _homes(ground.sites), count), areas=whole, spots=spots,
        pairs=_between(edges, block, count), site=own, apart=apart,
    )  # fmt: skip


def _homes(sites: Sites) -> Floats:
    """Homes, or where nobody counted them, people: what is moved when a border moves."""
    return sites.homes if sites.homes.sum() > 0 else sites.people


def _summed(block: Ints, face: Ints, values: Floats, count: int) -> Floats:
    """Values of faces, or of what lies in a face (-1: in none), by block."""
    known = face >= 0
    return summed(block[face[known]], values[known], count)


def _between(edges: Edges, block: Ints, count: int) -> Edges:
    """Borders of faces as borders of blocks; those within one block are gone."""
    one, other = block[edges.one], block[edges.other]
    out: npt.NDArray[np.bool_] = one != other
    low, high = np.minimum(one, other)[out], np.maximum(one, other)[out]
    pairs, place = np.unique(low * count + high, return_inverse=True)
    return Edges(
        pairs // max(1, count), pairs % max(1, count),
        summed(place, edges.metres[out], len(pairs)), summed(place, edges.along[out], len(pairs)),
        summed(block, edges.rim, count),
    )  # fmt: skip
