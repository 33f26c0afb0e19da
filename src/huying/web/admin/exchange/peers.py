"""对接系统: every system with how it fares; one with its settings, mapping, switch, and the test bench."""

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.exchange.actions.peers import put_map, switch, wake
from huying.exchange.queries.peers import PeerInfo, maps_for, peer_for, peers_for, switchings_for
from huying.exchange.queries.reconciled import reconciliations_for
from huying.exchange.queries.trying import Tried, try_case, try_letters
from huying.exchange.tasks.setting_up import set_anew, set_up
from huying.kernel.errors import Denied, HuyingError
from huying.people.queries import unit_names
from huying.places.queries import area_name
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.admin.exchange.forms import (
    MapForm,
    NewSystemForm,
    SwitchForm,
    SystemForm,
    TryForm,
    told,
)
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.EXCHANGE_READ, P.EXCHANGE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Every system; for whoever may, the form of a new one."""
    form, status = (
        NewSystemForm(request, request.POST if request.method == "POST" else None),
        200,
    )
    if request.method == "POST":
        _must_edit(request)
        status = 400
        if form.is_valid():
            try:
                return _made(request, form)
            except HuyingError as error:
                refused(form, error)
                status = error.status
    context = {"rows": peers_for(request.actor), "form": form, "may_edit": _may_edit(request)}
    return render(request, "admin/exchange/index.html", context, status=status)


@guarded(P.EXCHANGE_READ, P.EXCHANGE_EDIT)
@never_cache
@require_GET
def one(request: StaffRequest, code: str) -> HttpResponse:
    """One system."""
    return _page(request, peer_for(request.actor, code))


@guarded(P.EXCHANGE_EDIT)
@require_POST
def change(request: StaffRequest, code: str) -> HttpResponse:
    """Let other settings hold."""
    peer = peer_for(request.actor, code)
    fixed = {"code": peer.code, "connector": peer.connector.value}
    form = SystemForm(request, request.POST.dict() | fixed, held=peer)

    def act() -> None:
        set_anew(request.actor, form.peer(), request.now)

    return _acted(request, peer, form, act, _("已保存，从现在起生效。"), settings_form=form)


@guarded(P.EXCHANGE_EDIT)
@require_POST
def map_(request: StaffRequest, code: str) -> HttpResponse:
    """Let another mapping hold."""
    peer, form = peer_for(request.actor, code), MapForm(request.POST)

    def act() -> None:
        put_map(request.actor, code, form.cleaned_data["map"], form.cleaned_data["why"], request.now)

    return _acted(request, peer, form, act, _("对应表已保存，从现在起按它收发。"), map_form=form)


@guarded(P.EXCHANGE_EDIT)
@require_POST
def turn(request: StaffRequest, code: str) -> HttpResponse:
    """On or off."""
    peer, form, on = peer_for(request.actor, code), SwitchForm(request.POST), request.POST.get("on") == "1"

    def act() -> None:
        switch(request.actor, code, on, form.cleaned_data["why"], request.now)

    return _acted(request, peer, form, act, _("已启用。") if on else _("已停用。"), switch_form=form)


@guarded(P.EXCHANGE_EDIT)
@require_POST
def call(request: StaffRequest, code: str) -> HttpResponse:
    """Try it now, however often it failed."""
    return pressed(
        request, lambda: wake(request.actor, code, request.now), _("马上再试。"), "exchange:peer", code
    )


@guarded(P.EXCHANGE_READ, P.EXCHANGE_EDIT)
@never_cache
@require_POST
def attempt(request: StaffRequest, code: str) -> HttpResponse:
    """The test bench; nothing is kept."""
    peer, form = peer_for(request.actor, code), TryForm(request.POST)
    shown: dict[str, Any] = {"try_form": form}
    if not form.is_valid():
        return _page(request, peer, 400, **shown)
    said = form.cleaned_data
    try:
        if said["letter"]:
            shown["tried"] = [_tried(one) for one in try_letters(request.actor, code, said["letter"])]
        elif said["number"]:
            shown["would"] = [
                (_(kind.zh), told(letter.fields), list(letter.wrong))
                for kind, letter in try_case(request.actor, code, said["number"])
            ]
    except HuyingError as error:
        refused(form, error)
        return _page(request, peer, error.status, **shown)
    return _page(request, peer, **shown)


def _tried(one: Tried) -> dict[str, Any]:
    reading = one.reading
    return {
        "kind": _(reading.kind.zh) if reading.kind else "", "number": reading.number, "known": one.known,
        "lines": [(_(line.zh), line.path, line.given, line.became, line.wrong) for line in reading.lines],
        "wrong": reading.wrong, "unused": reading.unused,
    }  # fmt: skip


def _made(request: StaffRequest, form: NewSystemForm) -> HttpResponse:
    new = form.peer()
    set_up(request.actor, new, form.cleaned_data["map"], _("初版"), request.now)
    messages.success(request, _("已建立，还没有启用。先在试验台上试几封信，再启用。"))
    return redirect("exchange:peer", new.code)


def _acted(
    request: StaffRequest, peer: PeerInfo, form: forms.Form, act: Callable[[], None], done: str, **shown: Any
) -> HttpResponse:
    if not form.is_valid():
        return _page(request, peer, 400, **shown)
    try:
        act()
    except HuyingError as error:
        refused(form, error)
        return _page(request, peer, error.status, **shown)
    messages.success(request, done)
    return redirect("exchange:peer", peer.code)


def _page(request: StaffRequest, peer: PeerInfo, status: int = 200, **shown: Any) -> HttpResponse:
    context: dict[str, Any] = {
        "peer": peer,
        "facts": _facts(request, peer),
        "ways": [(_("收信"), peer.asking), (_("发信"), peer.telling)],
        "may_edit": _may_edit(request),
        "settings_form": SystemForm(request, held=peer),
        "map_form": MapForm(initial={"map": told(peer.map)}),
        "switch_form": SwitchForm(),
        "try_form": TryForm(),
        "maps": maps_for(request.actor, peer.id),
        "turns": switchings_for(request.actor, peer.id),
        "days": reconciliations_for(request.actor, peer.id, 14),
        "changes": beside(request, Subject.EXCHANGE, limit=10),
        **shown,
    }
    return render(request, "admin/exchange/peer.html", context, status=status)


def _facts(request: StaffRequest, peer: PeerInfo) -> Sequence[tuple[str, str]]:
    return [
        (_("对接方式"), _(peer.connector.zh)),
        (_("方向"), _(peer.direction.zh)),
        (_("报哪些案件"), _(peer.scope.zh)),
        (_("管哪里"), area_name(request.actor.district, peer.area)),
        (_("代表哪个单位"), _unit(request, peer)),
    ]


def _unit(request: StaffRequest, peer: PeerInfo) -> str:
    if peer.body_id is None:
        return _("不代表单位")
    return unit_names(request.actor.district).get(peer.body_id, "")


def _may_edit(request: StaffRequest) -> bool:
    return request.actor.may_everywhere(P.EXCHANGE_EDIT)


def _must_edit(request: StaffRequest) -> None:
    if not _may_edit(request):
        raise Denied
