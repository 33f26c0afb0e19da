"""A plan's grids and today's as GeoJSON: for the map, and as a file to take away."""

from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.gridding.queries import plan_features, today_features
from huying.web.guard import StaffRequest, guarded


@guarded(P.AREA_EDIT)
@never_cache
@require_GET
def plan(request: StaffRequest, number: int) -> HttpResponse:
    """The plan's, to the last digit; ``?file`` gives them as a file."""
    response = JsonResponse(plan_features(request.actor, number), json_dumps_params={"ensure_ascii": False})
    if "file" in request.GET:
        response["Content-Disposition"] = f'attachment; filename="grid-plan-{number}.geojson"'
    return response


@guarded(P.AREA_EDIT)
@never_cache
@require_GET
def today(request: StaffRequest, number: int) -> HttpResponse:
    """Today's grids of the plan's scope."""
    return JsonResponse(today_features(request.actor, number), json_dumps_params={"ensure_ascii": False})
