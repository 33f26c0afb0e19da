"""What is pressed on a warning's page; a refusal shows the page with what was typed."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.prevent.warnings.actions.deciding import acknowledge, mute, settle
from huying.prevent.warnings.queries.lists import warning_for
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.warnings.forms import AcknowledgeForm, MuteForm, SettleForm
from huying.web.warnings.one import shown


@guarded(P.WARNING_DECIDE)
@require_POST
def press_acknowledge(request: StaffRequest, number: int) -> HttpResponse:
    """知悉."""
    form = AcknowledgeForm(request.POST)
    return _decided(
        request, number, form, lambda told: acknowledge(request.actor, number, told["words"], request.now)
    )


@guarded(P.WARNING_DECIDE)
@require_POST
def press_mute(request: StaffRequest, number: int) -> HttpResponse:
    """静音."""
    form, today = MuteForm(request.POST), timezone.localdate(request.now)
    return _decided(
        request, number, form,
        lambda told: mute(request.actor, number, told["until"], told["words"], today, request.now),
    )  # fmt: skip


@guarded(P.WARNING_DECIDE)
@require_POST
def press_settle(request: StaffRequest, number: int) -> HttpResponse:
    """结论."""
    form = SettleForm(request.POST)
    return _decided(
        request, number, form,
        lambda told: settle(request.actor, number, told["verdict"], told["cause"], request.now),
    )  # fmt: skip


def _decided(
    request: StaffRequest, number: int, form: forms.Form, act: Callable[[dict[str, Any]], None]
) -> HttpResponse:
    view = warning_for(request.actor, number)
    if not form.is_valid():
        return shown(request, view, form, 400)
    try:
        act(form.cleaned_data)
    except HuyingError as error:
        refused(form, error)
        return shown(request, view, form, error.status)
    messages.success(request, _("已记下。"))
    return redirect("warning:one", number)
