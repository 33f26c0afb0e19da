"""What a volunteer's phone shows: calls near them, what they hold, their hours; what everybody sees of calls."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.kernel.clock import now
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.places.queries import area_name, districts
from huying.volunteers.actions import change_own, leave, rest
from huying.volunteers.queries import Own, OwnMuster, musters_near, open_to_all
from huying.volunteers.rules.crediting import hours
from huying.web.citizen.messages import arrive
from huying.web.guard import public
from huying.web.present.refused import refused
from huying.web.volunteers.people.forms import VolunteerForm
from huying.web.volunteers.public.entering import communities
from huying.web.volunteers.public.known import forget, who
from huying.web.volunteers.words import muster_rows, phase_chip, same_day, standing_chip


@public
@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Calls for them; for everybody else what still looks for people, and the way in."""
    own, moment = who(request), now()
    if own is None:
        rows = [row for one in districts() for row in muster_rows(one.code, open_to_all(one.code, moment))]
        return render(request, "volunteer/open.html", {"rows": rows, "arrives": arrive()})
    found = [drawn(own.district, one) for one in musters_near(own, moment)]
    context = {
        "own": own,
        "mine": [one for one in found if one["held"]],
        "rows": [one for one in found if not one["held"]],
        "hours": hours(own.gave.minutes),
    }
    return render(request, "volunteer/near.html", context)


@public
@never_cache
@require_http_methods(["GET", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """Their own data, to be corrected; resting, the attestation, leaving."""
    own = who(request)
    if own is None:
        return redirect("volunteer:enter")
    sent = request.POST if request.method == "POST" else None
    form = VolunteerForm(own.district, communities(own.district), sent, own)
    status = 200
    if sent is not None:
        status = 400
        if form.is_valid():
            try:
                change_own(own.district, own.caller_id, form.volunteer(), now())
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                messages.success(request, _("已改好。"))
                return redirect("volunteer:me")
    return render(request, "volunteer/me.html", _me(own, form), status=status)


@public
@require_POST
def rested(request: HttpRequest) -> HttpResponse:
    """No calls for now, or again."""
    own = who(request)
    if own is not None:
        resting = request.POST.get("rest") == "1"
        rest(own.district, own.caller_id, resting, now())
        messages.success(request, _("好的，先不叫您。") if resting else _("好的，有召集再叫您。"))
    return redirect("volunteer:me")


@public
@require_POST
def left(request: HttpRequest) -> HttpResponse:
    """They leave; their data go."""
    own = who(request)
    response = redirect("volunteer:index")
    if own is not None:
        try:
            leave(own.district, own.caller_id, now())
        except HuyingError as error:
            messages.error(request, worded(error.message, _))
            return redirect("volunteer:me")
        messages.success(request, _("已退出，资料已清除。谢谢您做过的一切。"))
        forget(response)
    return response


def drawn(district: int, one: OwnMuster) -> dict[str, object]:
    """One muster as its holder's phone shows it."""
    return {
        "one": one,
        "line": one.line,
        "where": one.line.place_text or area_name(district, one.line.area),
        "area": area_name(district, one.line.area),
        "phase": phase_chip(one.line.phase),
        "same_day": same_day(one.line),
        "chip": standing_chip(one.standing) if one.standing else None,
        "held": one.may_leave or one.may_check_in or one.may_check_out or one.in_at is not None,
        "hours": hours(one.minutes) if one.minutes else "",
        "free": max(0, one.line.quota - one.line.taken),
    }


def _me(own: Own, form: VolunteerForm) -> dict[str, object]:
    return {
        "own": own,
        "form": form,
        "hours": hours(own.gave.minutes),
        "where": area_name(own.district, own.area),
    }
