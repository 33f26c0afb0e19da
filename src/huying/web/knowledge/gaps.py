"""缺口: what people asked that no article answered, so that somebody writes it."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.knowledge.actions import settle_gaps
from huying.knowledge.queries import gap_for, gaps_for
from huying.knowledge.rules import GapKind
from huying.knowledge.rules.gaps import Group
from huying.web.admin.doing import pressed
from huying.web.case.lists import filters
from huying.web.guard import StaffRequest, guarded
from huying.web.knowledge.pages import tabs
from huying.web.taking import GAPS, address_of

_SHOWN = 60


@guarded(P.KNOWLEDGE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Questions without an article in groups, the most asked first."""
    groups = [
        (group, group.times_of(GapKind.BY_HAND), group.times_of(GapKind.NOT_FOUND))
        for group in gaps_asked(request.actor, request.GET)[:_SHOWN]
    ]
    kind = filters.choice(request.GET, "kind", _("来源"), filters.terms(list(GapKind)))
    context = {"groups": groups, "questions": [kind], "export": address_of(GAPS, request), **tabs(request)}
    return render(request, "knowledge/gaps.html", context)


def gaps_asked(actor: Actor, query: QueryDict) -> list[Group]:
    """The groups that an address asks for, the most asked first."""
    asked = query.get("kind", "")
    return gaps_for(actor, GapKind(asked) if asked in set(GapKind) else None)


@guarded(P.KNOWLEDGE_EDIT)
@require_POST
def settle(request: StaffRequest, number: int) -> HttpResponse:
    """The whole group needs no article."""

    def act() -> None:
        group = gap_for(request.actor, number)
        settle_gaps(request.actor, [one.id for one in group.members], request.now)

    return pressed(request, act, _("已从缺口里去掉。"), "knowledge:gaps")
