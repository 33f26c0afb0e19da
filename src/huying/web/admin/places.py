"""区划与网格: every area in force, as a list and on the map."""

from uuid import uuid4

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.places.queries import (
    ChangeRow,
    Level,
    area_features,
    area_history,
    area_path,
    areas,
    changes_for,
    children,
    district,
)
from huying.places.rules.changes import ChangeState
from huying.web.components import MapPoint, MapView
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import AREAS, address_of

_LEVELS = {9: Level.COMMUNITY, 12: Level.GRID}


@guarded(P.AREA_EDIT)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The areas below ``?in=``, streets without; each opens to its own."""
    code = request.actor.district
    within = request.GET.get("in", "")
    within = within if within.isascii() and within.isdigit() and len(within) in {9, 12, 15} else ""
    rows = areas(code, Level.STREET) if not within else children(code, within)
    row = district(code)
    points = [
        MapPoint(one.lon, one.lat, one.name, f"?in={one.code}", mark="area")
        for one in rows
        if one.lon is not None and one.lat is not None
    ]
    level = Level.STREET if not within else _LEVELS.get(len(within), Level.GRID)
    source = f"{reverse('admin:area_shapes')}?level={level.value}&in={within}"
    middle = points[len(points) // 2] if points else None
    centre = (middle.lon, middle.lat) if middle else None
    if centre is None and row.lon is not None and row.lat is not None:
        centre = (row.lon, row.lat)
    context = {
        "rows": [(one, len(children(code, one.code))) for one in rows],
        "path": _path(code, within),
        "within": within,
        "export": address_of(AREAS, request),
        "counts": [
            (_(each.zh), len(areas(code, each))) for each in (Level.STREET, Level.COMMUNITY, Level.GRID)
        ],
        "map": MapView(
            "areas", _("区划图"), {"areas": source}, points, centre, 11.0 + len(within) / 5, fit="areas"
        ),
        "redraws": bool(rows) and len(within) < 15,
        "parent": within or str(code),
        "once": uuid4(),
        "history": area_history(code, within) if within else [],
        "ahead": _ahead(request, within or str(code)),
    }
    return render(request, "admin/areas.html", context)


@guarded(P.AREA_EDIT)
@require_GET
def shapes(request: StaffRequest) -> HttpResponse:
    """Outlines of one level within a prefix, for the map."""
    level, within = request.GET.get("level", ""), request.GET.get("in", "")
    wanted = Level(level) if level in set(Level) else Level.STREET
    scope = within if within.isascii() and within.isdigit() else ""
    response = JsonResponse(area_features(request.actor.district, wanted, scope=scope))
    response["Cache-Control"] = "private, max-age=300"
    return response


def _ahead(request: StaffRequest, parent: str) -> list[ChangeRow]:
    """Changes of these very borders that are being drawn up or wait for their day."""
    return [
        one
        for one in changes_for(request.actor, parent)
        if one.parent == parent
        and (
            one.state is ChangeState.DRAFT
            or (one.state is ChangeState.IN_FORCE and one.valid_from and one.valid_from > request.now)
        )
    ]


def _path(code: int, within: str) -> list[tuple[str, str]]:
    """(name, prefix) of the areas above, the district first."""
    lengths = [length for length in (9, 12, 15) if length <= len(within)]
    names = area_path(code, within) if within else area_path(code, str(code))
    return [(names[0] if names else str(code), "")] + [
        (name, within[:length]) for name, length in zip(names[1:], lengths, strict=False)
    ]
