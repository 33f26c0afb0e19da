"""What is kept beside a person: marks, grounds, contacts, devices. Each form adds a row, or ends one by its number."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.residents.actions import (
    add_ground,
    drop_contact,
    end_label,
    guard,
    mark,
    put_contact,
    unguard,
    withdraw_ground,
)
from huying.residents.rules.kinds import CareLevel
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.residents.forms import ContactForm, GroundForm, LabelForm
from huying.web.residents.one import shown


@guarded(P.RESIDENT_EDIT)
@never_cache
@require_POST
def labels(request: StaffRequest, number: int) -> HttpResponse:
    """Of a kind of key persons, or no more."""
    by, now, ended, why = request.actor, request.now, _ended(request), _why(request)
    if ended is not None:
        return _pressed(request, number, lambda: end_label(by, number, ended, why, now), _("已取消标记。"))
    form = LabelForm(by.district, request.POST)

    def act(told: dict[str, Any]) -> None:
        level = CareLevel(told["level"]) if told["level"] else None
        mark(by, number, told["kind"], level, told["why"], now)

    return _kept(request, number, "label", form, act, _("已标记，走访会排进计划。"))


@guarded(P.RESIDENT_EDIT)
@never_cache
@require_POST
def grounds(request: StaffRequest, number: int) -> HttpResponse:
    """A further ground, or one withdrawn."""
    by, now, ended, why = request.actor, request.now, _ended(request), _why(request)
    if ended is not None:
        return _pressed(request, number, lambda: withdraw_ground(by, number, ended, why, now), _("已撤回。"))
    form = GroundForm(request.POST, prefix="ground")
    return _kept(
        request,
        number,
        "ground",
        form,
        lambda _told: add_ground(by, number, form.ground(), now),
        _("已登记依据。"),
    )


@guarded(P.RESIDENT_EDIT)
@never_cache
@require_POST
def contacts(request: StaffRequest, number: int) -> HttpResponse:
    """Whom to call, or no more."""
    by, now, ended = request.actor, request.now, _ended(request)
    if ended is not None:
        return _pressed(request, number, lambda: drop_contact(by, number, ended), _("已删除联系人。"))
    form = ContactForm(request.POST)

    def act(told: dict[str, Any]) -> None:
        put_contact(by, number, told["name"], told["relation"], told["phone"], now)

    return _kept(request, number, "contact", form, act, _("已登记联系人。"))


@guarded(P.RESIDENT_EDIT)
@require_POST
def devices(request: StaffRequest, number: int) -> HttpResponse:
    """A device that guards them, or no more."""
    by, now, ended = request.actor, request.now, _ended(request)
    if ended is not None:
        return _pressed(request, number, lambda: unguard(by, number, ended, now), _("已解除守护。"))
    code = request.POST.get("device", "").replace("\x00", "")[:40]
    return _pressed(request, number, lambda: guard(by, number, code, now), _("已登记守护设备。"))


def _pressed(request: StaffRequest, number: int, act: Callable[[], Any], done: str) -> HttpResponse:
    return pressed(request, act, done, "residents:one", number)


def _kept(
    request: StaffRequest,
    number: int,
    name: str,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    done: str,
) -> HttpResponse:
    """A form taken or refused; refused it comes back on the card with what was typed."""
    status = 400
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except HuyingError as error:
            if error.status in (403, 404):
                raise
            refused(form, error)
            status = error.status
        else:
            return _pressed(request, number, lambda: None, done)
    return shown(request, number, forms={name: form, "form": form}, status=status)


def _ended(request: StaffRequest) -> int | None:
    return number_of(request.POST.get("end", ""))


def _why(request: StaffRequest) -> str:
    return request.POST.get("why", "").replace("\x00", "")
