"""Photos of a task: they wait one by one under its form, a day at most; handed in, who may read it sees them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django import forms
from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from huying.access.permissions import Permission as P
from huying.kernel.errors import Invalid
from huying.kernel.saying import worded
from huying.prevent.campaigns.queries.campaigns import photo_for, task_for
from huying.web.campaigns.forms import TaskForm
from huying.web.case.media import shown_photo
from huying.web.case.steps.evidence import key_of, place, sent_early
from huying.web.citizen.forms import PhotoField
from huying.web.citizen.writing import photos as waiting
from huying.web.components import Photo
from huying.web.guard import StaffRequest, guarded

_FIELD: Final = "photos"


class _OnePhoto(forms.Form):
    photo = PhotoField()


class Waiting:
    """The photos that wait under one form of one task, for the person who fills it in."""

    def __init__(self, request: StaffRequest, task: int, form: TaskForm) -> None:
        self.task, self.key = task, key_of(str(form["key"].value() or ""))
        self._at = _place(request, task, self.key)
        self._meant = set(request.POST.getlist(sent_early(_FIELD)))

    def keep(self, form: TaskForm) -> None:
        """What came with a sound form waits with the rest, so that a refusal never asks for it again. Raises Invalid."""
        try:
            self._meant |= {waiting.keep(self._at, one.read()) for one in form.cleaned_data[_FIELD]}
        except Invalid as wrong:
            raise Invalid(fields={_FIELD: wrong.message}) from wrong

    def contents(self) -> list[bytes]:
        """What the form means."""
        return waiting.take(self._at, self._names())

    def shown(self) -> list[tuple[str, Photo]]:
        """(name, photo) of what the form means, for the form that goes back."""
        return [
            (name, Photo(_address(self.task, self.key, name), _("照片 %(n)d") % {"n": n}))
            for n, name in enumerate(self._names(), 1)
        ]

    def over(self) -> None:
        """They are handed in: nothing waits any more."""
        waiting.drop_all(self._at)

    def _names(self) -> list[str]:
        return [name for name in waiting.waiting(self._at) if name in self._meant]


def shown(task: int, photos: Sequence[int]) -> list[Photo]:
    """The photos that were handed in of a task."""
    return [
        Photo(reverse("campaign:photo", args=[task, photo]), _("照片 %(n)d") % {"n": n})
        for n, photo in enumerate(photos, 1)
    ]


@guarded(P.INSIGHT_READ, P.APPEAL_RECEIVE, P.CAMPAIGN_RUN)
@require_GET
def photo(request: StaffRequest, number: int, photo: int) -> FileResponse:
    """One photo that was handed in, for who may read the campaign or do the task."""
    path = photo_for(request.actor, number, photo)
    return shown_photo(request, Path(settings.MEDIA_ROOT) / path, f"task-{number}-{photo}")


@guarded(P.APPEAL_RECEIVE, P.CAMPAIGN_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def early(request: StaffRequest, number: int, key: UUID) -> HttpResponse:
    """The photos that wait under a form: their list, and one more."""
    task_for(request.actor, number, timezone.localdate(request.now))
    at = _place(request, number, str(key))
    if request.method == "GET":
        return JsonResponse({"photos": [_one(number, key, name) for name in waiting.waiting(at)]})
    form = _OnePhoto(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"message": form.errors["photo"][0]}, status=400)
    try:
        name = waiting.keep(at, form.cleaned_data["photo"].read())
    except Invalid as wrong:
        return JsonResponse({"message": worded(wrong.message, _)}, status=400)
    return JsonResponse(_one(number, key, name), status=201)


@guarded(P.APPEAL_RECEIVE, P.CAMPAIGN_RUN)
@never_cache
@require_http_methods(["GET", "DELETE"])
def early_photo(request: StaffRequest, number: int, key: UUID, name: str) -> HttpResponseBase:
    """One waiting photo, for who took it alone."""
    task_for(request.actor, number, timezone.localdate(request.now))
    at = _place(request, number, str(key))
    if request.method == "DELETE":
        waiting.drop(at, name)
        return HttpResponse(status=204)
    return shown_photo(request, waiting.path_of(at, name), f"task-{number}")


def _place(request: StaffRequest, task: int, key: str) -> UUID:
    return place(request.actor.account_id, key, f"task-{task}")


def _one(task: int, key: UUID, name: str) -> dict[str, Any]:
    return {"name": name, "src": _address(task, str(key), name)}


def _address(task: int, key: str, name: str) -> str:
    return reverse("campaign:waiting_photo", args=[task, key, name])
