"""有诺必果 for residents: what was promised to them, and a tap to say that it was not kept (R303)."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.cases.actions import advance
from huying.cases.lifecycle import Outcome, Verb
from huying.cases.queries.track import resident_of, track
from huying.kernel.clock import now
from huying.kernel.errors import NotFound
from huying.kernel.numbers import parse_case_number
from huying.web.citizen.holding import must_hold
from huying.web.guard import public

_MOST_WORDS: Final = 500


@public
@require_POST
def deny(request: HttpRequest, number: str, case: str, promise: int) -> HttpResponse:
    """The caller says that a promise was not kept: the case opens again."""
    must_hold(request, number)
    at = now()
    found = track(number, at)
    ref = parse_case_number(case)
    if ref not in {(found.district, each.case_id) for each in found.cases}:
        raise NotFound
    facts: dict[str, Any] = {
        "appeal": found.appeal_id,
        "pledge": promise,
        "words": request.POST.get("words", "")[:_MOST_WORDS],
    }
    advance(ref, Verb.BREAK_PROMISE, by=resident_of(found), now=at, outcome=Outcome.DENIED, **facts)
    messages.success(request, _("已记下没有兑现，马上重新办理。"))
    return redirect("citizen:track", number)
