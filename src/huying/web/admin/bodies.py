"""单位: which units there are, how people spell them, and who bears what where."""

from datetime import datetime
from functools import partial
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.catalogue.rules.duties import Duty
from huying.catalogue.rules.sheets.columns import duty_zh
from huying.kernel.errors import HuyingError
from huying.people.actions import (
    NewBearing,
    NewBody,
    add_aliases,
    close_body,
    create_body,
    rename_body,
    reopen_body,
    set_bearings,
)
from huying.people.queries import BodyInfo, bearing, bodies, body, closed_bodies, posts_of_body, spellings_of
from huying.people.rules.kinds import BodyKind
from huying.places.queries import Level, area_name
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed, saved
from huying.web.admin.wheres import area_choices
from huying.web.case.lists import filters
from huying.web.components import Filter
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.taking import BODIES, address_of

_WORD: Final = 40


class BodyForm(forms.Form):
    """A new unit."""

    name = forms.CharField(label=gettext_lazy("全称"), max_length=60)
    short_name = forms.CharField(label=gettext_lazy("简称"), max_length=30, required=False)
    code = forms.CharField(
        label=gettext_lazy("代码"), max_length=20, help_text=gettext_lazy("本区唯一，例如 SWJ")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"), choices=[(one.value, gettext_lazy(one.zh)) for one in BodyKind]
    )
    area = forms.ChoiceField(label=gettext_lazy("管哪里"))

    def __init__(self, district: int, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        field = self.fields["area"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = area_choices(district, Level.COMMUNITY)


class NameForm(forms.Form):
    """What a unit is called."""

    name = forms.CharField(label=gettext_lazy("全称"), max_length=60)
    short_name = forms.CharField(label=gettext_lazy("简称"), max_length=30, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("类别"), choices=[(one.value, gettext_lazy(one.zh)) for one in BodyKind]
    )


@guarded(P.BODY_EDIT)
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Every active unit, by words and kind, or those closed; and a form for one more."""
    district = request.actor.district
    form = BodyForm(district, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            try:
                new = NewBody(
                    said["code"], said["name"], BodyKind(said["kind"]), said["area"], said["short_name"]
                )
                return redirect("admin:body", create_body(request.actor, new, request.now))
            except HuyingError as error:
                refused(form, error)
                status = error.status
    context = {
        "rows": [
            (one, area_name(district, one.area)) for one in bodies_asked(district, request.GET, request.now)
        ],
        "form": form,
        "questions": _questions(request.GET),
        "export": address_of(BODIES, request),
    }
    return render(request, "admin/bodies.html", context, status=status)


def bodies_asked(district: int, query: QueryDict, now: datetime) -> list[BodyInfo]:
    """The units that an address asks for, by words and kind; the active ones or those closed."""
    word, kind = query.get("q", "").strip()[:_WORD], query.get("kind", "")
    found = closed_bodies(district, now) if query.get("state") == "closed" else bodies(district, now)
    return [
        one
        for one in found
        if (not kind or one.kind == kind)
        and any(word in text for text in (one.name, one.short_name, one.code))
    ]


def _questions(query: QueryDict) -> list[Filter]:
    word, closed = query.get("q", "").strip()[:_WORD], [("closed", _("已停用"))]
    return [
        Filter("q", _("搜索"), "search", value=word),
        filters.choice(query, "kind", _("类别"), filters.terms(list(BodyKind))),
        filters.choice(query, "state", _("状态"), closed),
    ]


@guarded(P.BODY_EDIT)
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One unit: its name, who stands for it, its duties by place, its spellings, what was changed."""
    district = request.actor.district
    info = body(district, number)
    held = {"name": info.name, "short_name": info.short_name, "kind": info.kind}
    form = NameForm(request.POST if request.method == "POST" else None, initial=held, label_suffix="")
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            rename_body(
                request.actor, number, said["name"], said["short_name"], BodyKind(said["kind"]), request.now
            )
        except HuyingError as error:
            refused(form, error)
        else:
            messages.success(request, _("已保存。"))
            return redirect("admin:body", number)
    borne = sorted(
        (duty, area) for (duty, area), who in bearing(district, request.now).items() if who == number
    )
    context = {
        "body": info,
        "form": form,
        "now": request.now,
        "area": area_name(district, info.area),
        "duties": [(duty_zh(duty) if duty else _("兜底"), area_name(district, area)) for duty, area in borne],
        "areas": area_choices(district, Level.COMMUNITY),
        "known": [(duty.value, _(duty.zh)) for duty in Duty],
        "people": [
            (held, _(held.post.role.zh), area_name(district, held.post.area))
            for held in posts_of_body(request.actor, number, request.now)
        ],
        "may_people": request.actor.may(P.ACCOUNT_EDIT),
        "spellings": spellings_of(district, number),
        "changes": beside(request, Subject.BODY, Subject.BEARING, about=str(number), limit=30),
    }
    return render(request, "admin/body.html", context, status=400 if form.errors else 200)


@guarded(P.BODY_EDIT)
@require_POST
def bear(request: StaffRequest, number: int) -> HttpResponse:
    """Let the unit bear a duty in an area from today on."""
    duty, area = request.POST.get("duty", ""), request.POST.get("area", "")
    text = request.POST.get("own", "").strip()
    new = NewBearing(text or duty, area, number)
    told = _("职责已归这个单位，从今天起。")
    return saved(request, lambda: set_bearings(request.actor, [new], request.now), told, "admin:body", number)


@guarded(P.BODY_EDIT)
@require_POST
def spell(request: StaffRequest, number: int) -> HttpResponse:
    """Teach other spellings of the unit's name."""
    names = [line.strip() for line in request.POST.get("aliases", "").splitlines() if line.strip()]
    body(request.actor.district, number)
    told = _("已记住 %(n)d 个叫法。") % {"n": len(names)}
    return saved(
        request,
        lambda: add_aliases(request.actor, [(name, number) for name in names]),
        told,
        "admin:body",
        number,
    )


@guarded(P.BODY_EDIT)
@require_POST
def close(request: StaffRequest, number: int) -> HttpResponse:
    """End the unit's life today; its page stays, where it can be taken back."""
    act = partial(close_body, request.actor, number, request.now)
    return pressed(request, act, _("单位已停用。"), "admin:body", number)


@guarded(P.BODY_EDIT)
@require_POST
def reopen(request: StaffRequest, number: int) -> HttpResponse:
    """Let a closed unit get orders again."""
    act = partial(reopen_body, request.actor, number, request.now)
    return pressed(request, act, _("单位已重新启用，职责要另外承担。"), "admin:body", number)
