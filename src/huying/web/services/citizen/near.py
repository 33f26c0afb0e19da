"""The nearest on foot to where somebody stands, to a place by its name, or to the middle of a community.

A position comes in a form that is sent, never in an address: no log holds where anybody stood. A community may stand
in one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.kernel.clock import now
from huying.kernel.errors import HuyingError
from huying.places.queries import area, districts
from huying.services.queries import NearFacility, Wanted, kinds_of, nearest_of
from huying.services.rules.kinds import Amenity, Measure
from huying.web.citizen.brakes import may_ask
from huying.web.citizen.public import near as places
from huying.web.citizen.where import Whereabouts, district_name, located, streets_and_communities
from huying.web.components import Chip
from huying.web.guard import public
from huying.web.services.words import amenity_words, open_chip, way_words

_MOST: Final = 240
_SHOWN: Final = 20
_TOO_MANY: Final = 429


class NearbyForm(places.NearForm):
    """Where, and of what kind; ``open``: only what is open now."""

    kind = forms.CharField(max_length=24, required=False)
    need = forms.CharField(max_length=20, required=False)
    open = forms.BooleanField(required=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the answer."""

    one: NearFacility
    kind: str
    way: str
    state: Chip
    has: Sequence[str]


@dataclass(frozen=True, slots=True)
class Spot:
    """From where it is measured, and how that is called."""

    district: int
    lon: float
    lat: float
    called: str


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The form, and what is nearest where it was sent; ``?area=`` measures from the middle of that area."""
    form = NearbyForm(request.POST if request.method == "POST" else request.GET)
    form.is_valid()
    given = form.cleaned_data
    if request.method != "POST":
        # An address holds no position.
        given = given | {"lon": None, "lat": None, "place": ""}
        if not given.get("area"):
            return _page(request, form, None, [], "")
    if not may_ask(request, "nearby", _MOST):
        return _page(request, form, None, [], _("找得太多了，请过一会儿再找。"), _TOO_MANY)
    spot, wrong = _spot(given)
    if spot is None:
        return _page(request, form, None, [], wrong, 400)
    return _page(request, form, spot, _nearest(spot, given), "")


def _nearest(spot: Spot, given: dict[str, Any]) -> list[Line]:
    at = now()
    names = {one.code: one.name for one in kinds_of(spot.district)}
    kind, need = given.get("kind", ""), given.get("need", "")
    wanted = Wanted(
        frozenset({kind}) if kind in names else frozenset(),
        frozenset({Amenity(need)}) if need in set(Amenity) else frozenset(),
        bool(given.get("open")),
    )
    found = nearest_of(spot.district, spot.lon, spot.lat, wanted, at, _SHOWN)
    return [
        Line(
            one, _(names.get(one.facility.kind, "")), way_words(one), open_chip(one.standing, at),
            amenity_words(one.facility),
        )
        for one in found
    ]  # fmt: skip


def _spot(given: dict[str, Any]) -> tuple[Spot | None, str]:
    """From where it is measured, or what is wrong with what was given."""
    lon, lat, place, code = (given.get(name) for name in ("lon", "lat", "place", "area"))
    if lon is not None and lat is not None:
        found = places.at(lon, lat)
        if found:
            return Spot(int(found[:6]), lon, lat, _("您现在的位置")), ""
        told = _("您现在的位置不在%(district)s。请写个地方，或选社区。") % {"district": district_name()}
        return None, told
    if place:
        return _by_name(place)
    if code and (name := places.name_of(code)):
        row = area(int(code[:6]), code)
        if row.lon is not None and row.lat is not None:
            return Spot(int(code[:6]), row.lon, row.lat, name), ""
    return None, _("请点“用我现在的位置”，或写个地方、选社区。")


def _by_name(place: str) -> tuple[Spot | None, str]:
    wrong = _("没有找到这个地方。请换个说法，或选社区。")
    try:
        found = located(Whereabouts(place=place))
    except HuyingError:
        return None, wrong
    if found.point is not None:
        return Spot(found.district, *found.point, place), ""
    if len(found.area) < 9:
        return None, wrong
    row = area(found.district, found.area)
    if row.lon is None or row.lat is None:
        return None, wrong
    return Spot(found.district, row.lon, row.lat, row.name), ""


def _page(
    request: HttpRequest,
    form: NearbyForm,
    spot: Spot | None,
    lines: list[Line],
    wrong: str,
    status: int = 200,
) -> HttpResponse:
    known = districts()
    district = spot.district if spot else known[0].code if known else 0
    kinds = [(one.code, _(one.name)) for one in kinds_of(district)]
    given = form.cleaned_data
    context = {
        "form": form,
        "spot": spot,
        "lines": lines,
        "wrong": wrong,
        "areas": streets_and_communities(),
        "kinds": kinds,
        "kind": given.get("kind", ""),
        "kind_name": dict(kinds).get(given.get("kind", ""), ""),
        "needs": [(one.value, _(one.zh)) for one in Amenity],
        "need": given.get("need", ""),
        "straight": any(line.one.measure is Measure.STRAIGHT for line in lines),
        "services_at": reverse("nearby:services"),
    }
    return render(request, "nearby/index.html", context, status=status)
