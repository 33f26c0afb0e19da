"""How the people answered: musters, speed, hours by community."""

from datetime import datetime, time, timedelta

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.places.queries import area_name
from huying.volunteers.queries import figures_for
from huying.volunteers.rules.crediting import hours
from huying.web.admin.asked import days_asked, since_of, until_of
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import VOLUNTEER_FIGURES, address_of
from huying.web.volunteers.words import span_short


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Of the days asked for; without any, this year."""
    since, until = span_of(request.GET, request.now)
    found = figures_for(request.actor, since, until)
    context = {
        "tab": "figures",
        "found": found,
        "share": f"{100 * found.answered / found.told:.0f}%" if found.told else "—",
        "first": span_short(found.first_seconds),
        "full": span_short(found.full_seconds),
        "hours": hours(found.minutes),
        "rows": [
            (row, area_name(request.actor.district, row.area), hours(row.minutes))
            for row in found.communities
        ],
        "questions": days_asked(request.GET),
        "since": since,
        "until": until - timedelta(days=1),
        "export": address_of(VOLUNTEER_FIGURES, request),
    }
    return render(request, "volunteers/figures.html", context)


def span_of(query: QueryDict, now: datetime) -> tuple[datetime, datetime]:
    """From the first day asked for to the end of the last one; without them from new year to today."""
    today = timezone.localdate(now)
    first = timezone.make_aware(datetime.combine(today.replace(month=1, day=1), time()))
    last = timezone.make_aware(datetime.combine(today + timedelta(days=1), time()))
    return since_of(query) or first, until_of(query) or last
