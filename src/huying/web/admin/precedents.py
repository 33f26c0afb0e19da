"""先例: rulings that bind like cases, and those that no longer do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.catalogue.queries import live_edition, live_list
from huying.loop.allocate.actions import revoke_precedent
from huying.loop.allocate.queries import precedents_for
from huying.people.queries import bodies
from huying.web.admin.doing import pressed
from huying.web.admin.wheres import area_words
from huying.web.guard import StaffRequest, guarded


@guarded(P.CATALOGUE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every precedent, newest first."""
    district = request.actor.district
    items = live_list(district).held.items if live_edition(district) is not None else {}
    names = {one.id: one.short_name or one.name for one in bodies(district, request.now)}
    rows = [
        {
            "precedent": one,
            "item": items[one.item].name if one.item in items else one.item,
            "area": area_words(district, one.area),
            "body": names.get(one.body_id, str(one.body_id)),
        }
        for one in precedents_for(request.actor)
    ]
    context = {
        "rows": rows,
        "may_revoke": request.actor.may(P.DISPUTE_RULE),
        "may_read": request.actor.may(P.CASE_READ),
    }
    return render(request, "admin/precedents.html", context)


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
