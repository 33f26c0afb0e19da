"""全部案件: every case the reader may see, asked by address."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import CLOSED_STATES, State
from huying.web.case.lists import filters
from huying.web.case.lists.lines import listing, query_with
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import ALL, address_of

_QUESTIONS = ("q", "state", "lamp", "mark", "area", "kind", "channel", "body", "since", "until")


@guarded(P.CASE_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Open cases by urgency, closed ones newest first."""
    wanted = filters.read(request.GET)
    context = {
        "listing": listing(request, wanted),
        "questions": filters.shown(
            request.GET, request.actor.district, request.now, _QUESTIONS, _states(wanted.closed)
        ),
        "closed": wanted.closed,
        "open_query": query_with(request.GET, closed="", after="", state=""),
        "closed_query": query_with(request.GET, closed="1", after="", state="", lamp="", mark=""),
        "export": address_of(ALL, request),
    }
    return render(request, "case/index.html", context)


def _states(closed: bool) -> list[State]:
    """The states that a case of this tab may be in."""
    return [state for state in State if (state in CLOSED_STATES) is closed]
