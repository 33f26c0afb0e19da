"""覆盖和计划: which part of an area was walked in a month, where nobody was, and how often it should be."""

from datetime import timedelta
from typing import Final

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.patrol.actions import end_plan as end_of
from huying.patrol.actions import put_plan
from huying.patrol.policy import READ
from huying.patrol.queries import Coverage, coverage_for, parts_covered, plans_for
from huying.patrol.rules.planning import NewPlan
from huying.web.admin.doing import pressed
from huying.web.components import MapPoint, MapView, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.patrol.desk.tabs import area_of, tabs
from huying.web.present.refused import refused

_DAYS: Final = (7, 30, 90)
_SHOWN: Final = 300


class PlanForm(forms.Form):
    """How often an area is to be walked."""

    area = forms.CharField(min_length=6, max_length=15, widget=forms.HiddenInput())
    name = forms.CharField(label=gettext_lazy("名称"), max_length=40)
    times = forms.IntegerField(label=gettext_lazy("每周几次"), initial=5)
    minutes = forms.IntegerField(label=gettext_lazy("每次至少几分钟"), initial=60)


@guarded(P.PATROL_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The area asked for, else the widest of one's own."""
    return _shown(request)


@guarded(P.PATROL_RUN)
@never_cache
@require_POST
def plan(request: StaffRequest) -> HttpResponse:
    """Another version of an area's plan."""
    form = PlanForm(request.POST, label_suffix="")
    if not form.is_valid():
        return _shown(request, form, 400)
    try:
        put_plan(request.actor, NewPlan(**form.cleaned_data), request.now)
    except HuyingError as error:
        refused(form, error)
        return _shown(request, form, error.status)
    return pressed(request, lambda: None, _("已保存，从这周起算。"), "patrols:coverage")


@guarded(P.PATROL_RUN)
@require_POST
def end_plan(request: StaffRequest, number: int) -> HttpResponse:
    """The plan holds no longer."""
    return pressed(
        request, lambda: end_of(request.actor, number, request.now), _("已停止。"), "patrols:coverage"
    )


def _shown(request: StaffRequest, form: PlanForm | None = None, status: int = 200) -> HttpResponse:
    actor, today = request.actor, timezone.localdate(request.now)
    held = sorted((grant.area for grant in actor.grants_for(READ)), key=len)
    code = area_of(request.GET) or (held[0] if held else str(actor.district))
    days = int(request.GET["days"]) if request.GET.get("days") in {str(one) for one in _DAYS} else 30
    first = today - timedelta(days=days - 1)
    found = coverage_for(actor, code, first, today)
    context = {
        "tabs": tabs("coverage"),
        "found": found,
        "percent": round(100 * found.share) if found.share is not None else None,
        "parts": [
            (one, round(100 * one.share) if one.share is not None else None, f"?area={one.area}&days={days}")
            for one in parts_covered(actor, code, first, today)
        ],
        "spans": [(one, f"?area={code}&days={one}", one == days) for one in _DAYS],
        "up": _up(code, held, days),
        "plans": plans_for(actor, request.now),
        "map": _map(found),
        "may_run": actor.may(P.PATROL_RUN),
        "form": form or PlanForm(label_suffix="", initial={"area": code, "times": 5, "minutes": 60}),
    }  # fmt: skip
    return render(request, "patrol/desk/coverage.html", context, status=status)


def _up(code: str, held: list[str], days: int) -> str:
    inside = len(code) > 6 and any(code[:-3].startswith(one) for one in held)
    return f"?area={code[:-3]}&days={days}" if inside else ""


def _map(found: Coverage) -> MapView | None:
    never = [cell for cell in found.cells if not cell.tours]
    if not found.cells:
        return None
    # Spread over the whole, where there are more than a list can be read with.
    shown = never[:: max(1, -(-len(never) // _SHOWN))]
    points = [
        MapPoint(cell.lon, cell.lat, _("没走到 %(n)d") % {"n": number}, "", Tone.AMBER)
        for number, cell in enumerate(shown, 1)
    ]
    middle = found.cells[len(found.cells) // 2]
    sources = {"areas": reverse("case:areas")}
    return MapView("coverage", _("没走到的地方"), sources, points, (middle.lon, middle.lat), 13.0)
