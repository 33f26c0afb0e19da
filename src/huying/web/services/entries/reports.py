"""信息有误: what people say is wrong, until its keeper has settled it."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.services.actions import settle
from huying.services.queries import reports_for
from huying.services.rules.kinds import Settling
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.case.lists.lines import query_with
from huying.web.components import Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.services.entries.forms import SettleForm

_PAGE: Final = 50


@guarded(P.FACILITY_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Those that wait, or those that were settled."""
    query = request.GET
    settled_too, before = query.get("settled") == "1", number_of(query.get("before", ""))
    found = reports_for(request.actor, settled=settled_too, before=before, limit=_PAGE + 1)
    rows = found[:_PAGE]
    pager = Pager(
        previous=query_with(query, before="") if before else "",
        next=query_with(query, before=str(rows[-1].id)) if len(found) > _PAGE else "",
        shown=len(rows),
    )
    context = {
        "rows": rows, "pager": pager, "settled": settled_too,
        "settlings": [(one.value, _(one.zh)) for one in Settling],
    }  # fmt: skip
    return render(request, "services/reports.html", context)


@guarded(P.FACILITY_EDIT)
@require_POST
def settled(request: StaffRequest, number: int) -> HttpResponse:
    """What came of one."""
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选怎么处理的。"))
        return redirect("facility:reports")
    given = form.cleaned_data
    how, answer = Settling(given["settling"]), given["answer"]
    return pressed(
        request,
        lambda: settle(request.actor, number, how, answer, request.now),
        _("已处理。"),
        "facility:reports",
    )
