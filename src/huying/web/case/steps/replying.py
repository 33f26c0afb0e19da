"""Whether a reply that is being written says what it must: told while it is written, not after it was sent (R307)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.cases.queries.settings.timing import timing_of
from huying.cases.rules.replies import part_said, reply_faults
from huying.kernel.saying import worded
from huying.web.case import finding
from huying.web.case.steps.advising import advised
from huying.web.case.steps.offers import text_of
from huying.web.guard import StaffRequest, guarded


@guarded(P.ORDER_REPORT)
@never_cache
@require_POST
def check(request: StaffRequest, number: str) -> HttpResponse:
    """Each part the reply needs, said or not yet, what else would be refused, and advice. Nothing is kept."""
    case = finding.seen(request, number)
    district = case.line.district
    reply, solved = request.POST.get("reply", ""), request.POST.get("solved") != "False"
    parts = timing_of(district).reply_parts
    needed = [part for part in parts if part.when in {"always", "solved" if solved else "unsolved"}]
    context = {
        "parts": [(_(part.zh), part_said(part, reply)) for part in needed],
        "faults": [worded(fault, _) for fault in reply_faults(reply, solved=solved, parts=())]
        if reply
        else [],
        "advised": advised(text_of(case), reply, solved=solved),
    }
    return render(request, "case/reply_check.html", context)
