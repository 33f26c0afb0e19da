"""街道评部门: what streets gave the departments that handled their cases, and the form of who speaks for a street."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.figures.actions import NewRating, rate
from huying.figures.queries import PeriodInfo, handled_for, periods_for, ratings_for
from huying.figures.rules.measures import Measure
from huying.kernel.errors import HuyingError
from huying.kernel.saying import together, worded
from huying.loop.supervise.rules.cuts import Cut
from huying.places.queries import area_name
from huying.web.case.lists import filters
from huying.web.components import Choice, Filter
from huying.web.evaluation.assessment.asked import number_of, period_asked, period_key, period_words
from huying.web.evaluation.assessment.tabs import tabs
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import RATINGS, address_of

_STREET_DIGITS = 9


@guarded(P.FIGURE_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The ratings of a period; who speaks for a street gives its own here."""
    return _page(request, {})


@guarded(P.DEPARTMENT_RATE)
@require_POST
def give(request: StaffRequest) -> HttpResponse:
    """Rate one department; a refusal says why and keeps what was typed."""
    said = request.POST
    info = period_asked(said, periods_for(request.actor, request.now))
    try:
        new = NewRating(
            said.get("street", ""), number_of(said.get("body", "")) or 0, info.period,
            number_of(said.get("stars", "")) or 0, said.get("words", ""),
        )  # fmt: skip
        rate(request.actor, new, request.now)
    except HuyingError as error:
        wrong = together([*error.fields.values()], " ") or error.message
        # Also at the top: what was sent may name no row that stands here.
        messages.error(request, worded(wrong, _))
        return _page(request, {said.get("body", ""): worded(wrong, _)}, error.status)
    messages.success(request, _("评价已记下，封账以前可以改。"))
    return redirect(f"{reverse('assessment:ratings')}?{urlencode({'period': period_key(info)})}")


def _page(request: StaffRequest, wrong: dict[str, str], status: int = 200) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    periods = periods_for(request.actor, request.now)
    info = period_asked(asked, periods) if asked.get("period") else _newest_open(periods)
    body = number_of(request.GET.get("body", ""))
    given = ratings_for(request.actor, info.period, body_id=body)
    here = period_key(info)
    days = [Choice(period_key(one), period_words(one), one is info) for one in periods]
    questions = [
        Filter("period", _("考核期"), choices=days, value=here),
        *filters.shown(request.GET, request.actor.district, request.now, ("body",)),
    ]
    context = {
        "tabs": tabs(request, "ratings"),
        "info": info,
        "period": here,
        "rows": given,
        "questions": questions,
        "streets": [_street(request, street, info, wrong) for street in own_streets(request)],
        "open": info.closed is None,
        "export": address_of(RATINGS, request, {"period": here}),
    }
    return render(request, "evaluation/assessment/ratings.html", context, status=status)


def own_streets(request: StaffRequest) -> list[str]:
    """The streets for which the actor may rate."""
    grants = request.actor.grants_for(P.DEPARTMENT_RATE)
    return sorted({grant.area for grant in grants if len(grant.area) == _STREET_DIGITS})


def _newest_open(periods: list[PeriodInfo]) -> PeriodInfo:
    """The newest period that is over and not closed: the one to be rated now; else the one that runs."""
    return next((one for one in periods if one.over and one.closed is None), periods[0])


def _street(request: StaffRequest, street: str, info: PeriodInfo, wrong: dict[str, str]) -> dict[str, Any]:
    given = {one.body_id: one for one in ratings_for(request.actor, info.period, street=street)}
    rows = []
    for one in handled_for(request.actor, street, info.period):
        held, typed = given.get(one.body_id), request.POST if str(one.body_id) in wrong else {}
        behind = {
            "span": "days", "since": info.period.first.isoformat(), "until": info.period.last.isoformat(),
            "by": Cut.BODY.value, "key": str(one.body_id), "area": street, "code": "in_time_rate",
        }  # fmt: skip
        rows.append({
            "body": one,
            "cases": one.counts.get(Measure.DISPATCHED, 0) + one.counts.get(Measure.ADDED, 0),
            "late": one.counts.get(Measure.HANDLE_LATE, 0),
            "href": f"{reverse('figures:behind')}?{urlencode(behind)}",
            "stars": number_of(typed.get("stars", "")) or (held.stars if held else 0),
            "words": typed.get("words", held.words if held else ""),
            "held": held,
            "wrong": wrong.get(str(one.body_id), ""),
        })  # fmt: skip
    return {"street": street, "name": area_name(request.actor.district, street), "rows": rows}
