"""The screen, its parts that are asked for again, the borders of its map, and its numbers opened."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.desks.happenings import Happening, recent_for
from huying.figures.queries import behind_for
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.loop.supervise.queries import Scope, scope_for
from huying.loop.supervise.rules.cuts import Cut
from huying.places.queries import Level, area_features, area_path, district
from huying.web.case.lines import page_address, query_with, row_of
from huying.web.case.words import button_words
from huying.web.command.addresses import Addresses
from huying.web.command.situation import Situation, situation_for
from huying.web.components import MapView
from huying.web.guard import StaffRequest, guarded

# The stream is no page of Django's (site.front.native).
_LIVE: Final = "/live/cases"
# Seconds for which what was reckoned for some posts is shown to all who hold the same: a thousand screens that
# hear of one case ask all at once.
_SHARED: Final = 2
_HAPPENINGS: Final = 40
_COUNTED: Final = (
    Measure.RECEIVED,
    Measure.FILED,
    Measure.CLOSED,
    Measure.HANDLE_IN_TIME,
    Measure.HANDLE_LATE,
)


@dataclass(frozen=True, slots=True)
class Told:
    """A happening in words."""

    one: Happening
    said: str
    href: str


@guarded(P.BOARD_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The whole screen; without scripts it is a page that is loaded again."""
    scope = _scope(request)
    # First, so that whatever happens while the rest is reckoned is told by the stream.
    end, heard = recent_for(request.actor, scope.area, request.now, _HAPPENINGS)
    to, asked = Addresses(scope), urlencode({"area": scope.area})
    context = {
        "stands": _stands(request, scope.area),
        "path": _path(request, scope.area),
        "told": [_told(one) for one in heard],
        "live": f"{_LIVE}?{asked}",
        "since": "-".join(map(str, end)),
        "now": f"{reverse('command:now')}?{asked}",
        "map": _map(request, scope.area),
        "points": f"{reverse('case:points')}?{urlencode({'area': to.part})}",
        "list": to.open(),
    }
    return render(request, "command/index.html", context)


@guarded(P.BOARD_READ)
@never_cache
@require_GET
def now(request: StaffRequest) -> HttpResponse:
    """What is reckoned, as it stands now."""
    return render(request, "command/now.html", {"stands": _stands(request, _scope(request).area)})


@guarded(P.BOARD_READ)
@require_GET
def borders(request: StaffRequest) -> HttpResponse:
    """Outlines of the streets, or of the communities of ``?area=`` as GeoJSON."""
    scope = _scope(request)
    level = Level.STREET if len(scope.area) <= 6 else Level.COMMUNITY
    response = JsonResponse(area_features(request.actor.district, level, scope=scope.area))
    response["Cache-Control"] = "private, max-age=300"
    return response


@guarded(P.BOARD_READ)
@require_GET
def counted(request: StaffRequest) -> HttpResponse:
    """The cases behind one of today's numbers, newest first."""
    asked = request.GET
    chosen = asked.get("measure", "")
    measure = Measure(chosen) if chosen in {one.value for one in _COUNTED} else Measure.RECEIVED
    cut = Cut(asked.get("by", "")) if asked.get("by") in {Cut.AREA, Cut.ITEM} else Cut.ALL
    today = timezone.localdate(request.now)
    rows, after = behind_for(
        request.actor, Period.day(today), [measure], request.now, by=cut, key=asked.get("key", "")[:12],
        area=_digits(asked.get("area", "")), after=asked.get("after", ""),
    )  # fmt: skip
    context: dict[str, Any] = {
        "measure": _(measure.zh),
        "today": today,
        "rows": [row_of(one.line, request) for one in rows],
        "tabs": [
            (_(one.zh), query_with(asked, measure=one.value, after=""), one is measure) for one in _COUNTED
        ],
        "next": query_with(asked, after=after) if after else "",
    }
    return render(request, "command/counted.html", context)


def _scope(request: StaffRequest) -> Scope:
    return scope_for(request.actor, _digits(request.GET.get("area", "")), permission=P.BOARD_READ)


def _stands(request: StaffRequest, area: str) -> Situation:
    actor = request.actor
    # Whoever holds the same posts reads the same numbers.
    key = f"command:{actor.district}:{hash((actor.grants, area))}:{get_language()}"
    held: tuple[Any, Situation] | None = cache.get(key)
    if held is None or held[0] != (actor.grants, area):
        held = ((actor.grants, area), situation_for(actor, area, request.now))
        cache.set(key, held, _SHARED)
    return held[1]


def _told(one: Happening) -> Told:
    return Told(one, button_words(one.verb, one.outcome), page_address(one.number))


def _path(request: StaffRequest, area: str) -> list[tuple[str, str]]:
    """(name, address of its screen) from the widest area of the reader's posts down to the one shown."""
    names = area_path(request.actor.district, area)
    widest = len(scope_for(request.actor, permission=P.BOARD_READ).area)
    steps = [(name, area[:length]) for name, length in zip(names, (6, 9, 12), strict=False)]
    base = reverse("command:index")
    return [(name, f"{base}?area={code}") for name, code in steps if len(code) >= min(widest, len(area))]


def _map(request: StaffRequest, area: str) -> MapView:
    row = district(request.actor.district)
    centre = (row.lon, row.lat) if row.lon is not None and row.lat is not None else None
    source = f"{reverse('command:borders')}?area={area}"
    return MapView("wall-map", _("在办案件"), {"areas": source}, centre=centre, zoom=10.5 + len(area) / 6)


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) <= 12 else ""
