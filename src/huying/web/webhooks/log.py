"""One delivery: what was sent, and what came back at each try."""

import json

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.web.guard import StaffRequest, guarded
from huying.web.webhooks.words import delivery_row
from huying.webhooks.queries import delivery_for, subscription_for


@guarded(P.WEBHOOK_EDIT)
@never_cache
@require_GET
def delivery(request: StaffRequest, number: int, delivery: int) -> HttpResponse:
    """The body as sent, and the answers."""
    found = delivery_for(request.actor, number, delivery)
    context = {
        "held": subscription_for(request.actor, number),
        "row": delivery_row(found),
        "body": json.dumps(json.loads(found.body), ensure_ascii=False, indent=2),
    }
    return render(request, "webhooks/delivery.html", context)
