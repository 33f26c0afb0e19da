"""The outlines of the areas a reader works in, under the points of a map."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.kernel.errors import NotFound
from huying.places.queries import Level, area_features
from huying.web.guard import StaffRequest, guarded

_STREET = 9


@guarded(P.CASE_READ)
@require_GET
def outlines(request: StaffRequest) -> HttpResponse:
    """GeoJSON of the grids within the reader's street, of all communities for who sees the whole district."""
    scopes = sorted({grant.area for grant in request.actor.grants_for(P.CASE_READ)}, key=len)
    scope = scopes[0] if scopes and len(scopes[0]) >= _STREET else ""
    try:
        level = Level.GRID if scope else Level.COMMUNITY
        found = area_features(request.actor.district, level, scope=scope)
    except NotFound:
        found = {"type": "FeatureCollection", "features": []}
    response = JsonResponse(found, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "private, max-age=300"
    return response
