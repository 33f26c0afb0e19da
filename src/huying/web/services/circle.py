"""15 分钟生活圈: who reaches what on foot, community by community, and where the next place would help most."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError, NotFound
from huying.kernel.saying import worded
from huying.longwork.queries import unfinished_of
from huying.places.queries import AreaRow, Level, area_features, area_words, areas
from huying.services.channels.circling import KIND, ask_for_circle
from huying.services.queries import CircleInfo, KindShare, circle_for, prepared_for
from huying.web.components import MapPoint, MapView, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import CIRCLE, address_of

#: Below this share a community's people are told to be without.
LOW: Final = 0.6
_GAPS: Final = 12


@dataclass(frozen=True, slots=True)
class Gap:
    """A community and kind in which many reach none."""

    where: str
    kind: str
    without: int
    share: str


@guarded(P.SERVICE_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The latest circle: kinds and sites, the gaps ranked, one kind on the map."""
    actor = request.actor
    drawing = [one for one in unfinished_of(actor) if one.kind == KIND]
    context: dict[str, Any] = {
        "prepared": prepared_for(actor),
        "drawing": drawing[0] if drawing else None,
        "may_draw": _draws(request),
        "export": address_of(CIRCLE, request),
    }
    try:
        circle = circle_for(actor)
    except NotFound:
        return render(request, "services/circle.html", context)
    chosen = _chosen(circle, request.GET.get("kind", ""))
    rows = areas(actor.district, Level.COMMUNITY)
    names = {row.code: area_words(actor.district, row.code) for row in rows}
    context |= {
        "circle": circle,
        "chosen": chosen,
        "straight": percent(circle.straight) if circle.straight >= 0.005 else "",
        "kinds": [
            (one, _(one.name), percent(one.share), [_site(site) for site in one.sites])
            for one in circle.kinds
        ],
        "gaps": gaps_of(circle, names)[:_GAPS],
        "communities": _communities(chosen, rows, names) if chosen else [],
        "map": _map(chosen, rows) if chosen else None,
    }
    return render(request, "services/circle.html", context)


@guarded(P.SERVICE_READ)
@require_POST
def drawn(request: StaffRequest) -> HttpResponse:
    """Draw it anew, behind the pages."""
    try:
        ask_for_circle(request.actor, request.now, get_language() or "zh-hans")
    except HuyingError as error:
        if error.status == 403:
            raise
        messages.error(request, worded(error.message, _))
    else:
        messages.success(request, _("正在画，画好了这里会更新；可以先去做别的。"))
    return redirect("service:circle")


@guarded(P.SERVICE_READ)
@require_GET
def communities(request: StaffRequest) -> HttpResponse:
    """The communities' outlines as GeoJSON."""
    response = JsonResponse(area_features(request.actor.district, Level.COMMUNITY))
    response["Cache-Control"] = "private, max-age=300"
    return response


def gaps_of(circle: CircleInfo, names: dict[str, str]) -> list[Gap]:
    """Communities and kinds by how many people reach none, the most first."""
    found = [
        (people - covered, names.get(code, code), one, covered / people)
        for one in circle.kinds
        for code, (people, covered) in one.communities.items()
        if people - covered >= 1
    ]
    found.sort(key=lambda gap: (-gap[0], gap[1], gap[2].kind))
    return [Gap(where, _(one.name), round(without), percent(share)) for without, where, one, share in found]


def percent(share: float) -> str:
    return f"{100 * share:.0f}%"


def _draws(request: StaffRequest) -> bool:
    whole = str(request.actor.district)
    held = request.actor.grants_for(P.SERVICE_READ)
    return any(whole.startswith(grant.area) and grant.body_id is None for grant in held)


def _chosen(circle: CircleInfo, kind: str) -> KindShare | None:
    known = {one.kind: one for one in circle.kinds}
    return known.get(kind) or next(iter(sorted(circle.kinds, key=lambda one: one.share)), None)


def _site(site: Any) -> dict[str, str]:
    return {"name": site.name, "gain": f"{site.gain:.0f}", "share": percent(site.share)}


def _communities(one: KindShare, rows: list[AreaRow], names: dict[str, str]) -> list[dict[str, Any]]:
    found = []
    for row in rows:
        people, covered = one.communities.get(row.code, (0.0, 0.0))
        if people:
            found.append({
                "name": names[row.code], "people": round(people), "without": round(people - covered),
                "share": percent(covered / people), "low": covered / people < LOW,
            })  # fmt: skip
    return sorted(found, key=lambda line: -line["without"])


def _map(one: KindShare, rows: list[AreaRow]) -> MapView:
    points = []
    for row in rows:
        share = one.share_in(row.code)
        if share is not None and row.lon is not None and row.lat is not None:
            tone = Tone.AMBER if share < LOW else Tone.ACCENT
            points.append(MapPoint(row.lon, row.lat, f"{row.name} {percent(share)}", "", tone, mark="area"))
    points += [
        MapPoint(
            site.lon, site.lat, _("建议 %(n)s") % {"n": place}, "", Tone.GREEN,
            _("%(name)s，多 %(gain)s 人走得到") % {"name": site.name, "gain": f"{site.gain:.0f}"},
        )
        for place, site in enumerate(one.sites, 1)
    ]  # fmt: skip
    source = {"areas": reverse("service:communities")}
    title = _("%(kind)s：%(n)s 分钟走得到的人") % {"kind": _(one.name), "n": one.minutes}
    return MapView("circle", title, source, points, None, 12.0, fit="areas")
