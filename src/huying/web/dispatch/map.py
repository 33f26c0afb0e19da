"""The queue as points on a map beside the list, with the grids it lies in."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.clocks import Lamp
from huying.cases.queries.lists.queue import queue_for
from huying.places.queries import area_name
from huying.teams.queries import on_duty_within
from huying.web.case.lists.lines import query_choosing
from huying.web.components import MapPoint, MapView, Tone
from huying.web.dispatch.queue import wanted_of
from huying.web.guard import StaffRequest, guarded
from huying.web.present.places import by_area, duty_href, widest_of

_MOST = 200
_TONES = {Lamp.RED: Tone.RED, Lamp.YELLOW: Tone.AMBER, Lamp.GREEN: Tone.GREEN}


@guarded(P.CASE_DISPATCH, P.CASE_HAND_UP)
@never_cache
@require_GET
def part(request: StaffRequest) -> HttpResponse:
    """The most urgent cases of the list that have a place; each opens beside it."""
    found = queue_for(request.actor, wanted_of(request.actor, request.GET), request.now, limit=_MOST)
    choosing = query_choosing(request.GET, "case")
    desk = reverse("dispatch:index")
    points = [
        MapPoint(
            line.lon, line.lat, line.title, f"{desk}{choosing(line.number)}", _TONES.get(line.lamp, Tone.ACCENT),
            line.area_name,
        )
        for line in found.lines
        if line.lon is not None and line.lat is not None
    ]  # fmt: skip
    points += _duty(request)
    view = MapView("desk-map", _("地图"), {"grids": reverse("case:areas")}, points, fit="grids")
    nowhere = sum(line.lon is None for line in found.lines)
    return render(
        request,
        "dispatch/map.html",
        {"map": view, "nowhere": nowhere, "more": bool(found.after), "most": _MOST},
    )


def _duty(request: StaffRequest) -> list[MapPoint]:
    """Who is on duty where, in the area of the reader's post: at the place where the area's name is written."""
    actor, area = request.actor, widest_of(request.actor)
    if not actor.may(P.TEAM_READ):
        return []
    found = on_duty_within(actor, area, request.now)
    return [
        MapPoint(
            lon, lat, "、".join(names), duty_href(code), note=area_name(actor.district, code), mark="duty"
        )
        for code, lon, lat, names in by_area(actor, found)
    ]
