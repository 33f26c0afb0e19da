"""先例: rulings that bind like cases, and those that no longer do."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.catalogue.queries import live_edition, live_list
from huying.loop.allocate.actions import revoke_precedent
from huying.loop.allocate.queries import PrecedentInfo, precedents_for
from huying.people.queries import bodies
from huying.places.queries import area_name
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.case.lists import filters
from huying.web.components import Filter
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import PRECEDENTS, address_of


@dataclass(frozen=True, slots=True)
class Ruled:
    """A precedent with the names of what it says."""

    precedent: PrecedentInfo
    item: str
    area: str
    body: str


@guarded(P.CATALOGUE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Precedents as the address asks for them, newest first."""
    questions = _questions(request)
    context = {
        "rows": precedents_asked(request.actor, request.GET, request.now),
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "may_revoke": request.actor.may(P.DISPUTE_RULE),
        "changes": beside(request, Subject.PRECEDENT, limit=30),
        "may_read": request.actor.may(P.CASE_READ),
        "export": address_of(PRECEDENTS, request),
    }
    return render(request, "admin/precedents.html", context)


def precedents_asked(actor: Actor, query: QueryDict, now: datetime) -> list[Ruled]:
    """The precedents that an address asks for by words, street, unit and whether they hold, newest first."""
    district = actor.district
    items = live_list(district).held.items if live_edition(district) is not None else {}
    names = {one.id: one.short_name or one.name for one in bodies(district, now)}
    told = (
        Ruled(
            one,
            items[one.item].name if one.item in items else one.item,
            area_name(district, one.area),
            names.get(one.body_id, str(one.body_id)),
        )
        for one in precedents_for(actor)
    )
    return [one for one in told if _fits(one, query)]


def _fits(one: Ruled, query: QueryDict) -> bool:
    held, word = one.precedent, query.get("q", "").strip()[:40]
    revoked = {"holds": False, "revoked": True}.get(query.get("state", ""))
    return (
        held.area.startswith(query.get("area", ""))
        and query.get("body", "") in {"", str(held.body_id)}
        and revoked in {None, held.revoked_at is not None}
        and any(word in text for text in (one.item, held.grounds, held.case_number, held.ruled_by))
    )


def _questions(request: StaffRequest) -> list[Filter]:
    states = [("holds", _("有效")), ("revoked", _("已撤销"))]
    return [
        *filters.shown(request.GET, request.actor.district, request.now, ("q", "area", "body")),
        filters.choice(request.GET, "state", _("状态"), states),
    ]


@guarded(P.DISPUTE_RULE)
@require_POST
def revoke(request: StaffRequest, number: int) -> HttpResponse:
    """Let a precedent bind no longer."""
    return pressed(
        request,
        lambda: revoke_precedent(number, by=request.actor, now=request.now),
        _("先例已撤销，之后的案件不再按它派。"),
        "admin:precedents",
    )
