"""One person's card: masked until somebody says why they need to know; every look is written down."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.residents.actions import Whole, see_card, see_whole
from huying.residents.queries import Card
from huying.visits.queries import arrangement_of, changes_of, records_of, visits_of_person, workers_for
from huying.web.admin.asked import number_of
from huying.web.components import MapPoint, MapView, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.residents.forms import ContactForm, GroundForm, LabelForm
from huying.web.residents.visiting import ArrangementForm, ChangeForm, ExtraForm
from huying.web.residents.words import line_of


class ReasonForm(forms.Form):
    """Why somebody needs to know."""

    reason = forms.CharField(max_length=200)


@guarded(P.RESIDENT_READ, P.EMERGENCY_COMMAND)
@never_cache
@require_GET
def card(request: StaffRequest, number: int) -> HttpResponse:
    """The page; ``?emergency=`` is the card of an alarm from which it was opened."""
    return shown(request, number)


@guarded(P.RESIDENT_UNMASK, P.EMERGENCY_COMMAND)
@never_cache
@require_POST
def whole(request: StaffRequest, number: int) -> HttpResponse:
    """The same with everything readable, once, for a reason."""
    reason = request.POST.get("reason", "").replace("\x00", "")
    form = ReasonForm(request.POST)
    form.is_valid()
    try:
        told = see_whole(request.actor, number, reason, request.now, _emergency(request))
    except HuyingError as error:
        if error.status in (403, 404):
            raise
        refused(form, error)
        return shown(request, number, forms={"form": form}, status=error.status)
    return shown(request, number, told)


def shown(
    request: StaffRequest,
    number: int,
    told: Whole | None = None,
    forms: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The card, with what was asked for just now, or with forms that were refused."""
    actor, now = request.actor, request.now
    found = see_card(actor, number, now, _emergency(request))
    context = {
        "card": found,
        "line": line_of(actor, found.line),
        "household": [line_of(actor, one) for one in found.household],
        "whole": told,
        "map": _map(found),
        "emergency": _emergency(request),
        "may_unmask": found.whole or bool(_emergency(request)),
        "may_visit": actor.may(P.VISIT_READ),
        **_forms(request, found),
        **(forms or {}),
    }
    if actor.may(P.VISIT_READ):
        context |= {
            "visits": visits_of_person(actor, number, now, 8),
            "records": records_of(actor, number),
            "happened": changes_of(actor, number),
        }
    return render(request, "residents/one.html", context, status=status)


def _forms(request: StaffRequest, found: Card) -> dict[str, Any]:
    actor = request.actor
    told: dict[str, Any] = {}
    if found.editable and not found.left_at:
        told |= {
            "label": LabelForm(actor.district),
            "ground": GroundForm(prefix="ground"),
            "contact": ContactForm(),
        }
    if (actor.may(P.VISIT_DO) or actor.may(P.VISIT_PLAN)) and found.line.level and not found.left_at:
        held = arrangement_of(actor.district, found.line.id)
        told |= {
            "arrangement": ArrangementForm(workers_for(actor, request.now), held),
            "change": ChangeForm(),
            "extra": ExtraForm(request.now),
        }
    return told


def _map(found: Card) -> MapView | None:
    line = found.line
    if line.lon is None or line.lat is None:
        return None
    point = MapPoint(line.lon, line.lat, line.where.rsplit(" ", 1)[0], "", Tone.ACCENT)
    return MapView("home", _("住在哪里"), {}, [point], (line.lon, line.lat), 15.0)


def _emergency(request: StaffRequest) -> int | None:
    return number_of(request.GET.get("emergency", "") or request.POST.get("emergency", ""))
