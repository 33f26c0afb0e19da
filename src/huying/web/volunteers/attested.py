"""志愿服务记录证明: what somebody gave, on paper; asked for by themselves or by the community they registered at."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.kernel.clock import now as present
from huying.kernel.errors import NotFound
from huying.places.queries import area_name
from huying.volunteers.actions import look_at
from huying.volunteers.queries import Own, gave_of, own_by_id
from huying.volunteers.rules.crediting import hours
from huying.web.admin.asked import since_of, until_of
from huying.web.guard import StaffRequest, guarded, public
from huying.web.volunteers.public.known import who


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_GET
def of_staff(request: StaffRequest, number: int) -> HttpResponse:
    """For who comes to the community's counter; the viewing is written down."""
    look_at(request.actor, number, request.now)
    own = own_by_id(request.actor.district, number)
    if own is None:
        raise NotFound("这位志愿者已经退出，资料已清除。")
    return _paper(request, own, request.now, "volunteers:person", request.actor.name)


@public
@never_cache
@require_GET
def of_own(request: HttpRequest) -> HttpResponse:
    """For themselves, on their phone."""
    own = who(request)
    return redirect("volunteer:enter") if own is None else _paper(request, own, present(), "volunteer:me", "")


def _paper(request: HttpRequest, own: Own, now: datetime, back: str, by: str) -> HttpResponse:
    since, until = since_of(request.GET), until_of(request.GET)
    rows = gave_of(own, now, since, until)
    context: dict[str, Any] = {
        "own": own,
        "rows": [(row, hours(row.minutes or 0)) for row in rows],
        "hours": hours(sum(row.minutes or 0 for row in rows)),
        "where": area_name(own.district, own.area),
        "back": back,
        "printed_at": now,
        "printed_by": by,
        "since": since,
        "until": until,
    }
    return render(request, "volunteers/attestation.html", context)
