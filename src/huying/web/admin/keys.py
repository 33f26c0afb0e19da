"""接口密钥: keys of outside systems, shown once when made."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.access.roles import ROLES, Role
from huying.annals.rules import Subject
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.people.actions.keys import create_key, revoke_key
from huying.people.actions.renewing import renew_key, set_key_rate
from huying.people.queries import KeyInfo, assistants_for, body, keys_for
from huying.people.rules.codes import PER_MINUTE, PER_MINUTE_MOST
from huying.places.queries import area_name
from huying.web.admin.annals import beside
from huying.web.admin.doing import pressed
from huying.web.admin.wheres import area_choices, body_choices, role_choices
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused

# Whoever looks after keys is warned this long before one ends.
SOON: Final = timedelta(days=30)


class KeyForm(forms.Form):
    """A new key; without scopes it may do all that its role may."""

    name = forms.CharField(label=gettext_lazy("系统名称"), max_length=60)
    role = forms.ChoiceField(label=gettext_lazy("按哪种岗位办事"))
    area = forms.ChoiceField(label=gettext_lazy("管哪里"))
    body = forms.TypedChoiceField(
        label=gettext_lazy("代表单位"), required=False, coerce=int, empty_value=None
    )
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("只给这些权限"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("不选就是这个岗位的全部权限"),
    )  # fmt: skip
    expires = forms.DateField(
        label=gettext_lazy("到期日"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("不填就不过期"),
    )
    per_minute = forms.IntegerField(
        label=gettext_lazy("每分钟最多几次"),
        required=False,
        min_value=1,
        max_value=PER_MINUTE_MOST,
        initial=PER_MINUTE,
    )

    def __init__(self, request: StaffRequest, data: Any = None) -> None:
        super().__init__(data, label_suffix="")
        district = request.actor.district
        used = sorted(
            {one for role in Role if role is not Role.RESIDENT for one in ROLES[role]}, key=list(P).index
        )
        choices: dict[str, Any] = {
            "role": role_choices(),
            "area": area_choices(district),
            "body": [("", "—"), *body_choices(district, request.now)],
            "scopes": [(one.value, _(one.zh)) for one in used],
        }
        for name, pairs in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = pairs


@guarded(P.KEY_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """Every key without its secret; a new one is shown once, here."""
    form = KeyForm(request, request.POST if request.method == "POST" else None)
    raw, status = "", 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                raw, status = _made(request, form), 200
                form = KeyForm(request)
            except HuyingError as error:
                refused(form, error)
                status = error.status
    return _page(request, form, raw, status)


def _page(request: StaffRequest, form: KeyForm, raw: str, status: int) -> HttpResponse:
    district = request.actor.district
    rows = [
        {
            "key": key,
            "role": _(key.role.zh),
            "area": area_name(district, key.area),
            "body": body(district, key.body_id).short_name if key.body_id else "",
            "scopes": [_(P(scope).zh) for scope in key.scopes],
            "over": key.revoked_at or (key.expires_at is not None and key.expires_at <= request.now),
            "soon": _ends_soon(key, request.now),
            "former": key.former_until if key.former_until and key.former_until > request.now else None,
        }
        for key in keys_for(request.actor)
    ]
    changes = beside(request, Subject.KEY, limit=30)
    context = {"rows": rows, "form": form, "raw": raw, "changes": changes, "assistants": _assistants(request)}
    return render(request, "admin/keys.html", context, status=status)


def _assistants(request: StaffRequest) -> list[dict[str, Any]]:
    """The keys of people's assistants that still open something."""
    standing = [one for one in assistants_for(request.actor) if one.revoked_at is None]
    return [
        {"key": one, "leaves": [_(leave.zh) for leave in one.leaves]}
        for one in standing
        if one.expires_at is None or one.expires_at > request.now
    ]


def _ends_soon(key: KeyInfo, now: datetime) -> bool:
    return key.revoked_at is None and key.expires_at is not None and now < key.expires_at <= now + SOON


def _made(request: StaffRequest, form: KeyForm) -> str:
    said = form.cleaned_data
    day = said["expires"]
    until = timezone.make_aware(datetime.combine(day, time(23, 59))) if day else None
    scopes = [P(one) for one in said["scopes"]]
    made = create_key(
        request.actor, said["name"], Role(said["role"]), said["area"], request.now, scopes=scopes, body_id=said["body"],
        expires_at=until, per_minute=said["per_minute"] or PER_MINUTE,
    )  # fmt: skip
    return made[1]


@guarded(P.KEY_EDIT)
@never_cache
@require_POST
def renew(request: StaffRequest, number: int) -> HttpResponse:
    """A new secret, shown once, here; the one before opens for some days more."""
    days = request.POST.get("days", "7")
    try:
        raw = renew_key(
            request.actor, number, int(days) if days.isascii() and days.isdigit() else 31, request.now
        )
    except HuyingError as error:
        messages.error(request, worded(next(iter(error.fields.values()), error.message), _))
        return redirect("admin:keys")
    return _page(request, KeyForm(request), raw, 200)


@guarded(P.KEY_EDIT)
@require_POST
def rate(request: StaffRequest, number: int) -> HttpResponse:
    """Let a key make so many requests a minute."""
    given = request.POST.get("per_minute", "")
    wanted = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    return pressed(
        request,
        lambda: set_key_rate(request.actor, number, wanted, request.now),
        _("每分钟次数已改。"),
        "admin:keys",
    )


@guarded(P.KEY_EDIT)
@require_POST
def revoke(request: StaffRequest, number: int) -> HttpResponse:
    """End a key."""
    return pressed(
        request, lambda: revoke_key(request.actor, number, request.now), _("密钥已停用。"), "admin:keys"
    )
