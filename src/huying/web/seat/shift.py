"""今天的电话: what the seat took in since midnight, each call with its receipt and how it ended."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.desks.shift import Counts, Ended, counts_of, taken_by
from huying.kernel.numbers import shown
from huying.web.case.lists.lines import row_of
from huying.web.components import Choice, Pager
from huying.web.guard import StaffRequest, guarded


@guarded(P.APPEAL_RECEIVE)
@never_cache
@require_GET
def today(request: StaffRequest) -> HttpResponse:
    """Today's calls, all or those that ended in one way."""
    asked, since = request.GET.get("ended", ""), midnight(request.now)
    chosen = Ended(asked) if asked in set(Ended) else None
    after = request.GET.get("after", "")
    shift = taken_by(request.actor, since, request.now, chosen, int(after[:18]) if after.isdecimal() else 0)
    counts = counts_of(request.actor, since)
    tabs = [
        (Choice("", _("全部"), chosen is None, counts.taken), "?"),
        *(
            (Choice(ended.value, _(ended.zh), ended is chosen, counts.ended.get(ended, 0)), _only(ended))
            for ended in Ended
        ),
    ]
    rows = [
        {
            "call": call,
            "ended": _(call.ended.zh),
            "receipt": shown(call.receipt),
            "row": row_of(call.case, request),
        }
        for call in shift.calls
    ]
    more = f"{_only(chosen)}&after={shift.after}" if shift.after else ""
    total = counts.ended.get(chosen, 0) if chosen else counts.taken
    pager = Pager(_only(chosen) if after else "", more, len(rows), str(total))
    context = {"tabs": tabs, "rows": rows, "chosen": chosen, "pager": pager}
    return render(request, "seat/today.html", context)


def so_far(request: StaffRequest) -> list[tuple[str, int, str]]:
    """(words, number, address) of today's calls, for the head of the desk."""
    counts: Counts = counts_of(request.actor, midnight(request.now))
    every = reverse("desk:today")
    return [
        (_("已登记"), counts.taken, every),
        *(
            (_(ended.zh), counts.ended.get(ended, 0), f"{every}{_only(ended)}")
            for ended in (Ended.ANSWERED, Ended.FILED)
        ),
    ]


def _only(ended: Ended | None) -> str:
    return f"?ended={ended.value if ended else ''}"


def midnight(now: datetime) -> datetime:
    """When the day of ``now`` began in the district's zone."""
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
