"""The conversation of those who handle a case (R305): read with the page, spoken from it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.page import CaseView
from huying.loop.dispose.actions import read_up_to
from huying.loop.dispose.queries import conversation_beside, conversation_for
from huying.web.case import finding
from huying.web.case.media import shown_photo
from huying.web.citizen.forms import MOST_PHOTOS, PhotosField, PhotosInput
from huying.web.components import Photo
from huying.web.guard import StaffRequest, guarded


class SayForm(forms.Form):
    """A few words, or photos, or both."""

    most_photos = MOST_PHOTOS

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("留言"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )
    photos = PhotosField(
        label=gettext_lazy("照片"),
        required=False,
        widget=PhotosInput(attrs={"accept": "image/*", "data-photos": MOST_PHOTOS, "multiple": True}),
    )


@dataclass(frozen=True, slots=True)
class Talk:
    """What was said, each with its photos, and the form for saying more; none on a case that was erased."""

    said: list[tuple[Any, list[Photo]]]
    form: SayForm | None


def talk_for(request: StaffRequest, case: CaseView) -> Talk | None:
    """The conversation, noted as read by whoever looks; None for who does not take part."""
    if not case.may_speak:
        return None
    line, said = case.line, conversation_beside(case, request.now)
    if said and said[-1].account_id != request.actor.account_id:
        read_up_to(request.actor, line.district, line.id, said[-1].id, request.now)
    form = None if case.erased else SayForm(initial={"key": str(uuid4())})
    return Talk([(one, _photos(line.number, one)) for one in said], form)


def _photos(number: str, one: Any) -> list[Photo]:
    return [
        Photo(
            reverse("case:said_photo", args=[number, one.id, place]),
            _("%(name)s发的照片 %(n)d") % {"name": one.name, "n": place + 1},
        )
        for place in range(len(one.photos))
    ]


@guarded(P.CASE_SPEAK)
@require_GET
def said_photo(request: StaffRequest, number: str, message: int, place: int) -> FileResponse:
    """A photo sent in the conversation."""
    district, case_id = finding.reference(request, number)
    for one in conversation_for(request.actor, district, case_id, request.now, after=message - 1, limit=1):
        if one.id == message and place < len(one.photos):
            return shown_photo(request, Path(settings.MEDIA_ROOT) / one.photos[place], f"{number}-{message}")
    raise Http404
