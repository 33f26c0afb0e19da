"""Demand against supply by community, the gaps ranked, on a map."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.places.queries import Level, area_words, areas
from huying.services.queries import Balances, balances_for
from huying.web.case.lists import filters
from huying.web.components import MapPoint, MapView, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import SERVICE_DEMAND, address_of

_SHOWN: Final = 200


@guarded(P.SERVICE_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Ninety days: what was asked for, what there were places for."""
    actor, category = request.actor, request.GET.get("category", "")[:12]
    found = balances_for(actor, request.now, category)
    context = {
        "found": found,
        "lines": [(one, area_words(actor.district, one.community)) for one in found.rows[:_SHOWN]],
        "questions": [
            filters.choice(request.GET, "category", _("类别"), [(name, name) for name in found.categories])
        ],
        "map": _map(request, found),
        "export": address_of(SERVICE_DEMAND, request),
    }
    return render(request, "services/demand.html", context)


def _map(request: StaffRequest, found: Balances) -> MapView:
    gaps: dict[str, float] = {}
    for one in found.rows:
        gaps[one.community] = gaps.get(one.community, 0.0) + max(0.0, one.gap)
    points = [
        MapPoint(
            row.lon, row.lat, f"{row.name} {gaps[row.code]:.0f}", "", Tone.AMBER if gaps[row.code] >= 1 else Tone.ACCENT,
            _("缺口"), mark="area",
        )
        for row in areas(request.actor.district, Level.COMMUNITY)
        if row.code in gaps and row.lon is not None and row.lat is not None
    ]  # fmt: skip
    source = {"areas": reverse("service:communities")}
    return MapView("demand", _("各社区约不上的"), source, points, None, 12.0, fit="areas")
