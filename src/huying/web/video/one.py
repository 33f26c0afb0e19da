"""One alarm: where and when, its pictures, what came of it, who looked."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.people.queries import unit_names
from huying.places.queries import area_words
from huying.video.queries import AlarmInfo, SnapshotInfo, alarm_for, opened_until, openings_of
from huying.web.components import MapPoint, MapView, Photo, Tone
from huying.web.guard import StaffRequest, guarded
from huying.web.present.filmed import coarse_photo, verdict_of
from huying.web.video.forms import LookForm


@guarded(P.VIDEO_READ)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """The page."""
    return shown(request, number)


def shown(
    request: StaffRequest, number: int, form: LookForm | None = None, status: int = 200
) -> HttpResponse:
    """The page, or the page with a form that was refused."""
    actor = request.actor
    row = alarm_for(actor, number)
    until = opened_until(actor, row.id, request.now) if actor.may(P.VIDEO_OPEN) else None
    context = {
        "row": row,
        "where": area_words(actor.district, row.area),
        "owner": unit_names(actor.district).get(row.body_id or 0, ""),
        "verdict": verdict_of(row),
        "until": until,
        "pictures": [
            (each, _photo(row, each.id, n, clear=until is not None)) for n, each in enumerate(_left(row), 1)
        ],
        "gone": [each for each in row.snapshots if each.gone],
        "openings": openings_of(actor, row.id),
        "map": _map(row),
        "form": form or LookForm(),
        "may_open": actor.may(P.VIDEO_OPEN),
        "may_remove": actor.may_everywhere(P.VIDEO_SET),
        "may_see_device": actor.may(P.DEVICE_READ),
        "may_see_card": row.emergency_id is not None and actor.may(P.EMERGENCY_READ),
    }
    return render(request, "video/one.html", context, status=status)


def _left(row: AlarmInfo) -> list[SnapshotInfo]:
    return [each for each in row.snapshots if not each.gone]


def _photo(row: AlarmInfo, picture: int, number: int, *, clear: bool) -> Photo:
    if not clear:
        return coarse_photo(row, picture, number)
    alt = _("%(kind)s截图 %(n)d，原图") % {"kind": _(row.kind.zh), "n": number}
    return Photo(reverse("video:taken", args=[row.id, picture]), alt)


def _map(row: AlarmInfo) -> MapView | None:
    if row.lon is None or row.lat is None:
        return None
    point = MapPoint(row.lon, row.lat, row.device_name, tone=Tone.RED, note=row.place_text)
    return MapView("video-map", _("在哪里"), {}, [point], (row.lon, row.lat), 15.0)
