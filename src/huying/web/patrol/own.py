"""Whose session this is, and what goes along into the street."""

from typing import Any

from django.http import HttpResponseBase
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.notices.queries import unread_count
from huying.patrol.queries import CheckInfo, FindInfo, TourInfo, open_tour_of, pack_for, tour_with
from huying.web.guard import StaffRequest, guarded
from huying.web.patrol.answering import answer, in_json
from huying.web.patrol.asked import key_of


@guarded(P.PATROL_WALK)
@never_cache
@require_GET
@in_json
def here(request: StaffRequest) -> HttpResponseBase:
    """Who is signed in, the token their requests carry, our clock, and how the tour stands that the phone knows."""
    asked = key_of(request.GET.get("tour", ""))
    tour = tour_with(request.actor, asked) if asked is not None else open_tour_of(request.actor)
    return answer(
        {
            "account": request.actor.account_id,
            "name": request.actor.name,
            "token": get_token(request),
            "now": request.now,
            "tour": _tour(tour) if tour is not None else None,
            "unread": unread_count(request.actor.account_id or 0),
        }
    )


@guarded(P.PATROL_WALK)
@never_cache
@require_GET
@in_json
def pack(request: StaffRequest) -> HttpResponseBase:
    """Everything that a day without a signal needs."""
    found = pack_for(request.actor, request.now)
    return answer(
        {
            "at": request.now,
            "home": {"code": found.home, "name": found.home_name},
            "may_fix": found.body_id is not None,
            "checks": [told_of(one) for one in found.checks],
            "orders": [
                {
                    "number": line.number, "title": line.title, "state": _(line.state.zh), "where": line.area_name,
                    "due_at": line.due_at, "lon": line.lon, "lat": line.lat,
                    "href": reverse("case:page", args=[line.number]),
                }
                for line in found.orders
            ],
            "finds": [_find(one) for one in found.finds],
            "items": found.items,
        }
    )  # fmt: skip


def told_of(one: CheckInfo) -> dict[str, Any]:
    """One task as the phone keeps it."""
    return {
        "id": one.id, "kind": one.kind, "kind_words": _(one.kind.zh), "title": one.title, "where": one.place_text,
        "words": one.words, "due_at": one.due_at, "version": one.version, "asked_by": one.asked_by, "lon": one.lon,
        "lat": one.lat, "withdrawn": one.withdrawn_at is not None, "answer": one.answer, "note": one.note,
        "answered_by": one.answered_by, "answered_at": one.answered_at, "number": one.number,
    }  # fmt: skip


def _find(one: FindInfo) -> dict[str, Any]:
    return {
        "key": one.key, "kind": one.kind, "title": one.title, "number": one.number, "state": _(one.state.zh),
        "found_at": one.found_at, "arrived_at": one.arrived_at,
    }  # fmt: skip


def _tour(one: TourInfo) -> dict[str, Any]:
    return {
        "key": str(one.key), "started_at": one.started_at, "ended_at": one.ended_at, "ended_by": one.ended_by,
    }  # fmt: skip
