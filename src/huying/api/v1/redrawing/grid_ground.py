"""网格底数: buildings, estates and shops from which plans of grids are drawn; numbers, no names of people."""

from typing import Any

from ninja import Router

from huying.access.permissions import Permission
from huying.api.v1.interface import AskedRequest, must
from huying.api.v1.redrawing.plan_shapes import GroundStock, SitesCounted, SitesGiven
from huying.geo.datums import convert
from huying.gridding.actions import clear_sites, put_sites
from huying.gridding.queries import Stock, stock_of
from huying.gridding.rules.drafts import SiteDraft
from huying.gridding.rules.kinds import SiteKind
from huying.kernel.errors import NotFound

router = Router(tags=["网格调整方案"])
_OWN = ("name", "estate", "homes", "people", "buildings", "shops")


@router.get("/grid-ground", response=GroundStock, summary="网格底数")
def stock(request: AskedRequest) -> Stock:
    """How much is known of the ground in the district."""
    must(request.actor, Permission.AREA_EDIT)
    return stock_of(request.actor)


@router.post("/grid-ground", response=SitesCounted, summary="登记网格底数")
def put(request: AskedRequest, given: SitesGiven) -> dict[str, Any]:
    """Buildings, estates or shops, at most 2,000 at once; the same key again brings it up to date."""
    must(request.actor, Permission.AREA_EDIT)
    drafts = []
    for one in given.sites:
        lon, lat = convert(one.lon, one.lat, given.datum)
        said: dict[str, Any] = {name: getattr(one, name) for name in _OWN}
        drafts.append(SiteDraft(f"{one.kind.value}:{one.key}"[:60], one.kind, lon, lat, **said))
    return {"count": put_sites(request.actor, drafts, request.now, source="API")}


@router.delete("/grid-ground/{kind}", response=SitesCounted, summary="清空一类网格底数")
def cleared(request: AskedRequest, kind: str) -> dict[str, Any]:
    """Take away all of a kind (building, estate, shop), before they are brought anew."""
    must(request.actor, Permission.AREA_EDIT)
    if kind not in set(SiteKind):
        raise NotFound
    return {"count": clear_sites(request.actor, SiteKind(kind), request.now)}
