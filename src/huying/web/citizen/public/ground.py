"""Roads, rivers, water and names under every map: one file, or tiles where a district is too large for one."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from huying.kernel.errors import NotFound
from huying.places.queries import districts, ground_features, ground_is_large, ground_tile
from huying.places.rules.tiles import FAR, NEAR
from huying.web.guard import public

_HOUR = 3600


def ground_source() -> str:
    """The address of the file, or of the tiles with ``{z}``, ``{x}`` and ``{y}`` for their numbers."""
    if not any(ground_is_large(one.code) for one in districts()):
        return reverse("citizen:ground")
    return reverse("citizen:ground_tile", args=[0, 0, 0]).replace("0/0/0", "{z}/{x}/{y}")


@public
@require_GET
@cache_control(public=True, max_age=_HOUR)
def whole(request: HttpRequest) -> HttpResponse:
    """All of it as GeoJSON."""
    features = [each for one in districts() for each in ground_features(one.code)["features"]]
    told = {"type": "FeatureCollection", "features": features}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@public
@require_GET
@cache_control(public=True, max_age=_HOUR)
def tile(request: HttpRequest, zoom: int, column: int, row: int) -> HttpResponse:
    """One vector tile; 204 where there is nothing to be seen, 404 for one that no map of ours asks for."""
    if not FAR <= zoom <= NEAR or max(column, row) >= 2**zoom:
        raise NotFound
    found = ground_tile(tuple(one.code for one in districts()), zoom, column, row)
    return HttpResponse(
        found, status=200 if found else 204, content_type="application/vnd.mapbox-vector-tile"
    )
