"""我的值班: what is next, what is to be handed over or taken over, and swapping."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError, NotFound
from huying.teams.actions import answer_swap, ask_swap, withdraw_swap
from huying.teams.policy import may_see
from huying.teams.queries import MyShift, duty_of, members_near, on_duty_around
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.people import on_duty_people
from huying.web.present.refused import refused


class SwapForm(forms.Form):
    """Who shall take the shift, and why."""

    name = forms.CharField(
        label=gettext_lazy("请谁来值"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "people", "autocomplete": "off"}),
    )
    reason = forms.CharField(label=gettext_lazy("为什么"), max_length=200)


@guarded(P.TEAM_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """One's own duty, and who is on duty around one's post now."""
    actor, now = request.actor, request.now
    held = sorted((grant.area for grant in actor.grants_for(P.TEAM_READ)), key=len)
    here = on_duty_around(actor, held[-1] if held else "", now)
    context = {
        "duty": duty_of(actor.account_id, now),
        "people": on_duty_people(actor, here, _("值班")),
        "now": now,
    }
    return render(request, "duty/index.html", context)


@guarded(P.TEAM_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def swap(request: StaffRequest, number: int) -> HttpResponse:
    """Ask somebody to take one of my shifts."""
    shift = _mine(request, number)
    form = SwapForm(request.POST if request.method == "POST" else None, label_suffix="")
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            try:
                ask_swap(request.actor, number, said["name"], said["reason"], request.now)
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已发给对方，等答复。"), "duty:index")
    context: dict[str, Any] = {"shift": shift, "form": form, "people": _colleagues(request, shift)}
    return render(request, "duty/swap.html", context, status=status)


@guarded(P.TEAM_READ)
@require_POST
def answer(request: StaffRequest, number: int) -> HttpResponse:
    """Agree to take a shift, refuse, or ask no more."""
    by, now = request.actor, request.now
    match request.POST.get("do"):
        case "take":
            return pressed(
                request, lambda: answer_swap(by, number, True, now), _("已换到您名下。"), "duty:index"
            )
        case "refuse":
            return pressed(request, lambda: answer_swap(by, number, False, now), _("已回绝。"), "duty:index")
        case "withdraw":
            return pressed(request, lambda: withdraw_swap(by, number, now), _("已撤回。"), "duty:index")
        case _:
            return redirect("duty:index")


def _mine(request: StaffRequest, number: int) -> MyShift:
    found = duty_of(request.actor.account_id, request.now)
    shift = next((one for one in found.shifts if one.id == number), None)
    if shift is None:
        raise NotFound
    return shift


def _colleagues(request: StaffRequest, shift: MyShift) -> list[str]:
    if not may_see(request.actor, shift.area):
        return []
    return [one.name for one in members_near(request.actor, shift.area, request.now, 200)]
