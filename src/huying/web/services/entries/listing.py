"""The list of facilities and where they stand."""

from dataclasses import dataclass
from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.people.queries import unit_names
from huying.places.queries import area_words
from huying.services.queries import (
    FacilityInfo,
    SoughtFacilities,
    facilities_for,
    kind_names,
    kinds_of,
    open_reports,
    standings,
)
from huying.services.rules.kinds import Amenity
from huying.web.admin.asked import number_of
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Chip, Filter, MapPoint, MapView, Pager, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.services.words import amenity_words, open_chip
from huying.web.taking import FACILITIES, address_of

PAGE: Final = 50
_STATES: Final = ("unknown", "unchecked", "ended")


@dataclass(frozen=True, slots=True)
class Line:
    """One facility of a list."""

    row: FacilityInfo
    kind: str
    where: str
    keeper: str
    state: Chip
    has: list[str]


@guarded(P.SERVICE_READ, P.FACILITY_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The list as the address asks for it."""
    query, actor = request.GET, request.actor
    after = number_of(query.get("after", "")) or 0
    found = facilities_for(actor, wanted_of(query), after=after, limit=PAGE + 1)
    lines = lines_of(request, found[:PAGE])
    questions = _questions(request)
    context = {
        "lines": lines,
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "map": map_of(lines),
        "pager": Pager(
            previous=query_with(query, after="") if after else "",
            next=query_with(query, after=str(lines[-1].row.id)) if len(found) > PAGE else "",
            shown=len(lines),
        ),
        "export": address_of(FACILITIES, request),
        "may_edit": actor.may(P.FACILITY_EDIT),
        "may_set": actor.may_everywhere(P.FACILITY_EDIT),
        "wrong": open_reports(actor) if actor.may(P.FACILITY_EDIT) else 0,
    }
    return render(request, "services/facilities.html", context)


def lines_of(request: StaffRequest, rows: list[FacilityInfo]) -> list[Line]:
    """Rows in words; the same few queries for any number."""
    district = request.actor.district
    kinds, keepers = kind_names(district), unit_names(district)
    known = standings(district, rows, request.now)
    return [
        Line(
            row, _(kinds.get(row.kind, row.kind)), area_words(district, row.area), keepers.get(row.body_id or 0, ""),
            Chip(_("已撤下")) if row.ended_at else open_chip(known[row.id], request.now), amenity_words(row),
        )
        for row in rows
    ]  # fmt: skip


def wanted_of(query: QueryDict) -> SoughtFacilities:
    """The filter an address asks for; what is not understood does not filter."""
    area, need, state = query.get("area", ""), query.get("need", ""), query.get("state", "")
    return SoughtFacilities(
        kind=query.get("kind", "")[:24],
        area=area if area.isascii() and area.isdigit() and len(area) <= 15 else "",
        amenity=Amenity(need) if need in set(Amenity) else None,
        word=query.get("q", "").replace("\x00", "").strip()[:40],
        state=state if state in _STATES else "",
        own=query.get("own") == "1",
    )


def map_of(lines: list[Line]) -> MapView:
    """Those of the page, as points that open them."""
    points = [
        MapPoint(
            line.row.lon, line.row.lat, f"{line.kind} · {line.row.name}",
            reverse("facility:one", args=[line.row.id]), Tone.ACCENT, line.state.text,
        )
        for line in lines
    ]  # fmt: skip
    middle = (points[0].lon, points[0].lat) if points else None
    return MapView("facilities", _("设施在哪里"), {}, points, middle, 13.0)


def _questions(request: StaffRequest) -> list[Filter]:
    query, district = request.GET, request.actor.district
    states = list(zip(_STATES, (_("开放时间不详"), _("没有核对过"), _("已撤下")), strict=True))
    kinds = [(one.code, _(one.name)) for one in kinds_of(district)]
    return [
        Filter("q", _("名称或地址"), "search", value=query.get("q", "")),
        filters.choice(query, "kind", _("类型"), kinds),
        *filters.shown(query, district, request.now, ("area",)),
        filters.choice(query, "need", _("要有"), filters.terms(list(Amenity))),
        filters.choice(query, "state", _("情况"), states),
        filters.choice(query, "own", _("维护"), [("1", _("我维护的"))]),
    ]
