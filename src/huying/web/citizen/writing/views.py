"""What the page of a report asks for while it is being filled in; each answer is a part of a page."""

from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from huying.kernel.clock import now
from huying.kernel.errors import HuyingError
from huying.places.queries import districts, find_places
from huying.web.citizen.brakes import may_ask
from huying.web.citizen.where import Whereabouts
from huying.web.citizen.writing.neighbours import neighbours
from huying.web.guard import public

# A person who types for ten minutes without a pause asks less often.
_MOST_ASKED: Final = 240
_TOO_MANY: Final = 429


class _Written(forms.Form):
    """What stands in the form so far. It goes by POST: words about a matter stay out of addresses and logs."""

    text = forms.CharField(required=False, max_length=2000)
    place = forms.CharField(required=False, max_length=300)
    area = forms.CharField(required=False, max_length=12)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)


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


def _given(request: HttpRequest) -> dict[str, Any]:
    """What can be read of the form; a field that is none counts as empty."""
    form = _Written(request.POST)
    form.is_valid()
    empty: dict[str, Any] = {"text": "", "place": "", "area": "", "lon": None, "lat": None}
    return {**empty, **form.cleaned_data}
