"""The ground of a plan, gathered: regions, today's grids, ways, what stands there, past cases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from shapely.geometry.base import BaseGeometry

from huying.access.actor import Actor
from huying.cases.queries.lists.spots import spots_for
from huying.geo.datums import Floats
from huying.geo.index import OutlineIndex
from huying.geo.shapes import geometry_of
from huying.gridding.models import Site
from huying.gridding.policy import must_plan
from huying.gridding.rules.given import NO_ESTATE, Ground, Outlined, Sites
from huying.gridding.rules.kinds import SiteKind, Within
from huying.gridding.rules.wishes import Wishes
from huying.places.queries import AreaRow, Level, areas, courses, grid_digests

_COLUMNS = ("kind", "estate", "lon", "lat", "outline", "homes", "people", "buildings", "shops")


@dataclass(frozen=True, slots=True)
class Known:
    """The ground, the digests of the grids drawn on it today, communities, and the names of those not drawn yet."""

    ground: Ground
    base: Mapping[str, str]
    communities: Sequence[Outlined]
    undrawn: tuple[str, ...]


def known_of(actor: Actor, wishes: Wishes, now: datetime) -> Known:
    """What a plan of these wishes is drawn from. Raises Denied outside the actor's posts."""
    must_plan(actor, wishes.scope)
    district = actor.district
    wanted = _regions(district, wishes)
    regions = [_outlined(row) for row in wanted if row.outline is not None]
    codes = tuple(region.code for region in regions)
    today = (
        [
            _outlined(row)
            for row in areas(district, Level.GRID)
            if row.outline is not None and row.code.startswith(codes)
        ]
        if codes
        else []
    )
    communities = [
        _outlined(row) for row in _below(district, Level.COMMUNITY, wishes.scope) if row.outline is not None
    ]
    index = OutlineIndex([region.outline for region in regions])
    ground = Ground(
        regions, today, courses(district), _sites(district, index), _cases(actor, wishes, index, now)
    )
    base = {
        code: digest
        for code, digest in grid_digests(district, wishes.scope, now).items()
        if codes and code.startswith(codes)
    }
    return Known(ground, base, communities, tuple(row.name for row in wanted if row.outline is None))


def _regions(district: int, wishes: Wishes) -> list[AreaRow]:
    level = Level.STREET if wishes.within is Within.STREET and len(wishes.scope) < 12 else Level.COMMUNITY
    return _below(district, level, wishes.scope)


def _below(district: int, level: Level, scope: str) -> list[AreaRow]:
    return [row for row in areas(district, level) if row.code.startswith(scope)]


def _outlined(row: AreaRow) -> Outlined:
    assert row.outline is not None
    return Outlined(row.code, row.name, row.outline)


def _cases(actor: Actor, wishes: Wishes, index: OutlineIndex, now: datetime) -> tuple[Floats, Floats]:
    if not wishes.days or not wishes.weights.cases:
        return np.zeros(0), np.zeros(0)
    lons, lats = spots_for(actor, wishes.scope, now - timedelta(days=wishes.days)).since
    inside = index.containing(lons, lats) >= 0
    return lons[inside], lats[inside]


def _sites(district: int, index: OutlineIndex) -> Sites:
    """The district's sites within the regions; an estate is known by name and region."""
    rows = list(Site.objects.filter(district=district).order_by("id").values_list(*_COLUMNS))
    places = np.array([row[2:4] for row in rows], np.float64).reshape(-1, 2)
    region = index.containing(places[:, 0], places[:, 1])
    rows = [row for row, where in zip(rows, region.tolist(), strict=True) if where >= 0]
    where = region[region >= 0].tolist()
    names: dict[tuple[str, int], int] = {}
    estate = [
        names.setdefault((row[1], place), len(names)) if row[1] else NO_ESTATE
        for row, place in zip(rows, where, strict=True)
    ]
    shapes: dict[int, BaseGeometry] = {
        own: geometry_of(row[4]) for row, own in zip(rows, estate, strict=True) if row[4] and own >= 0
    }
    counts = _counts(rows, estate)
    return Sites(
        lons=places[region >= 0, 0], lats=places[region >= 0, 1],
        homes=counts[:, 0], people=counts[:, 1], buildings=counts[:, 2], shops=counts[:, 3],
        estate=np.array(estate, np.int64), names=[name for name, _place in names], shapes=shapes,
    )  # fmt: skip


def _counts(rows: Sequence[tuple[object, ...]], estate: Sequence[int]) -> Floats:
    counts = np.array([row[5:9] for row in rows], np.float64).reshape(-1, 4)
    kinds = [str(row[0]) for row in rows]
    told = {
        kind: {own for own, what in zip(estate, kinds, strict=True) if what == kind.value}
        for kind in (SiteKind.BUILDING, SiteKind.SHOP)
    }
    for place, (kind, own) in enumerate(zip(kinds, estate, strict=True)):
        if kind == SiteKind.ESTATE.value and own in told[SiteKind.BUILDING]:
            counts[place, :3] = 0
        if kind == SiteKind.ESTATE.value and own in told[SiteKind.SHOP]:
            counts[place, 3] = 0
    return counts
