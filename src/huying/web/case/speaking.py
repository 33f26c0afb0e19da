"""Saying something in the conversation of a case; what cannot be said yet stays in its field."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.cases.actions import store_photos
from huying.kernel.errors import Invalid
from huying.kernel.saying import worded
from huying.loop.dispose.actions import speak
from huying.web.case import finding
from huying.web.case.page import context_of
from huying.web.case.talk import SayForm
from huying.web.guard import StaffRequest, guarded
from huying.web.returning import asked_back


@guarded(P.CASE_SPEAK)
@never_cache
@require_POST
def say(request: StaffRequest, number: str) -> HttpResponse:
    """Say it; twice under one key it stands once."""
    district, case_id = finding.reference(request, number)
    form = SayForm(request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        try:
            photos = store_photos(district, [photo.read() for photo in given["photos"]])
            key = f"page:{request.actor.account_id}:{given['key']}"[:80]
            speak(request.actor, district, case_id, given["text"], key=key, now=request.now, photos=photos)
        except Invalid as wrong:
            for name, text in wrong.fields.items() or [("photos", wrong.message)]:
                form.add_error(name if name in form.fields else None, worded(text, _))
        else:
            return redirect(asked_back(request, reverse("case:page", args=[number])) + "#talk")
    return _again(request, number, form)


def _again(request: StaffRequest, number: str, form: SayForm) -> HttpResponse:
    context = context_of(request, finding.seen(request, number))
    talk = context["talk"]
    shown = {**context, "talk": replace(talk, form=form) if talk else None}
    return render(request, "case/page.html", shown, status=400)
