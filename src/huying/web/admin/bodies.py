"""单位: which units there are, how people spell them, and who bears what where."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.catalogue.rules.duties import Duty
from huying.catalogue.rules.sheets.columns import duty_zh
from huying.kernel.errors import HuyingError
from huying.people.actions.bodies import (
    NewBearing,
    NewBody,
    add_aliases,
    close_body,
    create_body,
    set_bearings,
)
from huying.people.queries import bearing, bodies, body
from huying.people.rules.kinds import BodyKind
from huying.places.queries import Level
from huying.web.admin.doing import pressed, refused, saved
from huying.web.admin.wheres import area_choices, area_words
from huying.web.guard import StaffRequest, guarded


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


@guarded(P.BODY_EDIT)
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Every active unit, and a form for one more."""
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
    word = request.GET.get("q", "").strip()[:40]
    rows = [
        (one, area_words(district, one.area))
        for one in bodies(district, request.now)
        if word in one.name or word in one.short_name or word in one.code
    ]
    return render(request, "admin/bodies.html", {"rows": rows, "form": form, "word": word}, status=status)


@guarded(P.BODY_EDIT)
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One unit: its duties by place, its spellings."""
    district = request.actor.district
    info = body(district, number)
    borne = sorted(
        (duty, area) for (duty, area), who in bearing(district, request.now).items() if who == number
    )
    context = {
        "body": info,
        "area": area_words(district, info.area),
        "duties": [
            (duty_zh(duty) if duty else _("兜底"), area_words(district, area)) for duty, area in borne
        ],
        "areas": area_choices(district, Level.COMMUNITY),
        "known": [(duty.value, _(duty.zh)) for duty in Duty],
    }
    return render(request, "admin/body.html", context)


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
    """End the unit's life today."""
    return pressed(
        request, lambda: close_body(request.actor, number, request.now), _("单位已停用。"), "admin:bodies"
    )
