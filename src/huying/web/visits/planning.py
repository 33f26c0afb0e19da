"""The month's plan: made, how good it is, who has how much; and who is away."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import Denied, HuyingError
from huying.kernel.saying import worded
from huying.places.queries import Level, area_words
from huying.visits.actions import be_away, come_back, make_plan
from huying.visits.queries import absences_for, month_of, plan_for, workers_for, workload_for
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.components import Chart, Choice, Column, Filter
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.residents.words import places_of
from huying.web.taking import WORKLOAD, address_of
from huying.web.visits.forms import AwayForm
from huying.web.visits.today import area_of


@guarded(P.VISIT_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """The plan of an area and a month; a POST makes it."""
    if request.method == "POST":
        return _made(request)
    return _shown(request)


@guarded(P.VISIT_PLAN)
@never_cache
@require_POST
def away(request: StaffRequest) -> HttpResponse:
    """Somebody cannot go: what they had is given away at once; or they are back."""
    by, now = request.actor, request.now
    ended = number_of(request.POST.get("end", ""))
    if ended is not None:
        return pressed(request, lambda: come_back(by, ended, now), _("已回岗。"), "visits:plan")
    form = AwayForm(workers_for(by, now), timezone.localdate(now), request.POST)
    if not form.is_valid():
        return _shown(request, form, 400)
    told = form.cleaned_data
    try:
        moved = be_away(by, told["worker_id"], told["since"], told["until"], told["why"], now)
    except HuyingError as error:
        if error.status in (403, 404):
            raise
        refused(form, error)
        return _shown(request, form, error.status)
    words = _("已改排：%(others)d 户交给同事，%(days)d 户改日期。") % {
        "others": moved.others,
        "days": moved.days,
    }
    messages.success(request, words)
    if moved.stuck:
        messages.warning(request, _("还有 %(n)d 户排不进时限，请人工安排。") % {"n": moved.stuck})
    return redirect("visits:plan")


def scopes(request: StaffRequest) -> Sequence[tuple[str, str]]:
    """The streets and communities that the actor sees plans of."""
    return places_of(request.actor, P.VISIT_READ, Level.COMMUNITY) or [
        (grant.area, area_words(request.actor.district, grant.area))
        for grant in request.actor.grants_for(P.VISIT_READ)
    ]


def month_asked(text: str, today: date) -> date:
    """2026-03 as its first day; this month for what is none."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
    return found if 2020 <= found.year <= 2100 else today.replace(day=1)


def _made(request: StaffRequest) -> HttpResponse:
    if not request.actor.may(P.VISIT_PLAN):
        raise Denied
    area, month = (
        area_of(request.POST),
        month_asked(request.POST.get("month", ""), timezone.localdate(request.now)),
    )
    address = f"{reverse('visits:plan')}?area={area}&month={month:%Y-%m}"
    try:
        made = make_plan(request.actor, area, month, request.now)
    except HuyingError as error:
        if error.status in (403, 404):
            raise
        messages.error(request, worded(next(iter(error.fields.values()), error.message), _))
    else:
        messages.success(request, _("已排好 %(n)d 次走访。") % {"n": made.visits})
    return redirect(address)


def _shown(request: StaffRequest, form: AwayForm | None = None, status: int = 200) -> HttpResponse:
    actor, now, query = request.actor, request.now, request.GET
    today, offered = timezone.localdate(now), scopes(request)
    area = area_of(query) or (offered[0][0] if offered else str(actor.district))
    month = month_asked(query.get("month", ""), today)
    load = workload_for(actor, area, month, now)
    may_plan = actor.may(P.VISIT_PLAN)
    context: dict[str, Any] = {
        "area": area,
        "where": area_words(actor.district, area),
        "month": month,
        "plan": plan_for(actor, area, month),
        "load": load,
        "chart": _chart(load),
        "questions": [
            _chosen("area", _("街道或社区"), offered, area),
            _chosen("month", _("月份"), _months(today, month), f"{month:%Y-%m}"),
        ],
        "absences": absences_for(actor, now),
        "may_plan": may_plan,
        "over": month_of(month)[1] < today,
        "export": address_of(WORKLOAD, request, {"area": area}),
    }
    if may_plan:
        context["form"] = form or AwayForm(workers_for(actor, now), today)
    return render(request, "visits/plan.html", context, status=status)


def _chosen(name: str, label: str, pairs: Sequence[tuple[str, str]], value: str) -> Filter:
    """A question to which the page has an answer also where the address gives none."""
    return Filter(name, label, choices=[Choice(key, text, key == value) for key, text in pairs], value=value)


def _months(today: date, shown: date) -> list[tuple[str, str]]:
    """The last three months and the next two, and the one that is shown."""
    counted = [today.year * 12 + today.month - 1 + number for number in range(-3, 3)]
    near = {date(one // 12, one % 12 + 1, 1) for one in counted} | {shown}
    return [(f"{one:%Y-%m}", f"{one:%Y-%m}") for one in sorted(near, reverse=True)]


def _chart(load: Sequence[Any]) -> Chart | None:
    if not load:
        return None
    shown = load[:30]
    series = [
        Column(_("已走访"), [one.done for one in shown]),
        Column(_("待走访"), [one.planned - one.done for one in shown]),
    ]
    return Chart("workload", _("每人多少户次"), "bar", [one.name for one in shown], series, axis=_("走访人"))
