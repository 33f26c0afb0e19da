"""What the page of a report asks for while it is being filled in; each answer is a part of a page."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.kernel.clock import now
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.places.queries import districts, find_places
from huying.web.citizen.brakes import may_ask
from huying.web.citizen.forms import PhotoField
from huying.web.citizen.where import Whereabouts, said_of
from huying.web.citizen.writing import photos as waiting
from huying.web.citizen.writing.neighbours import neighbours
from huying.web.guard import public

# A person who types for ten minutes without a pause asks less often.
_MOST_ASKED: Final = 240
_MOST_PHOTOS_SENT: Final = 60
_TOO_MANY: Final = 429


class _Written(forms.Form):
    """What stands in the form so far. It goes by POST: words about a matter stay out of addresses and logs."""

    text = forms.CharField(required=False, max_length=2000)
    place = forms.CharField(required=False, max_length=300)
    area = forms.CharField(required=False, max_length=12)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    accuracy = forms.FloatField(required=False, min_value=0)


class _OnePhoto(forms.Form):
    photo = PhotoField()


@public
@never_cache
@require_POST
def alike(request: HttpRequest) -> HttpResponse:
    """附近有人反映过同样的事 (R208)."""
    if not may_ask(request, "neighbours", _MOST_ASKED):
        return HttpResponse(status=_TOO_MANY)
    given = _given(request)
    try:
        found = neighbours(Whereabouts(**given), now())
    except HuyingError:
        found = []
    return render(request, "citizen/neighbours.html", {"neighbours": found, "typing": True})


@public
@never_cache
@require_POST
def places(request: HttpRequest) -> HttpResponse:
    """Places of our own gazetteer whose name is being typed."""
    if not may_ask(request, "places", _MOST_ASKED):
        return HttpResponse(status=_TOO_MANY)
    typed = _given(request)["place"]
    found = [place for one in districts() for place in find_places(one.code, typed)]
    return render(request, "citizen/places.html", {"places": found[:6]})


@public
@never_cache
@require_POST
def here(request: HttpRequest) -> HttpResponse:
    """In which street and community a point lies, in words: so that a wrong one is seen before the report is sent."""
    if not may_ask(request, "here", _MOST_ASKED):
        return HttpResponse(status=_TOO_MANY)
    form = _Written(request.POST)
    form.is_valid()
    given = form.cleaned_data
    lon, lat = given.get("lon"), given.get("lat")
    if lon is None or lat is None:
        return HttpResponse(status=400)
    ours, words = said_of(lon, lat, given.get("accuracy"))
    return JsonResponse({"ours": ours, "words": words})


def _given(request: HttpRequest) -> dict[str, Any]:
    """What can be read of the form; a field that is none counts as empty."""
    form = _Written(request.POST)
    form.is_valid()
    empty: dict[str, Any] = {"text": "", "place": "", "area": "", "lon": None, "lat": None}
    return {name: form.cleaned_data.get(name, nothing) for name, nothing in empty.items()}


@public
@never_cache
@require_http_methods(["GET", "POST"])
def photos(request: HttpRequest, key: UUID) -> HttpResponse:
    """The photos that wait under a form: their list, and one more."""
    if request.method == "GET":
        return JsonResponse({"photos": [_shown(key, name) for name in waiting.waiting(key)]})
    if not may_ask(request, "photos", _MOST_PHOTOS_SENT):
        return JsonResponse({"message": _("照片传得太多了，请过一会儿再传。")}, status=_TOO_MANY)
    form = _OnePhoto(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse({"message": form.errors["photo"][0]}, status=400)
    try:
        name = waiting.keep(key, form.cleaned_data["photo"].read())
    except Invalid as wrong:
        return JsonResponse({"message": worded(wrong.message, _)}, status=400)
    return JsonResponse(_shown(key, name), status=201)


@public
@never_cache
@require_http_methods(["GET", "DELETE"])
def photo(request: HttpRequest, key: UUID, name: str) -> HttpResponseBase:
    """One waiting photo, for whoever knows the key of its form."""
    if request.method == "DELETE":
        waiting.drop(key, name)
        return HttpResponse(status=204)
    return FileResponse(waiting.path_of(key, name).open("rb"), content_type="image/jpeg")


def _shown(key: UUID, name: str) -> dict[str, str]:
    return {"name": name, "src": reverse("citizen:waiting_photo", args=[key, name])}
