"""Residents' pages that belong to nobody in particular: the public list, elder mode, the map, installing."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET, require_POST, require_safe

from huying.web.citizen import counter
from huying.web.citizen.brakes import may_ask
from huying.web.citizen.public import near
from huying.web.citizen.public.board import LATEST, board
from huying.web.citizen.where import district_name, streets_and_communities
from huying.web.components import Pager
from huying.web.guard import public
from huying.web.returning import asked_back

_PAGE: Final = 20
_YEAR: Final = 365 * 86400
# As many as places may be asked for while a report is typed.
_MOST_ASKED: Final = 240
_TOO_MANY: Final = 429


@public
@require_safe
def answered(request: HttpRequest) -> HttpResponse:
    """公开答复: what was asked, what was done, how long it took, by street (R505)."""
    code = request.GET.get("near", "")
    if called := near.name_of(code):
        around = {"around": near.nearest(code), "called": called, "chosen": code}
        return _public(request, near.NearForm(initial={"area": code}), around)
    return _public(request, near.NearForm(), _everywhere(request))


def _everywhere(request: HttpRequest) -> dict[str, Any]:
    """The latest of the district, or of the area that the address names."""
    area, cursor = request.GET.get("area", ""), request.GET.get("at", "")
    page = counter.answered(area, cursor, _PAGE)
    return {
        "matters": page.matters,
        "streets": board(),
        "latest": LATEST,
        "chosen": area,
        "named": near.name_of(area),
        "page": Pager(_at(request, page.newer), _at(request, page.older), len(page.matters)),
    }


def _public(
    request: HttpRequest, form: near.NearForm, shown: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {"form": form, "areas": streets_and_communities(), **shown}
    return render(request, "citizen/public.html", context, status=status)


@public
@require_POST
def around(request: HttpRequest) -> HttpResponse:
    """附近: from a position, a name or an area of the list to its community; that alone goes into addresses."""
    form = near.NearForm(request.POST)
    form.is_valid()
    if not may_ask(request, "near", _MOST_ASKED):
        form.add_error("place", _("找得太多了，请过一会儿再找，或选街道、社区。"))
        return _public(request, form, _everywhere(request), _TOO_MANY)
    given = form.cleaned_data
    found, wrong = _meant(given)
    if len(found) == 1:
        return redirect(f"{reverse('citizen:public')}?near={found[0][0]}#around")
    if wrong:
        form.add_error("place", wrong)
    return _public(request, form, {**_everywhere(request), "meant": found}, 400 if wrong else 200)


def _meant(given: dict[str, Any]) -> tuple[list[tuple[str, str]], str]:
    """(code, words) of what was asked for, or what is wrong with it."""
    lon, lat, place, area = (given.get(name) for name in ("lon", "lat", "place", "area"))
    if lon is not None and lat is not None:
        code = near.at(lon, lat)
        told = _("您现在的位置不在%(district)s。请写个地方，或选街道、社区。") % {"district": district_name()}
        return ([(code, "")], "") if code else ([], told)
    if place:
        found = near.meant(place)
        return found, "" if found else _("没有找到这个地方。请换个说法，或选街道、社区。")
    if area and near.name_of(area):
        return [(area, "")], ""
    return [], _("请写个地方，或选街道、社区。")


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
