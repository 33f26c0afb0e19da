"""The order form 交办单: one case on paper, for who is told of it by hand and signs for it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import OrderRole, OrderState, Verb
from huying.cases.queries.page import CaseView
from huying.kernel.errors import NotFound
from huying.places.queries import area_path
from huying.web.case import finding
from huying.web.case.page import context_of
from huying.web.guard import StaffRequest, guarded

# More of them would take the second sheet; they say the same thing.
_MOST_SPEAKERS = 4
_REPLIED = {Verb.REPORT, Verb.ANSWER, Verb.REJECT}


@guarded(P.CASE_READ)
@never_cache
@require_GET
def order_form(request: StaffRequest, number: str) -> HttpResponse:
    """What the bodies are to do and by when. NotFound for a case that nobody has been given."""
    case = finding.seen(request, number)
    orders = [order for order in case.orders if order.state is not OrderState.RECALLED]
    if not orders:
        raise NotFound
    shown = context_of(request, case, talking=False)
    speakers = [row for row in shown["callers"] if row["appeal"].active]
    context: dict[str, Any] = {
        **shown,
        "speakers": speakers[:_MOST_SPEAKERS],
        "silent": max(0, len(speakers) - _MOST_SPEAKERS),
        "district": area_path(case.line.district, str(case.line.district))[0],
        "leads": [order for order in orders if order.role is OrderRole.LEAD],
        "assists": [order for order in orders if order.role is OrderRole.ASSIST],
        "sent_at": min(order.sent_at for order in orders),
        "note": _said_last(case, {Verb.DISPATCH}, "note"),
        "result": _said_last(case, _REPLIED, "result"),
        "reply": _said_last(case, _REPLIED, "reply"),
        "printed_at": request.now,
    }
    return render(request, "case/order_form.html", context)


def _said_last(case: CaseView, verbs: set[Verb], name: str) -> str:
    """The text of that name in the last such step; "" where none says it."""
    for entry in reversed(case.entries):
        if entry.verb in verbs:
            return next((text for said, _zh, _public, text in entry.texts if said == name), "")
    return ""
