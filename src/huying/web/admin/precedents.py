"""先例: rulings that bind like cases, and those that no longer do."""

from collections.abc import Sequence
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
from huying.catalogue.rules.lines import ItemLine
from huying.loop.allocate.actions import revoke_precedent
from huying.loop.allocate.queries import PrecedentInfo, precedents_for
from huying.loop.allocate.queries.proposed import contradicting
from huying.people.queries import unit_names
from huying.places.queries import area_name
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.case.lists import filters
from huying.web.components import Filter
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import PRECEDENTS, address_of


@dataclass(frozen=True, slots=True)
class Ruled:
    """A precedent with the names of what it says; ``against`` are the cases of rulings that contradict it."""

    precedent: PrecedentInfo
    item: str
    condition: str
    area: str
    body: str
    against: Sequence[str] = ()


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
    names = unit_names(district)
    rows = precedents_for(actor)
    numbers = {one.id: one.case_number for one in rows}
    contrary = contradicting(actor)
    told = (
        Ruled(
            one,
            items[one.item].name if one.item in items else one.item,
            _condition(items.get(one.item), one.condition),
            area_name(district, one.area),
            names.get(one.body_id, str(one.body_id)),
            [numbers[other] for other in contrary.get(one.id, ())],
        )
        for one in rows
    )
    return [one for one in told if _fits(one, query)]


def _condition(line: ItemLine | None, number: int | None) -> str:
    """The filing condition in words, its number where the list does not hold it any more; "" for the whole item."""
    found = line.condition(number) if line and number is not None else None
    return found.text if found else str(number or "")


def _fits(one: Ruled, query: QueryDict) -> bool:
    held, word = one.precedent, query.get("q", "").strip()[:40]
    revoked = {"holds": False, "revoked": True}.get(query.get("state", ""))
    return (
        held.area.startswith(query.get("area", ""))
        and query.get("body", "") in {"", str(held.body_id)}
        and revoked in {None, held.revoked_at is not None}
        and (query.get("state") != "contrary" or bool(one.against))
        and any(word in text for text in (one.item, held.grounds, held.case_number, held.ruled_by))
    )


def _questions(request: StaffRequest) -> list[Filter]:
    states = [("holds", _("有效")), ("contrary", _("相互矛盾")), ("revoked", _("已撤销"))]
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
