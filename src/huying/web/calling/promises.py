"""承诺: what was promised, by whom and by when; what was kept and what was not."""

from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.clocks import lamp, warn_at
from huying.cases.lifecycle import ClockKind
from huying.cases.queries.desks.promises import (
    PromiseFilter,
    PromiseLine,
    promise_counts_for,
    promises_for,
)
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with, row_of
from huying.web.case.showing import TONES
from huying.web.components import Chip, Lamp, left_words
from huying.web.guard import StaffRequest, guarded
from huying.web.oversight.asked import digits, within
from huying.web.present.promises import KINDS, SHOWN, STATES, due_words
from huying.web.taking import PROMISES, address_of


@guarded(P.CASE_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What is still to be kept, soonest first; with ``?of=kept`` or ``?of=broken`` what is decided."""
    wanted = asked(request.GET)
    found, after = promises_for(request.actor, request.now, wanted, request.GET.get("after", ""))
    counts = promise_counts_for(request.actor, wanted)
    district, now = request.actor.district, request.now
    questions = filters.shown(request.GET, district, now, ("area", "body"))
    questions.append(filters.choice(request.GET, "kind", _("类别"), filters.terms(KINDS)))
    context = {
        "rows": [_row(request, one) for one in found],
        "state": wanted.state.value,
        "tabs": [
            (
                _(state.zh),
                counts[state],
                query_with(request.GET, of="" if state.value == "open" else state.value, after=""),
                state is wanted.state,
            )
            for state in SHOWN
        ],
        "next": query_with(request.GET, after=after) if after else "",
        "questions": questions,
        "narrowed": any(one.value for one in questions if one.kind != "hidden"),
        "export": address_of(PROMISES, request),
    }
    return render(request, "calling/promises.html", context)


def asked(query: QueryDict) -> PromiseFilter:
    """The promises an address asks for; what is not understood does not filter."""
    state, kind, body = query.get("of", ""), query.get("kind", ""), digits(query.get("body", ""))
    return PromiseFilter(
        state=next((one for one in SHOWN if one.value == state), SHOWN[0]),
        area=within(digits(query.get("area", ""))),
        body_id=int(body) if body else None,
        kind=next((one for one in KINDS if one.value == kind), None),
    )


def _row(request: StaffRequest, one: PromiseLine) -> dict[str, Any]:
    return {
        "one": one,
        "row": row_of(one.line, request),
        "due": due_words(one.season, one.until),
        "chip": Chip(_(one.state.zh), STATES[one.state], one.state.value),
        "lamp": clock_of(one, request.now),
    }


_OPEN: Final = "open"


def clock_of(one: PromiseLine, now: datetime) -> Lamp | None:
    """The lamp of a promise that is still to be kept; None for one that is decided."""
    if one.state != _OPEN:
        return None
    stands = lamp(now, warn_at(one.made_at, one.until), one.until)
    return Lamp(TONES[stands], _(ClockKind.PROMISE.zh), one.until, left_words(one.until, now))
