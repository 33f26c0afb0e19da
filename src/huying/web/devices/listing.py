"""The list of devices and where they stand."""

from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.devices.queries import Sought, counts_for, devices_for, ears_for, lasts_for
from huying.devices.rules.kinds import DeviceKind
from huying.web.admin.asked import number_of
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Filter, MapPoint, MapView, Pager, Tone
from huying.web.devices.words import Line, lines_of
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import DEVICES, address_of

PAGE: Final = 50
_STATES: Final = ("heard", "silent", "low", "retired")


@guarded(P.DEVICE_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The list as the address asks for it."""
    query, actor = request.GET, request.actor
    after = number_of(query.get("after", "")) or 0
    found = devices_for(actor, wanted_of(query), after=after, limit=PAGE + 1)
    rows = found[:PAGE]
    lines = lines_of(actor.district, rows, lasts_for(actor, [row.id for row in rows]))
    questions = _questions(request)
    counts = counts_for(actor)
    context = {
        "lines": lines,
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "counts": counts,
        "map": map_of(lines),
        "pager": Pager(
            previous=query_with(query, after="") if after else "",
            next=query_with(query, after=str(rows[-1].id)) if len(found) > PAGE else "",
            shown=len(rows),
        ),
        "export": address_of(DEVICES, request),
        "deaf": [one for one in ears_for(actor, request.now) if not one.hears],
        "may_edit": actor.may_everywhere(P.DEVICE_EDIT),
    }
    return render(request, "devices/index.html", context)


def wanted_of(query: QueryDict) -> Sought:
    """The filter an address asks for; what is not understood does not filter."""
    area, kind, state = query.get("area", ""), query.get("kind", ""), query.get("state", "")
    return Sought(
        kind=DeviceKind(kind) if kind in set(DeviceKind) else None,
        area=area if area.isascii() and area.isdigit() and len(area) <= 15 else "",
        body_id=number_of(query.get("body", "")),
        word=query.get("q", "").replace("\x00", "").strip()[:40],
        state=state if state in _STATES else "",
    )


def map_of(lines: list[Line]) -> MapView:
    """Those of the page that have a position, as points that open them."""
    points = [
        MapPoint(
            line.row.lon, line.row.lat, f"{_(line.row.kind.zh)} · {line.row.name}",
            reverse("device:one", args=[line.row.id]), Tone.AMBER if line.row.silent_at else Tone.ACCENT,
            line.state.text,
        )
        for line in lines
        if line.row.lon is not None and line.row.lat is not None
    ]  # fmt: skip
    middle = (points[0].lon, points[0].lat) if points else None
    return MapView("devices", _("设备在哪里"), {}, points, middle, 13.0)


def _questions(request: StaffRequest) -> list[Filter]:
    query, district = request.GET, request.actor.district
    states = list(zip(_STATES, (_("在线"), _("失联"), _("电量低"), _("已停用")), strict=True))
    return [
        Filter("q", _("编号、名称或地点"), "search", value=query.get("q", "")),
        filters.choice(query, "kind", _("类型"), filters.terms(list(DeviceKind))),
        *filters.shown(query, district, request.now, ("area", "body")),
        filters.choice(query, "state", _("状态"), states),
    ]
