"""在岗: everybody on duty in an area, as a list and as points for a map."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.places.queries import area_name, area_path
from huying.teams.policy import scopes
from huying.teams.queries import on_duty_within
from huying.web.guard import StaffRequest, guarded
from huying.web.present.people import on_duty_people
from huying.web.present.places import by_area, duty_href, scope_of
from huying.web.taking import ON_DUTY, address_of


@guarded(P.TEAM_READ)
@never_cache
@require_GET
def now(request: StaffRequest) -> HttpResponse:
    """The list behind the number of the command screen, for whoever may see teams."""
    area = scope_of(request)
    found = on_duty_within(request.actor, area, request.now)
    context = {
        "people": on_duty_people(request.actor, found, _("在岗名单")),
        "where": area_name(request.actor.district, area),
        "path": _path(request.actor, area),
        "area": area,
        "export": address_of(ON_DUTY, request),
    }
    return render(request, "duty/now.html", context)


@guarded(P.TEAM_READ)
@never_cache
@require_GET
def points(request: StaffRequest) -> HttpResponse:
    """One point an area in which somebody is on duty, where the area's name is written; names and no numbers."""
    actor = request.actor
    found = on_duty_within(actor, scope_of(request), request.now)
    features = [
        {
            "type": "Feature",
            "properties": {
                "area": code,
                "count": len(names),
                "names": "、".join(names),
                "href": duty_href(code),
            },
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
        }
        for code, lon, lat, names in by_area(actor, found)
    ]
    body = {"type": "FeatureCollection", "people": len(found), "features": features}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def _path(actor: Actor, area: str) -> list[tuple[str, str, bool]]:
    names = area_path(actor.district, area)
    widest = min((len(one) for one in scopes(actor)), default=6)
    steps = zip(names, (6, 9, 12, 15), strict=False)
    return [
        (name, f"?area={area[:length]}", length == len(area)) for name, length in steps if length >= widest
    ]
