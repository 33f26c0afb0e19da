"""What stands on the made ground, as counts of buildings and shops, and a plan of other grids for the first street."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

import shapely

from huying.access.roles import Role
from huying.geo.shapes import to_geojson
from huying.gridding.actions import ask_plan, draw, put_sites
from huying.gridding.rules.drafts import SiteDraft
from huying.gridding.rules.kinds import SiteKind, Within
from huying.gridding.rules.wishes import Wishes
from huying.simulate.land import Block, Land, Spot
from huying.simulate.loading.people import Crew
from huying.simulate.stories import Who

_PER_HOME: Final = 2.6
_ESTATES: Final = frozenset({"estate", "old_estate", "village"})
#: An estate's outline keeps off the kerb by this share of its size.
_INSET: Final = 0.94
_KEY: Final = UUID("6c0e7a52-4f0b-4a30-9f0e-2b7d5a1c9e11")
_EFFORT: Final = 0.5


def plan_grids(land: Land, crew: Crew, now: datetime) -> None:
    """Take the ground into the register, and have one plan drawn, that waits for somebody to decide."""
    by = crew.actor(Who(Role.ADMINISTRATOR, land.code))
    put_sites(by, _sites(land), now - timedelta(days=3), source="演示数据")
    street = land.of("street")[0]
    grids = sum(grid.code.startswith(street.code) for grid in land.of("grid"))
    wishes = Wishes(
        f"{street.name}按工作量调整", street.code, grids, Within.STREET, tolerance=15, keep=60, days=90
    )
    number = ask_plan(by, wishes, uuid5(_KEY, land.code), now - timedelta(hours=20), behind=False)
    draw(by, number, now - timedelta(hours=20), effort=_EFFORT)


def _sites(land: Land) -> Iterator[SiteDraft]:
    buildings: dict[str, list[Spot]] = defaultdict(list)
    by_name = {block.name: block for block in land.blocks}
    for spot in land.spots:
        if spot.kind == "building":
            buildings[_estate_of(spot, by_name)].append(spot)
    for block in land.blocks:
        yield from _block(block, buildings.get(block.name, []))


def _estate_of(spot: Spot, blocks: dict[str, Block]) -> str:
    """The block whose name the building's begins with."""
    return next((spot.name[:end] for end in range(len(spot.name), 1, -1) if spot.name[:end] in blocks), "")


def _block(block: Block, buildings: list[Spot]) -> Iterator[SiteDraft]:
    lon, lat = block.inside(0.5, 0.5)
    estate = block.name if block.use in _ESTATES else ""
    if estate:
        shape = to_geojson(_outline(block))
        yield SiteDraft(f"estate:{block.name}", SiteKind.ESTATE, lon, lat, block.name, estate, shape)
    each, more = divmod(block.homes, max(1, len(buildings)))
    for number, spot in enumerate(buildings):
        homes = each + (number < more)
        yield _building(spot.name, spot.lon, spot.lat, estate, homes)
    if not buildings and block.homes:
        yield _building(block.name, lon, lat, estate, block.homes)
    if block.shops:
        yield SiteDraft(
            f"shop:{block.name}", SiteKind.SHOP, lon, lat, f"{block.name}商铺", estate, shops=block.shops
        )


def _building(name: str, lon: float, lat: float, estate: str, homes: int) -> SiteDraft:
    told: dict[str, Any] = {"homes": homes, "people": round(homes * _PER_HOME), "buildings": 1}
    return SiteDraft(f"building:{name}"[:60], SiteKind.BUILDING, lon, lat, name, estate, **told)


def _outline(block: Block) -> shapely.Polygon:
    ring = shapely.Polygon(block.corners)
    middle = ring.centroid
    return shapely.transform(ring, lambda p: (p - [middle.x, middle.y]) * _INSET + [middle.x, middle.y])
