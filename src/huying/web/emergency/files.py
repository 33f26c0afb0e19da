"""The form for words, photos and voice messages, and the files themselves for who sees the card."""

from pathlib import Path
from typing import Any

from django import forms
from django.conf import settings
from django.http import FileResponse, Http404
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.emergency.queries import file_for
from huying.emergency.rules.sounds import TYPES
from huying.web.case.media import shown_photo
from huying.web.citizen.forms import MOST_PHOTOS, PhotosField, PhotosInput
from huying.web.guard import StaffRequest, guarded


class NoteForm(forms.Form):
    """A few words, photos, or a voice message."""

    most_photos = MOST_PHOTOS

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    words = forms.CharField(
        label=gettext_lazy("现场情况"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    photos = PhotosField(
        label=gettext_lazy("照片"),
        required=False,
        widget=PhotosInput(attrs={"accept": "image/*", "data-photos": MOST_PHOTOS, "multiple": True}),
    )
    sound = forms.FileField(label=gettext_lazy("语音"), required=False)


@guarded(P.EMERGENCY_READ, P.EMERGENCY_OPEN)
@require_GET
def file(request: StaffRequest, number: int, mark: int) -> Any:
    """A photo or a voice message of a line."""
    photo, sound = file_for(request.actor, number, mark)
    if photo:
        return shown_photo(request, Path(settings.MEDIA_ROOT) / photo, f"emergency-{number}-{mark}")
    path = Path(settings.MEDIA_ROOT) / sound
    if not path.is_file():
        raise Http404
    kind = TYPES.get(path.suffix[1:], "application/octet-stream")
    response = FileResponse(
        path.open("rb"), content_type=kind, filename=f"emergency-{number}-{mark}{path.suffix}"
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
