"""Who lives where: estates on blocks of their own, houses on the others, shops everywhere, cases near people."""

from typing import Final

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from huying.geo.datums import Floats
from huying.gridding.rules.given import NO_ESTATE, Sites
from huying.simulate.bench.ground.mesh import Mesh

IN_ESTATES: Final = 0.75
#: Sizes of estates: log-normal about their mean, the largest held back.
_SIGMA, _LARGEST = 0.55, 6500
#: One estate in ten lies on two blocks, a road running through it.
_ON_TWO: Final = 0.1
_PER_HOME: Final = 2.7
_A_TOWER, _A_HOUSE = 130, 55
_INSET: Final = 0.88
_SHOPS_PER_HEAD: Final = 0.03


def settled(rng: np.random.Generator, mesh: Mesh, people: int, estates: int) -> Sites:
    """The sites of so many people, three quarters of them in so many estates."""
    rows: list[tuple[float, float, float, float, int]] = []
    outlines = _grounds(rng, mesh, estates)
    sizes = np.minimum(rng.lognormal(0, _SIGMA, len(outlines)), _LARGEST * estates / (IN_ESTATES * people))
    sizes *= IN_ESTATES * people / sizes.sum()
    for number, (shape, size) in enumerate(zip(outlines, sizes.tolist(), strict=True)):
        count = max(1, round(size / _A_TOWER))
        rows += [(*spot, size / count, 0.0, number) for spot in _spots(rng, shape, count)]
    rows += _houses(rng, mesh, outlines, (1 - IN_ESTATES) * people)
    rows += _shops(rng, mesh, people)
    held = np.array(rows, np.float64)
    built = held[:, 2] > 0
    return Sites(
        lons=held[:, 0], lats=held[:, 1], homes=np.round(held[:, 2] / _PER_HOME), people=np.round(held[:, 2]),
        buildings=built.astype(np.float64), shops=held[:, 3], estate=held[:, 4].astype(np.int64),
        names=[f"小区{number + 1}" for number in range(len(outlines))], shapes=dict(enumerate(outlines)),
    )  # fmt: skip


def _grounds(rng: np.random.Generator, mesh: Mesh, count: int) -> list[BaseGeometry]:
    """Outlines of estates: a block, or two with the road between them, drawn in a little from the kerb."""
    weight = mesh.dense * np.minimum(mesh.areas, 60_000) * (mesh.areas > 9_000)
    order = rng.choice(
        len(mesh.faces), size=len(mesh.faces), replace=False, p=(weight + 1e-9) / (weight + 1e-9).sum()
    )
    taken: set[int] = set()
    found: list[BaseGeometry] = []
    for face in order.tolist():
        if face in taken or len(found) == count:
            continue
        own = [face]
        free = [other for other in mesh.near[face] if other not in taken]
        if free and rng.random() < _ON_TWO:
            own.append(free[0])
        taken.update(own)
        found.append(_drawn_in(mesh, own))
    return found


def _drawn_in(mesh: Mesh, own: list[int]) -> BaseGeometry:
    """A hull within the blocks, a few metres from their edge."""
    whole = shapely.union_all(mesh.faces[own])
    inner = shapely.buffer(whole, -9 / 111_320.0, quad_segs=2)
    parts = shapely.get_parts(inner)
    return whole if not len(parts) else max(parts, key=lambda part: float(part.area))


def _spots(rng: np.random.Generator, shape: BaseGeometry, count: int) -> list[tuple[float, float]]:
    west, south, east, north = shape.bounds
    shapely.prepare(shape)
    found: list[tuple[float, float]] = []
    for _try in range(40):
        lons, lats = rng.uniform(west, east, 4 * count), rng.uniform(south, north, 4 * count)
        inside = shapely.contains_xy(shape, lons, lats)
        found += list(zip(lons[inside].tolist(), lats[inside].tolist(), strict=True))
        if len(found) >= count:
            return found[:count]
    spot = shapely.point_on_surface(shape)
    return [*found, *[(float(spot.x), float(spot.y))] * (count - len(found))]


def _houses(
    rng: np.random.Generator, mesh: Mesh, outlines: list[BaseGeometry], people: float
) -> list[tuple[float, float, float, float, int]]:
    """Houses of nobody's estate, on blocks that no estate stands on."""
    free = np.ones(len(mesh.faces), np.bool_)
    free[shapely.STRtree(mesh.faces).query(np.array(outlines, dtype=object), predicate="intersects")[1]] = (
        False
    )
    places = np.flatnonzero(free & (mesh.areas > 2_000))
    weight = mesh.dense[places] * mesh.areas[places] ** 0.8 * rng.lognormal(0, 0.7, len(places))
    counts = rng.multinomial(round(people / _A_HOUSE), weight / weight.sum())
    return [
        (*spot, float(_A_HOUSE), 0.0, NO_ESTATE)
        for face, count in zip(places.tolist(), counts.tolist(), strict=True)
        if count
        for spot in _spots(rng, mesh.faces[face], count)
    ]


def _shops(rng: np.random.Generator, mesh: Mesh, people: int) -> list[tuple[float, float, float, float, int]]:
    weight = mesh.dense * rng.lognormal(0, 1.0, len(mesh.faces))
    counts = rng.multinomial(round(people * _SHOPS_PER_HEAD), weight / weight.sum())
    spots = shapely.get_coordinates(shapely.point_on_surface(mesh.faces))
    return [
        (float(spots[face, 0]), float(spots[face, 1]), 0.0, float(count), NO_ESTATE)
        for face, count in enumerate(counts.tolist())
        if count
    ]


def cases(rng: np.random.Generator, sites: Sites, count: int) -> tuple[Floats, Floats]:
    """Where cases of the past lie: about where people live and trade, some places far more often than others."""
    weight = (sites.people + 20 * sites.shops) * rng.lognormal(0, 0.8, len(sites.people))
    place = rng.choice(len(weight), size=count, p=weight / weight.sum())
    off = rng.normal(0, 25 / 111_320.0, (2, count))
    return sites.lons[place] + off[0], sites.lats[place] + off[1]
