"""The page: one sentence, the themes, where they are, and what was found in them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.figures.rules.periods import Period
from huying.loop.supervise.queries import whole_scope_for
from huying.places.queries import area_features, children, district
from huying.places.rules.levels import Level
from huying.reports.channels.addresses import address_within
from huying.reports.queries.insight import YEAR, Gathered, gathered, weeks_until
from huying.reports.rules.chance import Verdict
from huying.reports.rules.links import arrived
from huying.reports.rules.themes import WEEKS, Theme, risen
from huying.web.case.lists.lines import query_with
from huying.web.components import Chart, Chip, Column, MapPoint, MapView, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.insight.found import found_within
from huying.web.present.areas import COMMUNITY_DIGITS, path_of
from huying.web.reports.addresses import digits
from huying.web.taking import INSIGHT, address_of

_SHOWN: Final = 9
_DRAWN: Final = 3
_TONES: Final = {Verdict.UP: Tone.AMBER, Verdict.DOWN: Tone.GREEN, Verdict.LEVEL: Tone.PLAIN}
_LEVELS: Final = {6: Level.STREET, 9: Level.COMMUNITY, 12: Level.GRID}


@guarded(P.INSIGHT_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What came in within the reader's area in the last four weeks, beside the four before and a year ago."""
    found = gathered(request.actor, digits(request.GET.get("area", "")), request.now)
    area, told, where = found.scope.area, found.told, found.where
    steps, rising = path_of(request.actor, area, P.INSIGHT_READ), risen(told)
    context: dict[str, Any] = {
        "recent": found.recent,
        "path": [(name, query_with(request.GET, area=code)) for name, code in steps],
        "total": found.total,
        "total_href": address_within(arrived(found.recent, area)),
        "most": _theme(found, told[0]) if told else None,
        "risen": _theme(found, rising) if rising else None,
        "place": _place(request, found, where[0]) if where and where[0].now else None,
        "themes": [_theme(found, one) for one in told[:_SHOWN]],
        "more": len(told) - _SHOWN,
        "unsaid": found.unsaid,
        "unsaid_href": address_within(arrived(found.recent, area, item="-")),
        "places": [_place(request, found, one) for one in where],
        "nowhere": found.nowhere,
        "nowhere_href": address_within(arrived(found.recent, area, part="-")),
        "last_year": any(one.year_before for one in told),
        "chart": _chart(found),
        "map": _map(found),
        "found": found_within(request, area),
        "export": address_of(INSIGHT, request),
    }
    return render(request, "insight/index.html", context)


@guarded(P.INSIGHT_READ)
@require_GET
def borders(request: StaffRequest) -> HttpResponse:
    """Outlines of the areas right below the one asked for, as GeoJSON."""
    scope = whole_scope_for(request.actor, digits(request.GET.get("area", "")), P.INSIGHT_READ)
    response = JsonResponse(area_features(scope.district, _LEVELS[len(scope.area)], scope=scope.area))
    response["Cache-Control"] = "private, max-age=300"
    return response


def _theme(found: Gathered, one: Theme) -> Mapping[str, Any]:
    return {"name": found.item_name(one.key), **_compared(found, one, item=one.key)}


def _place(request: StaffRequest, found: Gathered, one: Theme) -> Mapping[str, Any]:
    inside = query_with(request.GET, area=one.key) if len(one.key) <= COMMUNITY_DIGITS else ""
    return {"name": found.place_name(one.key), "inside": inside, **_compared(found, one, part=one.key)}


def _compared(found: Gathered, one: Theme, **of: str) -> Mapping[str, Any]:
    """Three counts, each with the address of its cases, and what the comparison carries."""
    area, recent = found.scope.area, found.recent
    then = Period(recent.first - YEAR, recent.last - YEAR)
    return {
        "now": one.now,
        "href": address_within(arrived(recent, area, **of)),
        "before": one.before,
        "past_href": address_within(arrived(found.past, area, **of)),
        "year_before": one.year_before,
        "year_href": address_within(arrived(then, area, **of)),
        "change": f"{one.change:+d}" if one.change else "0",
        "chip": Chip(_(one.verdict.zh), _TONES[one.verdict], one.verdict.value),
    }


def _chart(found: Gathered) -> Chart:
    """The themes most told of, week by week; a week opens to all that came in then."""
    until = found.recent.last
    weeks = [weeks_until(until - timedelta(weeks=back), 1) for back in range(WEEKS - 1, -1, -1)]
    columns = [Column(found.item_name(one.key), list(one.weeks)) for one in found.told[:_DRAWN]]
    return Chart(
        "themes", _("近 12 周说得最多的"), "line", [f"{one.first.month}-{one.first.day}" for one in weeks], columns,
        unit=_("件"), axis=_("周（起始日）"),
        links=[address_within(arrived(one, found.scope.area)) for one in weeks],
    )  # fmt: skip


def _map(found: Gathered) -> MapView:
    code, area = found.scope.district, found.scope.area
    by_code = {one.code: one for one in children(code, area)}
    points = [
        MapPoint(
            place.lon, place.lat, f"{place.name} {one.now}", address_within(arrived(found.recent, area, part=one.key)),
            Tone.AMBER if one.verdict is Verdict.UP else Tone.ACCENT, _(one.verdict.zh), mark="area",
        )
        for one in found.where
        if (place := by_code.get(one.key)) is not None and place.lon is not None and place.lat is not None
    ]  # fmt: skip
    row = district(code)
    centre = (points[0].lon, points[0].lat) if points else None
    if centre is None and row.lon is not None and row.lat is not None:
        centre = (row.lon, row.lat)
    source = f"{reverse('insight:borders')}?area={area}"
    return MapView(
        "insight", _("近四周的诉求"), {"areas": source}, points, centre, 9.0 + len(area) / 3, fit="areas"
    )
