"""Seeing the number of somebody to call: one tap, no form, written down."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.teams.actions import call_member
from huying.teams.queries import member_for
from huying.web.guard import StaffRequest, guarded
from huying.web.returning import asked_back


@guarded(P.TEAM_CALL)
@never_cache
@require_POST
def phone(request: StaffRequest, number: int) -> HttpResponse:
    """The whole number in place of the masked one; a page of its own without scripts."""
    why = request.GET.get("for", "").strip()[:80] or _("联系")
    whole = call_member(request.actor, number, why, request.now)
    if "HX-Request" in request.headers:
        return render(request, "duty/number.html", {"whole": whole})
    person = member_for(request.actor, number, request.now)
    return render(
        request, "duty/phone.html", {"whole": whole, "person": person, "back": asked_back(request, "/duty/")}
    )
