"""The cards: a list of all, and one while it runs; what changes is asked for again by itself."""

from dataclasses import dataclass
from typing import Any, Final
from uuid import uuid4

from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.emergency.queries import AlertRow, CardFilter, CardLine, CardWhole, card_for, cards_for, plans_of
from huying.emergency.rules.kinds import Source
from huying.kernel.numbers import parse_case_number
from huying.places.queries import area_name
from huying.residents.queries import guarded_at
from huying.web.admin.asked import number_of, since_of, until_of
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Chip, Filter, MapPoint, MapView, Pager, Tone
from huying.web.emergency.files import NoteForm
from huying.web.emergency.leading import OutsideForm, OverForm
from huying.web.emergency.words import answer_chip, line_of, metres_words, seconds_words, waits_for
from huying.web.guard import StaffRequest, guarded
from huying.web.present.filmed import Line as VideoLine
from huying.web.present.filmed import of_case
from huying.web.taking import EMERGENCIES, address_of

PAGE: Final = 50
_STATES: Final = {"open": True, "over": False}


@dataclass(frozen=True, slots=True)
class Row:
    """A card in the list."""

    line: CardLine
    where: str
    first_yes: str
    first_there: str


@dataclass(frozen=True, slots=True)
class Answering:
    """One alerted responder on the card: how far, what they said, and where their number is asked for."""

    row: AlertRow
    far: str
    chip: Chip
    seconds: str
    there: str
    call: str


@guarded(P.EMERGENCY_READ, P.EMERGENCY_OPEN)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The cards as the address asks for them, the newest first."""
    query, before = request.GET, number_of(request.GET.get("before", ""))
    found = cards_for(request.actor, wanted_of(query), before=before, limit=PAGE + 1)
    rows, more = found[:PAGE], len(found) > PAGE
    questions = _questions(request)
    context = {
        "rows": [row_of(request.actor, line) for line in rows],
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "pager": Pager(
            previous=query_with(query, before="") if before else "",
            next=query_with(query, before=str(rows[-1].id)) if more else "",
            shown=len(rows),
        ),
        "export": address_of(EMERGENCIES, request),
        "may_open": request.actor.may(P.EMERGENCY_OPEN),
        "may_see_people": request.actor.may(P.RESPONDER_READ),
    }
    return render(request, "emergency/index.html", context)


def wanted_of(query: QueryDict) -> CardFilter:
    """The filter an address asks for; what is not understood does not filter."""
    area = query.get("area", "")
    return CardFilter(
        open=_STATES.get(query.get("state", "")),
        kind=query.get("kind", "")[:20],
        area=area if area.isascii() and area.isdigit() and len(area) <= 15 else "",
        since=since_of(query),
        until=until_of(query),
    )


def row_of(actor: Actor, line: CardLine) -> Row:
    """A card with its place and spans in words."""
    where = line.place_text or area_name(actor.district, line.area)
    return Row(line, where, seconds_words(line.first_yes), seconds_words(line.first_there))


@guarded(P.EMERGENCY_READ, P.EMERGENCY_OPEN)
@never_cache
@require_GET
def card(request: StaffRequest, number: int) -> HttpResponse:
    """The whole card."""
    return render(request, "emergency/card.html", context_of(request, card_for(request.actor, number)))


@guarded(P.EMERGENCY_READ, P.EMERGENCY_OPEN)
@never_cache
@require_GET
def now(request: StaffRequest, number: int) -> HttpResponse:
    """The parts of the card that change."""
    return render(request, "emergency/now.html", shown(request, card_for(request.actor, number)))


@guarded(P.EMERGENCY_READ, P.EMERGENCY_OPEN)
@never_cache
@require_GET
def points(request: StaffRequest, number: int) -> HttpResponse:
    """The scene and who was alerted, as points for a map that is open."""
    body = {"points": [_plain(point) for point in _points(card_for(request.actor, number))]}
    return JsonResponse(body, json_dumps_params={"ensure_ascii": False})


def context_of(request: StaffRequest, found: CardWhole, note: NoteForm | None = None) -> dict[str, Any]:
    """What the whole page draws; ``note`` is a form that came back."""
    return shown(request, found) | {
        "map": _map(found),
        "live": f"/live/emergencies?card={found.line.id}",
        "note": note or NoteForm(initial={"key": str(uuid4())}),
        "outside": OutsideForm(found.plan.lines),
        "over": OverForm(),
        "guarded": guarded_at(request.actor, found.line.id, request.now),
    }


def shown(request: StaffRequest, found: CardWhole) -> dict[str, Any]:
    """What card and its changing parts have in common."""
    may_call = request.actor.may(P.RESPONDER_CALL)
    return {
        "card": found,
        "line": found.line,
        "where": area_name(request.actor.district, found.line.area),
        "waits": waits_for(found, request.now),
        "people": [answering(row, may_call, found.line.open) for row in found.alerts],
        "lines": [line_of(found.line.id, mark) for mark in found.marks],
        "first_yes": seconds_words(found.line.first_yes),
        "first_there": seconds_words(found.line.first_there),
        "rings_left": found.line.open and found.line.ring < len(found.plan.rings),
        "may_see_case": request.actor.may(P.CASE_READ),
        "videos": _videos(request, found.line),
        "may_muster": request.actor.may(P.MUSTER_RUN),
        "now": request.now,
    }


def _videos(request: StaffRequest, line: CardLine) -> list[VideoLine]:
    """What cameras told of it; asked only of a card that a device opened."""
    if line.source is not Source.DEVICE:
        return []
    return of_case(request.actor, parse_case_number(line.number)[1])


def answering(row: AlertRow, may_call: bool, running: bool) -> Answering:
    """An alerted responder in words."""
    call = reverse("emergency:phone", args=[row.responder_id]) if may_call else ""
    return Answering(
        row,
        metres_words(row.metres),
        answer_chip(row, running),
        seconds_words(row.seconds),
        seconds_words(row.there),
        call,
    )


def _map(found: CardWhole) -> MapView:
    line = found.line
    centre = (line.lon, line.lat) if line.lon is not None and line.lat is not None else None
    return MapView("card-map", _("现场和应急力量"), {}, _points(found), centre, zoom=14.5)


def _points(found: CardWhole) -> list[MapPoint]:
    line = found.line
    points = []
    if line.lon is not None and line.lat is not None:
        points.append(MapPoint(line.lon, line.lat, _("现场"), tone=Tone.RED, note=line.place_text))
    for row in found.alerts:
        chip = answer_chip(row, line.open)
        tone = Tone.GREEN if chip.tone is Tone.GREEN else Tone.ACCENT
        points.append(
            MapPoint(row.lon, row.lat, row.name, tone=tone, note=f"{metres_words(row.metres)} · {chip.text}")
        )
    return points


def _plain(point: MapPoint) -> dict[str, Any]:
    return {
        "lon": point.lon, "lat": point.lat, "label": point.label, "tone": point.tone.value, "note": point.note,
    }  # fmt: skip


def _questions(request: StaffRequest) -> list[Filter]:
    query, district = request.GET, request.actor.district
    kinds = [(plan.code, _(plan.name)) for plan in plans_of(district, ended=True)]
    return [
        filters.choice(query, "state", _("状态"), [("open", _("进行中")), ("over", _("已解除"))]),
        filters.choice(query, "kind", _("种类"), kinds),
        *filters.shown(query, district, request.now, ("area",)),
        Filter("since", _("报警自"), "date", value=query.get("since", "")),
        Filter("until", _("报警至"), "date", value=query.get("until", "")),
    ]
