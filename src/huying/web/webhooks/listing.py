"""Every subscription of the district."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.web.admin.annals import beside
from huying.web.guard import StaffRequest, guarded
from huying.web.webhooks.words import row_of
from huying.webhooks.queries import subscriptions_for, waiting_counts


@guarded(P.WEBHOOK_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Who is told, of what, and how that goes."""
    found = subscriptions_for(request.actor)
    standing = waiting_counts(request.actor.district)
    context = {
        "rows": [row_of(one, standing) for one in found],
        "changes": beside(request, Subject.WEBHOOK, limit=30),
    }
    return render(request, "webhooks/index.html", context)
