"""What a personal link opens: what happened, where, how far, and four large buttons. No account is needed.

A position is sent only when its button is pressed. Nothing is said here that the holder of the link was not told.
"""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.emergency.actions import answer, arrive, report_position, rest
from huying.emergency.queries import Called, called_by
from huying.emergency.rules.kinds import Answer
from huying.geo.datums import Datum
from huying.kernel import clock
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.places.queries import area_name
from huying.web.citizen.brakes import may_ask
from huying.web.emergency.words import metres_words
from huying.web.guard import public

# Each press is a line of the timeline that others read in a hurry.
_MOST_PRESSED: Final = 40
_TOO_MANY: Final = 429


@public
@never_cache
@require_GET
def alert(request: HttpRequest, link: str) -> HttpResponse:
    """The page as things stand."""
    return _page(request, link, called_by(link))


@public
@never_cache
@require_POST
def answer_alert(request: HttpRequest, link: str) -> HttpResponse:
    """One of the buttons."""
    called = called_by(link)
    if not may_ask(request, f"respond-{called.alert_id}", _MOST_PRESSED):
        return _page(request, link, called, _("按得太多了，请过一会儿再按，或者打电话说。"), _TOO_MANY)
    try:
        _do(request, called)
    except HuyingError as error:
        return _page(request, link, called_by(link), worded(error.message, _), error.status)
    return redirect("respond:alert", link)


def _do(request: HttpRequest, called: Called) -> None:
    now, of = clock.now(), (called.district, called.alert_id)
    match request.POST.get("do"):
        case "accept":
            answer(*of, Answer.ACCEPTED, now)
        case "decline":
            answer(*of, Answer.LEFT, now)
        case "arrive":
            arrive(*of, now)
        case "position":
            report_position(*of, *_point(request), now, Datum.WGS84.value)
        case "rest":
            rest(called.district, called.responder_id, True, now)
        case "wake":
            rest(called.district, called.responder_id, False, now)
        case _:
            raise Invalid


def _point(request: HttpRequest) -> tuple[float, float]:
    try:
        return float(request.POST.get("lon", "")), float(request.POST.get("lat", ""))
    except ValueError:
        raise Invalid("没有取到位置，请再按一次，或者打电话说。") from None


def _page(
    request: HttpRequest, link: str, called: Called, wrong: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "called": called,
        "link": link,
        "wrong": wrong,
        "what": _(called.what),
        "where": called.place_text or area_name(called.district, called.area),
        "area": area_name(called.district, called.area),
        "far": metres_words(called.metres),
        "at": called.opened_at,
    }
    return render(request, "emergency/respond.html", context, status=status)
