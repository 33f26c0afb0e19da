"""What comes again after it was closed: the worst first, on a map, each with its cases and its months."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.lists.queue import CaseLine
from huying.prevent.recurring.queries import RecurrenceLine, may_run, recurrence_for, recurrences_for
from huying.prevent.recurring.rules.states import ProjectState
from huying.web.case.lists import filters
from huying.web.case.lists.lines import row_of
from huying.web.components import Chart, Chip, Column, Filter, MapPoint, MapView, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.present.areas import streets_reached
from huying.web.taking import RECURRING, address_of

SHOWN: Final = 100


@guarded(P.INSIGHT_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The worst as the address asks for them."""
    found = recurrences_for(request.actor, area_of(request.GET))
    context = {
        "rows": [
            {"line": one, "chip": chip_of(one.state), "href": reverse("recurring:one", args=[one.id])}
            for one in found[:SHOWN]
        ],
        "more": max(0, len(found) - SHOWN),
        "map": MapView(
            "recurring-map",
            _("反复问题在哪里"),
            {"areas": reverse("case:areas")},
            _points(found[:SHOWN]),
            fit="areas",
        ),
        "questions": _questions(request),
        "narrowed": bool(request.GET.get("area")),
        "export": address_of(RECURRING, request),
    }
    return render(request, "recurring/index.html", context)


@guarded(P.INSIGHT_READ)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One of them: its cases, how many each month, its project."""
    found = recurrence_for(request.actor, number, request.now)
    line = found.line
    running = line.state is ProjectState.RUNNING
    context: dict[str, Any] = {
        "line": line,
        "unseen": found.unseen,
        "rows": [row_of(case, request) for case in found.cases],
        "curve": months_of(found.cases),
        "chip": chip_of(line.state),
        "may_begin": not running and may_run(request.actor, line.area),
        "map": MapView("one-map", _("在哪里"), {}, [_point(line)], (line.lon, line.lat), zoom=15.0),
    }
    return render(request, "recurring/one.html", context)


def area_of(query: QueryDict) -> str:
    """The area an address asks for; "" for what is none."""
    area = query.get("area", "")
    return area if area.isascii() and area.isdigit() and len(area) in (6, 9, 12) else ""


def chip_of(state: ProjectState | None) -> Chip:
    """Where its project stands."""
    if state is None:
        return Chip(_("没有治理项目"), Tone.PLAIN)
    return Chip(_(state.zh), Tone.ACCENT if state is ProjectState.RUNNING else Tone.DONE, state.value)


def months_of(cases: Sequence[CaseLine]) -> Chart | None:
    """How many came in each month, months without any left standing; None without a case."""
    days = [timezone.localdate(case.opened_at) for case in cases]
    if not days:
        return None
    told = Counter(day.year * 12 + day.month - 1 for day in days)
    months = list(range(min(told), max(told) + 1))[-36:]
    names = [f"{month // 12}-{month % 12 + 1:02}" for month in months]
    series = Column(_("件数"), [told.get(month, 0) for month in months])
    return Chart("recurring-curve", _("每月来了几件"), "bar", names, [series], _("件"), _("月"))


def _points(lines: Sequence[RecurrenceLine]) -> list[MapPoint]:
    return [_point(one) for one in lines]


def _point(one: RecurrenceLine) -> MapPoint:
    note = _("%(n)d 件，结案后又来 %(again)d 次") % {"n": one.count, "again": one.again}
    return MapPoint(one.lon, one.lat, one.title, reverse("recurring:one", args=[one.id]), note=note)


def _questions(request: StaffRequest) -> list[Filter]:
    streets = streets_reached(request.actor, P.INSIGHT_READ)
    return [filters.choice(request.GET, "area", _("街道"), streets)] if len(streets) > 1 else []
