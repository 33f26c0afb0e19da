"""Words, photos and voice messages put on the timeline; what cannot be kept stays in its form."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.cases.actions import store_photos
from huying.emergency.actions import add_note, store_sound
from huying.emergency.queries import card_for
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.web.emergency.cards import context_of
from huying.web.emergency.files import NoteForm
from huying.web.guard import StaffRequest, guarded


@guarded(P.EMERGENCY_READ, P.EMERGENCY_OPEN)
@never_cache
@require_POST
def note(request: StaffRequest, number: int) -> HttpResponse:
    """Put it on the timeline; sent twice it stands once."""
    found = card_for(request.actor, number)
    form = NoteForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            _keep(request, number, form)
        except HuyingError as error:
            _say(form, error)
        else:
            return redirect("emergency:card", number)
    return render(request, "emergency/card.html", context_of(request, found, form), status=400)


def _keep(request: StaffRequest, number: int, form: NoteForm) -> None:
    said, district = form.cleaned_data, request.actor.district
    photos = store_photos(district, [photo.read() for photo in said["photos"]])
    sound = store_sound(district, said["sound"].read()) if said["sound"] else ""
    add_note(
        request.actor, number, said["words"], f"page:{said['key']}", request.now,
        photos=[photo.path for photo in photos], sound=sound,
    )  # fmt: skip


def _say(form: forms.Form, error: HuyingError) -> None:
    for name, text in error.fields.items() or [("", error.message)]:
        form.add_error(name if name in form.fields else None, worded(text, _))
