"""Buildings of the grids, and one of them flat by flat."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.residents.actions import end_building, put_building, put_use
from huying.residents.queries import BuildingInfo, building_for, buildings_for, flats_for
from huying.residents.rules.kinds import HomeUse
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Filter, MapPoint, MapView, Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.residents.forms import BuildingForm
from huying.web.residents.words import building_words, places_of
from huying.web.taking import BUILDINGS, address_of

PAGE: Final = 50


@guarded(P.RESIDENT_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The list as the address asks for it."""
    query, actor = request.GET, request.actor
    after = number_of(query.get("after", "")) or 0
    area, word = asked_of(request)
    found = buildings_for(actor, area, word, after, PAGE + 1)
    rows = found[:PAGE]
    questions = [
        Filter("q", _("小区、楼栋或地址"), "search", value=query.get("q", "")),
        filters.choice(query, "area", _("社区或网格"), places_of(actor, P.RESIDENT_READ)),
    ]
    context = {
        "rows": [(row, building_words(actor, row)) for row in rows],
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "pager": Pager(
            previous=query_with(query, after="") if after else "",
            next=query_with(query, after=str(rows[-1].id)) if len(found) > PAGE else "",
            shown=len(rows),
        ),
        "map": _map(rows),
        "export": address_of(BUILDINGS, request),
        "may_edit": actor.may(P.RESIDENT_EDIT),
    }
    return render(request, "residents/buildings.html", context)


@guarded(P.RESIDENT_READ)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """A building, flat by flat."""
    row = building_for(request.actor, number)
    context = {
        "row": row,
        "where": building_words(request.actor, row),
        "flats": flats_for(request.actor, number),
        "uses": [(use.value, _(use.zh)) for use in HomeUse],
        "map": _map([row]) if row.lon is not None else None,
    }
    return render(request, "residents/building.html", context)


@guarded(P.RESIDENT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new one."""
    return _edited(request, None)


@guarded(P.RESIDENT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, number: int) -> HttpResponse:
    """What is known of one."""
    return _edited(request, building_for(request.actor, number))


@guarded(P.RESIDENT_EDIT)
@require_POST
def end(request: StaffRequest, number: int) -> HttpResponse:
    """It stands no more."""
    return pressed(
        request,
        lambda: end_building(request.actor, number, request.now),
        _("已注销。"),
        "residents:building",
        number,
    )


@guarded(P.RESIDENT_EDIT)
@require_POST
def flats(request: StaffRequest, number: int) -> HttpResponse:
    """A flat and how it is used."""
    room, use = request.POST.get("room", "").replace("\x00", ""), request.POST.get("use", "")
    chosen = HomeUse(use) if use in set(HomeUse) else HomeUse.OWN
    return pressed(
        request, lambda: put_use(request.actor, number, room, chosen, request.now), _("已保存。"),
        "residents:building", number,
    )  # fmt: skip


def asked_of(request: StaffRequest) -> tuple[str, str]:
    """Area and word that an address asks for."""
    area = request.GET.get("area", "")
    word = request.GET.get("q", "").replace("\x00", "").strip()[:40]
    return (area if area.isascii() and area.isdigit() and len(area) <= 15 else ""), word


def _edited(request: StaffRequest, row: BuildingInfo | None) -> HttpResponse:
    form = BuildingForm(request.actor, request.POST if request.method == "POST" else None, row)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                number = put_building(request.actor, form.building(), request.now, row.id if row else None)
            except HuyingError as error:
                if error.status in (403, 404):
                    raise
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已保存。"), "residents:building", number)
    return render(request, "residents/building_edit.html", {"form": form, "row": row}, status=status)


def _map(rows: list[BuildingInfo]) -> MapView:
    points = [
        MapPoint(row.lon, row.lat, row.title, reverse("residents:building", args=[row.id]))
        for row in rows
        if row.lon is not None and row.lat is not None
    ]
    middle = (points[0].lon, points[0].lat) if points else None
    return MapView("buildings", _("楼栋在哪里"), {}, points, middle, 15.0)
