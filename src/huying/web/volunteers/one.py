"""One muster: who comes, who is there, hours settled; told to further people, changed, cancelled."""

from collections.abc import Mapping
from datetime import datetime, time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.numbers import case_number
from huying.kernel.saying import worded
from huying.places.queries import area_name
from huying.volunteers.actions import cancel, close, mark, tell_more, widen
from huying.volunteers.queries import ClaimRow, MusterWhole, muster_for, skills
from huying.volunteers.rules.crediting import credited, hours
from huying.volunteers.rules.kinds import Phase, Standing
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.components import MapPoint, MapView
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import MUSTERED, address_of
from huying.web.volunteers.words import phase_chip, same_day, skill_words, span_short, standing_chip

_MARKS = (Standing.HELD, Standing.PRESENT, Standing.DONE, Standing.ABSENT, Standing.LEFT)
_HERE = "volunteers:muster"


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_GET
def page(request: StaffRequest, number: int) -> HttpResponse:
    """The page as things stand."""
    return _page(request, muster_for(request.actor, number, request.now))


@guarded(P.MUSTER_RUN)
@require_POST
def marked(request: StaffRequest, number: int, volunteer: int) -> HttpResponse:
    """Who leads writes down that somebody came, went, or did not come."""
    said = request.POST.get("standing", "")

    def act() -> None:
        if said not in set(_MARKS):
            raise Invalid
        mark(request.actor, number, volunteer, Standing(said), _time(request), request.now)

    if request.POST.get("back") == "person":
        return pressed(request, act, _("已替本人报名，满了就是候补。"), "volunteers:person", volunteer)
    return pressed(request, act, _("已登记。"), _HERE, number)


@guarded(P.MUSTER_RUN)
@require_POST
def told_more(request: StaffRequest, number: int) -> HttpResponse:
    """Tell the next of those it is for."""
    try:
        told = tell_more(request.actor, number, request.now)
    except HuyingError as error:
        if error.status in {403, 404}:
            raise
        messages.error(request, worded(error.message, _))
    else:
        messages.success(request, _("又通知了 %(n)d 人。") % {"n": told})
    return redirect(_HERE, number)


@guarded(P.MUSTER_RUN)
@require_POST
def widened(request: StaffRequest, number: int) -> HttpResponse:
    """More or fewer people."""
    quota = number_of(request.POST.get("quota", "")) or 0
    return pressed(
        request, lambda: widen(request.actor, number, quota, request.now), _("人数已改。"), _HERE, number
    )


@guarded(P.MUSTER_RUN)
@require_POST
def cancelled(request: StaffRequest, number: int) -> HttpResponse:
    """It will not be."""
    why = request.POST.get("why", "").replace("\x00", "")
    return pressed(
        request, lambda: cancel(request.actor, number, why, request.now), _("已取消，报名的人都会收到通知。"), _HERE,
        number,
    )  # fmt: skip


@guarded(P.MUSTER_RUN)
@require_POST
def closed(request: StaffRequest, number: int) -> HttpResponse:
    """Hours settled, with what who leads knows better."""
    view = muster_for(request.actor, number, request.now)
    words = request.POST.get("closing", "").replace("\x00", "")

    def act() -> None:
        close(request.actor, number, words, request.now, _corrected(request, view))

    return pressed(request, act, _("时长已核定，感谢已发出。"), _HERE, number)


def _corrected(request: StaffRequest, view: MusterWhole) -> dict[int, int]:
    """Minutes typed beside a name; what is empty is counted by the times."""
    found = {}
    for row in view.claims:
        typed = request.POST.get(f"minutes-{row.volunteer_id}", "").strip()
        if typed:
            minutes = number_of(typed)
            if minutes is None:
                raise Invalid("时长请填分钟数，例如 120。")
            found[row.volunteer_id] = minutes
    return found


def _time(request: StaffRequest) -> datetime | None:
    """A time of today, where one was typed; else now."""
    typed = request.POST.get("at", "").strip()
    if not typed:
        return None
    try:
        at = time.fromisoformat(typed)
    except ValueError:
        raise Invalid("时间请写成 09:30 这样。") from None
    return timezone.make_aware(datetime.combine(timezone.localdate(request.now), at))


def _page(request: StaffRequest, view: MusterWhole) -> HttpResponse:
    line, district = view.line, request.actor.district
    names = skills(district)
    running = line.phase in {Phase.GATHERING, Phase.FULL, Phase.RUNNING}
    context = {
        "view": view,
        "line": line,
        "chip": phase_chip(line.phase),
        "where": area_name(district, line.area),
        "same_day": same_day(line),
        "called": [area_name(district, code) for code in line.areas],
        "skills": skill_words(names, line.skills),
        "rows": [_row(district, names, view, row) for row in view.claims],
        "first": span_short(line.first_seconds),
        "full": span_short(line.full_seconds),
        "hours": hours(line.minutes),
        "case_number": case_number(district, line.case_id) if line.case_id else "",
        "map": _map(view),
        "may_mark": view.may_run and view.closed_at is None and view.cancelled_at is None,
        "may_call": view.may_run and running,
        "may_close": view.may_run and line.phase is Phase.OVER,
        "export": address_of(MUSTERED, request, {"muster": str(line.id)}),
    }
    return render(request, "volunteers/muster.html", context)


def _row(district: int, names: Mapping[str, str], view: MusterWhole, row: ClaimRow) -> dict[str, object]:
    there = row.standing in {Standing.PRESENT, Standing.DONE}
    offered = {
        Standing.HELD: (Standing.PRESENT, Standing.ABSENT), Standing.WAITING: (Standing.PRESENT,),
        Standing.PRESENT: (Standing.DONE, Standing.ABSENT), Standing.DONE: (Standing.PRESENT,),
        Standing.ABSENT: (Standing.PRESENT,), Standing.LEFT: (Standing.HELD, Standing.PRESENT),
    }[row.standing]  # fmt: skip
    minutes = credited(row.in_at, row.out_at, view.line.starts_at, view.line.ends_at) if there else 0
    return {
        "row": row,
        "chip": standing_chip(row.standing),
        "where": area_name(district, row.area),
        "skills": skill_words(names, row.skills),
        "marks": [(one.value, _MARK_WORDS[one]()) for one in offered],
        "reckoned": minutes,
        "there": there,
        "hours": hours(row.minutes) if row.minutes is not None else "",
    }


_MARK_WORDS = {
    Standing.HELD: lambda: _("又能来了"),
    Standing.PRESENT: lambda: _("登记到场"), Standing.DONE: lambda: _("登记离开"), Standing.ABSENT: lambda: _("没有到"),
}  # fmt: skip


def _map(view: MusterWhole) -> MapView | None:
    line = view.line
    if line.lon is None or line.lat is None:
        return None
    where = MapPoint(line.lon, line.lat, line.place_text or line.title)
    return MapView("muster", _("集合地点"), {}, [where], (line.lon, line.lat), 15.0)
