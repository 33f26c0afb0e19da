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
from huying.web.case.lines import query_choosing
from huying.web.components import MapPoint, MapView, Tone
from huying.web.dispatch.queue import wanted_of
from huying.web.guard import StaffRequest, guarded

_MOST = 200
_TONES = {Lamp.RED: Tone.RED, Lamp.YELLOW: Tone.AMBER, Lamp.GREEN: Tone.GREEN}


@guarded(P.CASE_DISPATCH, P.CASE_HAND_UP)
@never_cache
@require_GET
def part(request: StaffRequest) -> HttpResponse:
    """The most urgent cases of the list that have a place; each opens beside it."""
    found = queue_for(request.actor, wanted_of(request), request.now, limit=_MOST)
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
    view = MapView("desk-map", _("地图"), {"grids": reverse("case:areas")}, points)
    nowhere = sum(line.lon is None for line in found.lines)
    return render(
        request,
        "dispatch/map.html",
        {"map": view, "nowhere": nowhere, "more": bool(found.after), "most": _MOST},
    )
