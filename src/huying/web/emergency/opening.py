"""发起应急: one form with a button for each kind. What was typed stays, whatever happens."""

from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.access.roles import Role
from huying.cases.queries.page import CaseView
from huying.emergency.actions import NewAlarm, open_card
from huying.emergency.queries import open_card_of, plans_of
from huying.emergency.rules.kinds import Source
from huying.geo.datums import Datum
from huying.kernel.errors import HuyingError
from huying.web.case import finding
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


class OpenForm(forms.Form):
    """What happened and where. The position is the phone's (WGS-84), or a case's, or what the place's name says."""

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    kind = forms.CharField(max_length=20, error_messages={"required": gettext_lazy("请按一个种类。")})
    words = forms.CharField(
        label=gettext_lazy("什么情况"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    place = forms.CharField(label=gettext_lazy("在哪里"), required=False, max_length=300)
    lon = forms.FloatField(required=False, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, widget=forms.HiddenInput)
    accuracy = forms.CharField(required=False, widget=forms.HiddenInput)


@guarded(P.EMERGENCY_OPEN)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """The buttons; pressing one opens the card. ``?case=`` binds it to a case, whose place then holds."""
    case = finding.seen(request, request.GET["case"]) if request.GET.get("case") else None
    already = open_card_of(request.actor, case.line.id) if case else None
    if already is not None and request.method == "GET":
        return redirect("emergency:card", already)
    form = OpenForm(request.POST if request.method == "POST" else None, initial={"key": str(uuid4())})
    status = 200
    carried = _carried(request)
    if carried is not None:
        form = OpenForm(initial=carried)
    elif request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                opened = open_card(request.actor, _alarm(request, form, case), request.now)
            except HuyingError as error:
                if error.status == 404 and case is None:
                    form.add_error("kind", _("没有这种紧急情况。"))
                else:
                    refused(form, error)
                status = error.status
            else:
                said = _("应急卡已开，告警 %(n)d 人。") if opened.is_new else _("这件事已经有应急卡了。")
                messages.success(request, said % {"n": opened.alerted} if opened.is_new else said)
                return redirect("emergency:card", opened.id)
    context: dict[str, Any] = {
        "form": form,
        "plans": plans_of(request.actor.district),
        "case": case.line if case else None,
    }
    return render(request, "emergency/new.html", context, status=status)


def _carried(request: StaffRequest) -> dict[str, str] | None:
    """What a seat had written when the alarm was pressed; None where it comes from nowhere else."""
    if request.method != "POST" or request.POST.get("do") != "alarm":
        return None
    words, place = request.POST.get("text", "")[:500], request.POST.get("place_text", "")[:300]
    return {"key": str(uuid4()), "words": words.replace("\x00", ""), "place": place.replace("\x00", "")}


def _alarm(request: StaffRequest, form: OpenForm, case: CaseView | None) -> NewAlarm:
    said = form.cleaned_data
    return NewAlarm(
        kind=said["kind"],
        source=_source(request, case),
        key=f"page:{said['key']}",
        words=said["words"],
        place_text=said["place"],
        lon=said["lon"],
        lat=said["lat"],
        datum=Datum.WGS84.value,
        case_id=case.line.id if case else None,
    )


def _source(request: StaffRequest, case: CaseView | None) -> Source:
    named = {"seat": Source.SEAT, "command": Source.COMMAND}.get(request.GET.get("from", ""))
    if case is not None:
        return Source.CASE
    if named is not None:
        return named
    return Source.PATROL if Role.GRID_WORKER in request.actor.roles else Source.OTHER
