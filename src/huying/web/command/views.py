"""The screen, its parts that are asked for again, the borders of its map, and its numbers opened."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from django.core.cache import cache
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.cases.queries.desks.happenings import Happening, recent_for
from huying.figures.queries import Opened, behind_for
from huying.figures.rules.measures import Measure
from huying.figures.rules.periods import Period
from huying.loop.supervise.queries import Scope, scope_for
from huying.loop.supervise.rules.cuts import Cut
from huying.places.queries import Level, area_features, area_name, district
from huying.places.rules.names import public_words
from huying.web.case.lists.lines import page_address, query_with, row_of
from huying.web.case.words import button_words
from huying.web.command.addresses import Addresses
from huying.web.command.alarms import alarms_for
from huying.web.command.shown import Situation
from huying.web.command.situation import situation_for
from huying.web.components import MapView
from huying.web.guard import StaffRequest, guarded
from huying.web.present.areas import path_of
from huying.web.taking import COUNTED, address_of

# The stream is no page of Django's (site.front.native).
_LIVE: Final = "/live/cases"
# Seconds for which what was reckoned for some posts is shown to all who hold the same: a thousand screens that
# hear of one case ask all at once.
_SHARED: Final = 2
_HAPPENINGS: Final = 40
_COUNTED_PAGE: Final = 50
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
    where: str


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
        "posts": _posts(request, scope.area),
        "duty": f"{reverse('duty:points')}?{asked}" if request.actor.may(P.TEAM_READ) else "",
        "told": [_told(one) for one in heard],
        "live": f"{_LIVE}?{asked}",
        "since": "-".join(map(str, end)),
        "now": f"{reverse('command:now')}?{asked}",
        "map": _map(request, scope.area),
        "points": f"{reverse('case:points')}?{urlencode({'area': to.part})}",
        "list": to.open(),
        "bodies": to.bodies(),
    }
    context |= alarms_for(request, scope.area)
    return render(request, "command/index.html", context)


@guarded(P.BOARD_READ)
@never_cache
@require_GET
def now(request: StaffRequest) -> HttpResponse:
    """What is reckoned, as it stands now."""
    scope = _scope(request)
    context = {"stands": _stands(request, scope.area), "bodies": Addresses(scope).bodies()}
    context |= alarms_for(request, scope.area)
    return render(request, "command/now.html", context)


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
    asked, measure = request.GET, _measure(request.GET)
    rows, after = counted_today(request.actor, asked, request.now, asked.get("after", ""))
    context: dict[str, Any] = {
        "measure": _(measure.zh),
        "today": timezone.localdate(request.now),
        "export": address_of(COUNTED, request),
        "rows": [row_of(one.line, request) for one in rows],
        "tabs": [
            (_(one.zh), query_with(asked, measure=one.value, after=""), one is measure) for one in _COUNTED
        ],
        "next": query_with(asked, after=after) if after else "",
        "listed": "" if after or asked.get("after") else str(len(rows)),
    }
    return render(request, "command/counted.html", context)


def counted_today(
    actor: Actor, query: QueryDict, now: datetime, after: str, limit: int = _COUNTED_PAGE
) -> tuple[list[Opened], str]:
    """What was counted today in the cell an address names, and the next page's cursor."""
    cut = Cut(query.get("by", "")) if query.get("by") in {Cut.AREA, Cut.ITEM} else Cut.ALL
    return behind_for(
        actor, Period.day(timezone.localdate(now)), [_measure(query)], now, by=cut, key=query.get("key", "")[:12],
        area=_digits(query.get("area", "")), after=after, limit=limit,
    )  # fmt: skip


def _measure(query: QueryDict) -> Measure:
    chosen = query.get("measure", "")
    return Measure(chosen) if chosen in {one.value for one in _COUNTED} else Measure.RECEIVED


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
    # The grid matters to who goes there, not to a wall.
    where = public_words(one.area_name)
    return Told(one, button_words(one.verb, one.outcome), page_address(one.number), where)


def _path(request: StaffRequest, area: str) -> list[tuple[str, str]]:
    """(name, address of its screen) from the widest area of the reader's posts down to the one shown."""
    base = reverse("command:index")
    return [(name, f"{base}?area={code}") for name, code in path_of(request.actor, area, P.BOARD_READ)]


def _posts(request: StaffRequest, area: str) -> list[tuple[str, str, bool]]:
    """(name, address, whether it is the one shown) of the screen of each post, for who holds several."""
    district, base = request.actor.district, reverse("command:index")
    areas = {grant.area[:12] for grant in request.actor.grants_for(P.BOARD_READ)}
    held = sorted(areas, key=lambda one: (len(one), one))
    here = max((one for one in held if area.startswith(one)), key=len, default="")
    several = held if len(held) > 1 else []
    return [(area_name(district, one), f"{base}?area={one}", one == here) for one in several]


def _map(request: StaffRequest, area: str) -> MapView:
    row = district(request.actor.district)
    centre = (row.lon, row.lat) if row.lon is not None and row.lat is not None else None
    source = f"{reverse('command:borders')}?area={area}"
    return MapView("wall-map", _("在办案件"), {"areas": source}, centre=centre, zoom=10.5 + len(area) / 6)


def _digits(text: str) -> str:
    return text if text.isascii() and text.isdigit() and len(text) <= 12 else ""
