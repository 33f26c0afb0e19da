"""Who is visited today, in the order in which to go; and what was missed."""

from datetime import date, timedelta
from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.visits.actions import see_missed, see_visits
from huying.visits.queries import Sought, counted_for, workers_for
from huying.web.admin.asked import number_of
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Filter, Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.residents.words import places_of
from huying.web.taking import MISSED_VISITS, VISITS_OF_DAY, address_of
from huying.web.visits.words import line_of, map_of

_MOST: Final = 200
PAGE: Final = 50


@guarded(P.VISIT_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """One's own day; whoever plans sees everybody's of their area."""
    query, actor, now = request.GET, request.actor, request.now
    sought = wanted_of(
        query, timezone.localdate(now), mine=not actor.may(P.VISIT_PLAN) and actor.may(P.VISIT_DO)
    )
    day = sought.day or timezone.localdate(now)
    lines = [line_of(actor, row, now) for row in see_visits(actor, sought, now, _MOST)]
    questions = _questions(request, day)
    context = {
        "lines": lines,
        "questions": questions,
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "mine": sought.mine,
        "counts": counted_for(actor, sought, now),
        "map": map_of(lines),
        "export": address_of(VISITS_OF_DAY, request),
        "may_plan": actor.may(P.VISIT_PLAN),
        "may_set": actor.may(P.VISIT_SET),
    }
    return render(request, "visits/index.html", context)


@guarded(P.VISIT_READ)
@never_cache
@require_GET
def missed(request: StaffRequest) -> HttpResponse:
    """Past due and still open, with who has been told."""
    query, actor, now = request.GET, request.actor, request.now
    after = number_of(query.get("after", "")) or 0
    found = see_missed(actor, area_of(query), now, after, PAGE + 1)
    rows = found[:PAGE]
    questions = [filters.choice(query, "area", _("社区或网格"), places_of(actor, P.VISIT_READ))]
    context = {
        "lines": [line_of(actor, row, now) for row in rows],
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "pager": Pager(
            previous=query_with(query, after="") if after else "",
            next=query_with(query, after=str(rows[-1].id)) if len(found) > PAGE else "",
            shown=len(rows),
        ),
        "export": address_of(MISSED_VISITS, request),
    }
    return render(request, "visits/missed.html", context)


def wanted_of(query: QueryDict, today: date, *, mine: bool = False) -> Sought:
    """The filter an address asks for; what is not understood does not filter."""
    return Sought(
        day=day_of(query) or today,
        area=area_of(query),
        worker=number_of(query.get("worker", "")),
        mine=query.get("mine", "1" if mine else "") == "1",
    )


def day_of(query: QueryDict) -> date | None:
    """The day an address asks for; None for none that can be planned."""
    try:
        found = date.fromisoformat(query.get("day", ""))
    except ValueError:
        return None
    return found if 2020 <= found.year <= 2100 else None


def area_of(query: QueryDict) -> str:
    """An area's code, or ""."""
    area = query.get("area", "")
    return area if area.isascii() and area.isdigit() and len(area) <= 15 else ""


def _questions(request: StaffRequest, day: date) -> list[Filter]:
    query, actor = request.GET, request.actor
    asked = [Filter("day", _("哪天"), "date", value=f"{day:%Y-%m-%d}")]
    if actor.may(P.VISIT_PLAN) or not actor.may(P.VISIT_DO):
        people = [(str(number), name) for number, name in workers_for(actor, request.now)]
        asked += [
            filters.choice(query, "area", _("社区或网格"), places_of(actor, P.VISIT_READ)),
            filters.choice(query, "worker", _("走访人"), people),
        ]
    return asked
