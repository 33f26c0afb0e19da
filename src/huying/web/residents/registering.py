"""A person taken into the register, corrected, gone."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.residents.actions import add_person, change_person, leave, see_card, see_whole
from huying.residents.rules.kinds import Leaving
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.residents.forms import GroundForm, PersonForm


@guarded(P.RESIDENT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Somebody new, with the ground on which their data are kept; ``?building=`` is where they live."""
    sent = request.POST if request.method == "POST" else None
    first = {
        "building_id": number_of(request.GET.get("building", "")),
        "room": request.GET.get("room", "")[:40],
    }
    form, ground = PersonForm(request.actor, sent, first), GroundForm(sent, prefix="ground")
    status = 200
    if sent is not None:
        status = 400
        if form.is_valid() and ground.is_valid():
            try:
                number = add_person(request.actor, form.person(), ground.ground(), request.now)
            except HuyingError as error:
                status = _refused(form, ground, error)
            else:
                return pressed(request, lambda: None, _("已登记。"), "residents:one", number)
    return render(request, "residents/edit.html", {"form": form, "ground": ground}, status=status)


@guarded(P.RESIDENT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: StaffRequest, number: int) -> HttpResponse:
    """What is known of somebody. The form shows their name, so opening it is written down as a whole view."""
    found = see_card(request.actor, number, request.now)
    sent = request.POST if request.method == "POST" else None
    first: dict[str, Any] = {}
    if sent is None:
        told = see_whole(request.actor, number, "修改登记", request.now)
        line = found.line
        first = {
            "name": told.name, "building_id": line.building_id, "room": line.where.rsplit(" ", 1)[-1],
            "relation": found.relation.value, "sex": line.sex, "note": told.note,
            "born": request.now.year - line.age if line.age is not None else None,
        }  # fmt: skip
    form = PersonForm(request.actor, sent, first)
    status = 200
    if sent is not None:
        status = 400
        if form.is_valid():
            try:
                change_person(request.actor, number, form.person(), request.now)
            except HuyingError as error:
                status = _refused(form, None, error)
            else:
                return pressed(request, lambda: None, _("已保存。"), "residents:one", number)
    return render(request, "residents/edit.html", {"form": form, "card": found}, status=status)


@guarded(P.RESIDENT_EDIT)
@require_POST
def gone(request: StaffRequest, number: int) -> HttpResponse:
    """They are no longer here."""
    why = request.POST.get("why", "")
    chosen = Leaving(why) if why in set(Leaving) else Leaving.MOVED
    return pressed(
        request, lambda: leave(request.actor, number, chosen, request.now), _("已办迁出，资料 30 天后删除。"),
        "residents:index",
    )  # fmt: skip


def _refused(form: PersonForm, ground: GroundForm | None, error: HuyingError) -> int:
    if error.status in (403, 404):
        raise error
    theirs = ground is not None and any(name in ground.fields for name in error.fields)
    refused(ground if theirs and ground is not None else form, error)
    return error.status
