"""Messages that nobody understood, with the reason."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.devices.queries import ears_for, misread_for
from huying.web.admin.asked import number_of
from huying.web.case.lists.lines import query_with
from huying.web.components import Pager
from huying.web.guard import StaffRequest, guarded

_PAGE = 50


@guarded(P.DEVICE_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What came in within a week and could not be kept."""
    before = number_of(request.GET.get("before", ""))
    found = misread_for(request.actor, before, _PAGE + 1)
    rows = found[:_PAGE]
    pager = Pager(
        previous=query_with(request.GET, before="") if before else "",
        next=query_with(request.GET, before=str(rows[-1].id)) if len(found) > _PAGE else "",
        shown=len(rows),
    )
    return render(
        request,
        "devices/misread.html",
        {"rows": rows, "pager": pager, "ears": ears_for(request.actor, request.now)},
    )
