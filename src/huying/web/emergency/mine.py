"""What one's own account was alerted for: each leads to the page of that alert."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.emergency.queries import calls_of
from huying.emergency.queries.links import link_of
from huying.web.emergency.words import metres_words
from huying.web.guard import StaffRequest, signed_in


@signed_in()
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The alerts, newest first."""
    rows = [
        (
            one,
            _(one.what),
            metres_words(one.metres),
            reverse("respond:alert", args=[link_of(one.district, one.alert_id)]),
        )
        for one in calls_of(request.actor)
    ]
    return render(request, "emergency/mine.html", {"rows": rows})
