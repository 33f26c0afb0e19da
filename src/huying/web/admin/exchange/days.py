"""对账: one day compared with a system, every difference and what was done about it; as a file too."""

import csv
from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.exchange.queries.held import open_peer
from huying.exchange.queries.peers import peer_for
from huying.exchange.queries.reconciled import reconciliation_for
from huying.exchange.rules.kinds import Lack
from huying.exchange.tasks.reconciling import reconcile
from huying.kernel.cells import safe
from huying.web.guard import StaffRequest, guarded


@guarded(P.EXCHANGE_READ, P.EXCHANGE_EDIT)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One comparison."""
    row, found = reconciliation_for(request.actor, number)
    rows = [(each, _(Lack(each.lack).zh)) for each in found]
    return render(request, "admin/exchange/day.html", {"row": row, "rows": rows})


@guarded(P.EXCHANGE_READ, P.EXCHANGE_EDIT)
@never_cache
@require_GET
def sheet(request: StaffRequest, number: int) -> HttpResponse:
    """The differences as CSV."""
    row, found = reconciliation_for(request.actor, number)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = (
        f'attachment; filename="reconciliation-{row.day.isoformat()}-{row.pk}.csv"'
    )
    answer.write("\ufeff")
    lines = csv.writer(answer)
    lines.writerow([_("编号"), _("出入"), _("我方"), _("对方"), _("怎么处理的")])
    for each in found:
        cells = [each.number, _(Lack(each.lack).zh), each.ours, each.theirs, each.done or _("须人工处理")]
        lines.writerow([safe(cell) for cell in cells])
    return answer


@guarded(P.EXCHANGE_EDIT)
@require_POST
def run(request: StaffRequest, code: str) -> HttpResponse:
    """Compare a day now."""
    peer_for(request.actor, code)
    peer = open_peer(request.actor.district, code)
    try:
        day = date.fromisoformat(request.POST.get("day", ""))
    except ValueError:
        messages.error(request, _("请填写日期。"))
        return redirect("exchange:peer", code)
    outcome = reconcile(peer, day, request.actor, request.now) if peer else None
    if outcome is None:
        messages.error(request, _("对方没有提供对账清单。"))
        return redirect("exchange:peer", code)
    return redirect("exchange:day", outcome.number)
