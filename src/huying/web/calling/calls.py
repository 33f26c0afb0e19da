"""呼叫: which bodies are being called to which spot, who answered and who came."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.desks.calls import PAGE, CallLine, call_counts_for, calls_for
from huying.catalogue.queries.situations import situations
from huying.places.queries import area_name
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with, row_of
from huying.web.guard import StaffRequest, guarded
from huying.web.oversight.asked import digits, within
from huying.web.taking import CALLS, address_of


@guarded(P.CASE_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Those under way, or with ``?of=over`` the others, newest first."""
    over, area = request.GET.get("of") == "over", within(digits(request.GET.get("area", "")))
    before = digits(request.GET.get("after", ""))
    found = calls_for(request.actor, request.now, under_way=not over, area=area, before=int(before or 0))
    under_way, others = call_counts_for(request.actor, area)
    names = {line.code: line.name for line in situations(request.actor.district)}
    context = {
        "rows": [_row(request, one, names) for one in found],
        "over": over,
        "tabs": [
            (_("进行中"), under_way, query_with(request.GET, of="", after=""), not over),
            (_("已结束"), others, query_with(request.GET, of="over", after=""), over),
        ],
        "next": query_with(request.GET, after=str(found[-1].id)) if len(found) == PAGE else "",
        "questions": filters.shown(request.GET, request.actor.district, request.now, ("area",)),
        "narrowed": bool(area),
        "export": address_of(CALLS, request),
    }
    return render(request, "calling/calls.html", context)


def _row(request: StaffRequest, one: CallLine, names: dict[str, str]) -> dict[str, Any]:
    return {
        "one": one,
        "row": row_of(one.line, request),
        "by": one.by or _("系统自动"),
        "area": area_name(request.actor.district, one.area),
        "situation": names.get(one.situation, ""),
    }
