"""Photos of a step that is still being written: they go up one by one and wait under its form, a day at most.

They wait apart for each person and each field, so that another's form is never seen or changed.
"""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID, uuid5

from django import forms
from django.http import HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import FACTS, FactKind
from huying.kernel.errors import Invalid, NotFound
from huying.kernel.saying import worded
from huying.web.case import finding
from huying.web.case.media import shown_photo
from huying.web.citizen.forms import PhotoField
from huying.web.citizen.writing import photos as waiting
from huying.web.components import Photo
from huying.web.guard import StaffRequest, guarded

FIELDS: Final = frozenset(name for name, fact in FACTS.items() if fact.kind is FactKind.PHOTOS)
_NOBODYS: Final = UUID(int=0)


class _OnePhoto(forms.Form):
    photo = PhotoField()


def place(account: int | None, key: str, field: str) -> UUID:
    """Where a person's photos of one field of one form wait."""
    return uuid5(_NOBODYS, f"{account}:{key}:{field}")


def key_of(text: str) -> str:
    """A form's key as an address can hold it."""
    try:
        return str(UUID(text))
    except ValueError:
        return str(uuid5(_NOBODYS, text))


def sent_early(field: str) -> str:
    """The name under which a form says which of the waiting photos it means."""
    return f"waiting-{field}"


def shown(number: str, key: str, field: str, names: Sequence[str]) -> list[tuple[str, Photo]]:
    """(name, photo) of what waits, for the form that goes back."""
    return [
        (name, Photo(_address(number, key, field, name), _("照片 %(n)d") % {"n": n}))
        for n, name in enumerate(names, 1)
    ]


@guarded(P.CASE_NOTE, P.CASE_CHECK)
@never_cache
@require_http_methods(["GET", "POST"])
def photos(request: StaffRequest, number: str, key: UUID, field: str) -> HttpResponse:
    """The photos that wait under a form: their list, and one more."""
    at = _at(request, number, key, field)
    if request.method == "GET":
        return JsonResponse({"photos": [_one(number, key, field, name) for name in waiting.waiting(at)]})
    form = _OnePhoto(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"message": form.errors["photo"][0]}, status=400)
    try:
        name = waiting.keep(at, form.cleaned_data["photo"].read())
    except Invalid as wrong:
        return JsonResponse({"message": worded(wrong.message, _)}, status=400)
    return JsonResponse(_one(number, key, field, name), status=201)


@guarded(P.CASE_NOTE, P.CASE_CHECK)
@never_cache
@require_http_methods(["GET", "DELETE"])
def photo(request: StaffRequest, number: str, key: UUID, field: str, name: str) -> HttpResponseBase:
    """One waiting photo, for who took it alone."""
    at = _at(request, number, key, field)
    if request.method == "DELETE":
        waiting.drop(at, name)
        return HttpResponse(status=204)
    return shown_photo(request, waiting.path_of(at, name), number)


def _at(request: StaffRequest, number: str, key: UUID, field: str) -> UUID:
    if field not in FIELDS:
        raise NotFound
    finding.seen(request, number)
    return place(request.actor.account_id, str(key), field)


def _one(number: str, key: UUID, field: str, name: str) -> dict[str, Any]:
    return {"name": name, "src": _address(number, str(key), field, name)}


def _address(number: str, key: str, field: str, name: str) -> str:
    return reverse("case:waiting_photo", args=[number, key, field, name])
