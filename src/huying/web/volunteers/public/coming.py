"""One call on a volunteer's phone: I come, I cannot, I am here, I go. By a cookie or a message's own link."""

from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.geo.datums import Datum, convert
from huying.kernel.clock import now
from huying.kernel.errors import HuyingError, Invalid, NotFound
from huying.kernel.saying import said, worded
from huying.volunteers.actions import check_in, check_out, claim, give_up
from huying.volunteers.queries import Own, OwnMuster, muster_near, own_by_id, read_link
from huying.web.citizen.brakes import may_ask
from huying.web.guard import public
from huying.web.volunteers.public.known import who
from huying.web.volunteers.public.own import drawn

_MOST_PRESSED: Final = 60
_TOO_MANY: Final = 429
_NOT_FOUND: Final = said("没取到位置，请在手机设置里允许定位，再按一次；或请带队人登记。")


@public
@never_cache
@require_GET
def muster(request: HttpRequest, number: int) -> HttpResponse:
    """The call, for who is known to this browser."""
    own = who(request)
    return redirect("volunteer:enter") if own is None else _page(request, own, number, _own_path(number))


@public
@never_cache
@require_POST
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """One of its buttons."""
    own = who(request)
    if own is None:
        return redirect("volunteer:enter")
    return _answered(request, own, number, _own_path(number), reverse("volunteer:muster", args=[number]))


@public
@never_cache
@require_GET
def called(request: HttpRequest, link: str) -> HttpResponse:
    """The call, for who holds the link of a message."""
    own, number = _holder(link)
    return _page(request, own, number, reverse("volunteer:answer_called", args=[link]))


@public
@never_cache
@require_POST
def answer_called(request: HttpRequest, link: str) -> HttpResponse:
    """One of its buttons."""
    own, number = _holder(link)
    path = reverse("volunteer:answer_called", args=[link])
    return _answered(request, own, number, path, reverse("volunteer:called", args=[link]))


def _holder(link: str) -> tuple[Own, int]:
    """Who holds a link, and for which call. Raises NotFound for a link nobody was given, and for who left."""
    read = read_link(link)
    own = own_by_id(read[0], read[2]) if read else None
    if read is None or own is None:
        raise NotFound
    return own, read[1]


def _own_path(number: int) -> str:
    return reverse("volunteer:answer", args=[number])


def _answered(request: HttpRequest, own: Own, number: int, path: str, back: str) -> HttpResponse:
    _seen(own, number)
    if not may_ask(request, f"muster-{own.district}-{own.id}", _MOST_PRESSED):
        return _page(request, own, number, path, _("按得太多了，请过一会儿再按。"), _TOO_MANY)
    try:
        _do(request, own, number)
    except HuyingError as error:
        return _page(request, own, number, path, worded(error.message, _), error.status)
    return redirect(back)


def _do(request: HttpRequest, own: Own, number: int) -> None:
    of, moment = (own.district, number, own.id), now()
    match request.POST.get("do"):
        case "claim":
            claim(*of, moment)
        case "leave":
            give_up(*of, moment)
        case "in":
            check_in(*of, *_point(request), moment)
        case "out":
            check_out(*of, moment)
        case _:
            raise Invalid


def _point(request: HttpRequest) -> tuple[float, float]:
    try:
        lon, lat = float(request.POST.get("lon", "")), float(request.POST.get("lat", ""))
    except ValueError:
        raise Invalid(_NOT_FOUND) from None
    if not (abs(lon) <= 180 and abs(lat) <= 90):
        raise Invalid(_NOT_FOUND)
    return convert(lon, lat, Datum.WGS84)


def _seen(own: Own, number: int) -> OwnMuster:
    """The call as they may see it. Raises NotFound for one that is not for them."""
    found = muster_near(own, number, now())
    if found is None:
        raise NotFound
    return found


def _page(
    request: HttpRequest, own: Own, number: int, path: str, wrong: str = "", status: int = 200
) -> HttpResponse:
    context = drawn(own.district, _seen(own, number)) | {"own": own, "path": path, "wrong": wrong}
    return render(request, "volunteer/muster.html", context, status=status)
