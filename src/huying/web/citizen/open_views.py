"""Residents' pages that belong to nobody in particular: the public list, elder mode, the map, installing."""

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST

from huying.places.queries import districts, ground_features
from huying.web.citizen import counter
from huying.web.citizen.board import LATEST, board
from huying.web.components import Choice, Filter, Pager
from huying.web.guard import public
from huying.web.returning import asked_back

_PAGE: Final = 20
_YEAR: Final = 365 * 86400


@public
@require_GET
def answered(request: HttpRequest) -> HttpResponse:
    """公开答复: what was asked, what was done, how long it took, by street (R505)."""
    area, cursor = request.GET.get("area", ""), request.GET.get("at", "")
    page = counter.answered(area, cursor, _PAGE)
    streets = [Choice(code, name, code == area) for code, name in counter.streets()]
    context = {
        "matters": page.matters,
        "questions": [Filter("area", _("街道"), choices=streets)],
        "streets": board(),
        "latest": LATEST,
        "chosen": area,
        "page": Pager(_at(request, page.newer), _at(request, page.older), len(page.matters)),
    }
    return render(request, "citizen/public.html", context)


def _at(request: HttpRequest, cursor: str) -> str:
    if not cursor:
        return ""
    query = request.GET.copy()
    query["at"] = cursor
    return f"?{query.urlencode()}"


@public
@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """长者模式 on or off, kept in this browser."""
    response = redirect(asked_back(request, reverse("citizen:home")))
    if request.POST.get("on") == "1":
        response.set_cookie(
            "elder", "1", max_age=_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    else:
        response.delete_cookie("elder", samesite="Lax")
    return response


@public
@require_GET
@cache_control(public=True, max_age=3600)
def areas(request: HttpRequest) -> HttpResponse:
    """The streets' outlines as GeoJSON, for picking a point."""
    return JsonResponse(counter.outlines(), json_dumps_params={"ensure_ascii": False})


@public
@require_GET
@cache_control(public=True, max_age=3600)
def ground(request: HttpRequest) -> HttpResponse:
    """Roads, rivers and names by which people find their way, as GeoJSON."""
    features = [each for one in districts() for each in ground_features(one.code)["features"]]
    told = {"type": "FeatureCollection", "features": features}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})
