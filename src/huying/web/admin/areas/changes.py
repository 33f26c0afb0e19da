"""The list of changes, and one change with its map, its list, what it means, and the buttons."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.geo.shapes import to_geojson
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.people.queries import PostHeld, posts_in_areas
from huying.places.actions import add_step, drop_change, force_change, open_change, renew_change, undo_step
from huying.places.queries import Drawn, changes_for, drawn_for
from huying.places.rules.changes import ChangeState
from huying.places.rules.redrawing import StepKind
from huying.web.admin.areas.forms import ForceForm, StepForm
from huying.web.admin.areas.meant import meant
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.AREA_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """The newest changes; a POST begins one for the areas below ``in``."""
    if request.method == "POST":
        number = open_change(request.actor, request.POST.get("in", ""), _key(request), request.now)
        return redirect("admin:area_change", number)
    return render(request, "admin/areas/changes.html", {"rows": changes_for(request.actor)})


def _key(request: StaffRequest) -> UUID:
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid4()


@guarded(P.AREA_EDIT)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One change as it stands."""
    return _page(request, drawn_for(request.actor, number, request.now))


@guarded(P.AREA_EDIT)
@require_POST
def step(request: StaffRequest, number: int) -> HttpResponse:
    """One more edit; a refusal says where it fails and keeps what was drawn."""
    form = StepForm(0, request.POST)

    def act() -> None:
        made = form.step(request.POST.getlist("codes"))
        add_step(request.actor, number, made, form.cleaned_data["length"], request.now)

    return _tried(request, number, form, act, step=form)


@guarded(P.AREA_EDIT)
@require_POST
def force(request: StaffRequest, number: int) -> HttpResponse:
    """Put the draft in force from the day asked for."""
    form = ForceForm(0, timezone.localdate(request.now), request.POST)

    def act() -> None:
        said = form.cleaned_data
        force_change(request.actor, number, said["length"], said["day"], said["reason"], request.now)

    return _tried(request, number, form, act, force=form)


def _tried(
    request: StaffRequest, number: int, form: Any, act: Callable[[], None], **forms: Any
) -> HttpResponse:
    status = 400
    if form.is_valid():
        try:
            act()
        except HuyingError as error:
            if error.status in {403, 404}:
                raise
            refused(form, error)
            status = error.status
        else:
            return redirect("admin:area_change", number)
    return _page(request, drawn_for(request.actor, number, request.now), status, **forms)


@guarded(P.AREA_EDIT)
@require_POST
def undo(request: StaffRequest, number: int) -> HttpResponse:
    """Take the last edit back."""
    length = request.POST.get("length", "")
    if not (length.isascii() and length.isdigit()):
        raise Invalid
    return pressed(
        request,
        lambda: undo_step(request.actor, number, int(length), request.now),
        _("已撤回上一步。"),
        "admin:area_change",
        number,
    )


@guarded(P.AREA_EDIT)
@require_POST
def renew(request: StaffRequest, number: int) -> HttpResponse:
    """Draw the edits anew on the borders as they are now."""
    lost = renew_change(request.actor, number, request.now)
    told = _("已按现在的边界重做。")
    if lost:
        told += _("有 %(n)s 步做不成了，已去掉。") % {"n": lost}
    return pressed(request, lambda: None, told, "admin:area_change", number)


@guarded(P.AREA_EDIT)
@require_POST
def drop(request: StaffRequest, number: int) -> HttpResponse:
    """Give a draft up, or withdraw what has not begun."""
    return pressed(
        request,
        lambda: drop_change(request.actor, number, request.now),
        _("已放弃，边界没有变。"),
        "admin:area_changes",
    )


@guarded(P.AREA_EDIT)
@never_cache
@require_GET
def outlines(request: StaffRequest, number: int) -> HttpResponse:
    """The areas of a change as they would be, for the map; corners to the last digit."""
    drawn = drawn_for(request.actor, number, request.now)
    features = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": piece.name, "whole": not piece.below},
            "geometry": to_geojson(piece.outline, 13),
        }
        for code, piece in sorted(drawn.after.pieces.items())
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def _last_kind(drawn: Drawn) -> StepKind:
    """What was done last is mostly done again; a merge is done once."""
    last = drawn.change.steps[-1].kind if drawn.change.steps else StepKind.SPLIT
    return StepKind.SPLIT if last is StepKind.MERGE else last


def _left(request: StaffRequest, drawn: Drawn) -> list[tuple[PostHeld, str, str]]:
    """Posts of areas that end by the change; none for who does not manage people."""
    ended = set(drawn.before.pieces) - set(drawn.after.pieces)
    if not ended or not request.actor.may_everywhere(P.ACCOUNT_EDIT):
        return []
    held = posts_in_areas(request.actor, ended, request.now)
    return [(one, _(one.post.role.zh), drawn.before.pieces[one.post.area].name) for one in held]


def _page(request: StaffRequest, drawn: Drawn, status: int = 200, **forms: Any) -> HttpResponse:
    change, length = drawn.change, len(drawn.change.steps)
    drafting = change.state is ChangeState.DRAFT
    names = {
        code: piece.name for sheet in (drawn.before, drawn.after) for code, piece in sheet.pieces.items()
    }
    context = {
        "change": change,
        "drafting": drafting,
        "waits": change.state is ChangeState.IN_FORCE
        and change.valid_from is not None
        and change.valid_from > request.now,
        "meant": meant(request.actor, drawn, request.now),
        "may_read": request.actor.may(P.CASE_READ),
        "codes": set(drawn.after.pieces),
        "picked": request.POST.getlist("codes") if request.method == "POST" else [],
        "steps": [
            (number, _(each.kind.zh), [names.get(code, code) for code in each.codes], each.name)
            for number, each in enumerate(change.steps, 1)
        ],
        "holding": [
            (piece.name, piece.below, code)
            for code, piece in sorted(drawn.after.pieces.items())
            if drafting and piece.below
        ],
        "left": _left(request, drawn),
        "in_force": change.state is ChangeState.IN_FORCE
        and not (change.valid_from and change.valid_from > request.now),
        "stale": [names.get(code, code) for code in drawn.stale],
        "problem": worded(drawn.problem, _),
        "waiting": drawn.waiting if drafting else None,
        "step": forms.get("step") or StepForm(length, kind_before=_last_kind(drawn)),
        "force": forms.get("force") or ForceForm(length, timezone.localdate(request.now)),
        "source": reverse("admin:area_change_outlines", args=[change.id]),
    }
    return render(request, "admin/areas/change.html", context, status=status)
