"""上岗: who is on duty, where each began and ended; and where one tour went, for a reason that is written down."""

from collections.abc import Sequence

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.patrol.actions import end_for, look_at_track
from huying.patrol.policy import RUN, may_in
from huying.patrol.queries import TrackStep, tour_for, tours_for
from huying.places.queries import area_words
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.case.lists import filters
from huying.web.components import MapPoint, MapView, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.patrol.desk.tabs import PAGE, area_of, pager, questions, tabs
from huying.web.present.patrols import tour_line
from huying.web.taking import PATROL_TOURS, address_of


class WhyForm(forms.Form):
    """Why somebody's way is looked at."""

    why = forms.CharField(label=gettext_lazy("为什么看"), min_length=2, max_length=200)


@guarded(P.PATROL_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The tours of one's areas, the newest first."""
    query, actor = request.GET, request.actor
    before, open_only = number_of(query.get("before", "")), query.get("state") == "on"
    found = tours_for(actor, area=area_of(query), open_only=open_only, before=before, limit=PAGE + 1)
    rows = found[:PAGE]
    asked = [
        *questions(query, actor, request.now), filters.choice(query, "state", _("状态"), [("on", _("在岗"))])
    ]  # fmt: skip
    context = {
        "tabs": tabs("index"),
        "lines": [tour_line(actor.district, row) for row in rows],
        "questions": asked,
        "narrowed": any(one.value for one in asked),
        "pager": pager(query, before, len(found), rows[-1].id if rows else 0),
        "export": address_of(PATROL_TOURS, request),
    }
    return render(request, "patrol/desk/tours.html", context)


@guarded(P.PATROL_READ)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One tour, without its track."""
    return _shown(request, number)


@guarded(P.PATROL_TRACK)
@never_cache
@require_POST
def track(request: StaffRequest, number: int) -> HttpResponse:
    """One tour with its track; who looked, and why, is written down."""
    form = WhyForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _shown(request, number, form, status=400)
    steps = look_at_track(request.actor, number, form.cleaned_data["why"], request.now)
    return _shown(request, number, form, steps)


@guarded(P.PATROL_RUN)
@require_POST
def end(request: StaffRequest, number: int) -> HttpResponse:
    """代为下岗."""
    return pressed(
        request, lambda: end_for(request.actor, number, request.now), _("已下岗。"), "patrols:tour", number
    )


def _shown(
    request: StaffRequest,
    number: int,
    form: WhyForm | None = None,
    steps: Sequence[TrackStep] | None = None,
    status: int = 200,
) -> HttpResponse:
    row = tour_for(request.actor, number)
    context = {
        "line": tour_line(request.actor.district, row),
        "row": row,
        "where": area_words(request.actor.district, row.start_area),
        "where_ended": area_words(request.actor.district, row.end_area),
        "form": form or WhyForm(label_suffix=""),
        "may_look": request.actor.may(P.PATROL_TRACK) and row.tracked and steps is None,
        "may_end": row.ended_at is None and may_in(request.actor, RUN, row.area),
        "steps": steps,
        "map": _map(steps) if steps else None,
    }
    return render(request, "patrol/desk/tour.html", context, status=status)


def _map(steps: Sequence[TrackStep]) -> MapView:
    # As many as a list beside the map can be read with.
    shown = steps[:: max(1, len(steps) // 200)]
    points = [
        MapPoint(step.lon, step.lat, f"{localtime(step.at):%H:%M}", "", Tone.ACCENT) for step in shown
    ]  # fmt: skip
    return MapView("track", _("走过的路"), {}, points, (shown[0].lon, shown[0].lat), 15.0)
