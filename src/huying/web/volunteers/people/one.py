"""One volunteer: registered, looked at, corrected, called by telephone, struck off. Whoever looks is written down."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import Denied, HuyingError
from huying.kernel.saying import worded
from huying.places.queries import Level
from huying.volunteers.actions import change, look_at, phone_of, register, strike_off
from huying.volunteers.queries import VolunteerRow, musters_near, own_by_id, volunteer_for
from huying.web.admin.doing import pressed
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.volunteers.people.forms import StaffForm, VolunteerForm
from huying.web.volunteers.words import area_choices, person_rows, standing_chip

_HERE = "volunteers:person"


@guarded(P.VOLUNTEER_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Register somebody who is there; a known number corrects who it is."""
    form = StaffForm(
        request.actor.district, _communities(request), request.POST if request.method == "POST" else None
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                made = register(request.actor, form.volunteer(), form.cleaned_data["phone"], request.now)
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
                status = error.status
            else:
                said = _("已登记。") if made.is_new else _("这个号码登记过，资料已更新。")
                return pressed(request, lambda: None, said, _HERE, made.id)
    return render(request, "volunteers/person_form.html", {"form": form}, status=status)


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_GET
def page(request: StaffRequest, number: int) -> HttpResponse:
    """What is known of one."""
    return _page(request, look_at(request.actor, number, request.now))


@guarded(P.VOLUNTEER_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def changed(request: StaffRequest, number: int) -> HttpResponse:
    """Corrected; the number of the telephone stays what it is."""
    row = look_at(request.actor, number, request.now)
    if not row.editable:
        raise Denied
    form = VolunteerForm(
        request.actor.district, _communities(request), request.POST if request.method == "POST" else None, row
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                change(request.actor, number, form.volunteer(), request.now)
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已改好。"), _HERE, number)
    return render(request, "volunteers/person_form.html", {"form": form, "row": row}, status=status)


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_POST
def phone(request: StaffRequest, number: int) -> HttpResponse:
    """The whole number, once, for a reason that is written down."""
    why = request.POST.get("why", "").replace("\x00", "")
    try:
        whole = phone_of(request.actor, number, why, request.now)
    except HuyingError as error:
        if error.status in {403, 404}:
            raise
        row = volunteer_for(request.actor, number)
        return _page(request, row, wrong=worded(error.message, _), status=error.status)
    return _page(request, volunteer_for(request.actor, number), whole=whole)


@guarded(P.VOLUNTEER_EDIT)
@require_POST
def left(request: StaffRequest, number: int) -> HttpResponse:
    """Struck off: what was known goes, the hours stay."""
    return pressed(
        request,
        lambda: strike_off(request.actor, number, request.now),
        _("已退出登记，资料已清除。"),
        _HERE,
        number,
    )


def _page(
    request: StaffRequest, row: VolunteerRow, *, whole: str = "", wrong: str = "", status: int = 200
) -> HttpResponse:
    (line,) = person_rows(request.actor.district, [row])
    own = own_by_id(request.actor.district, row.id)
    open_ones = musters_near(own, request.now) if own and request.actor.may(P.MUSTER_RUN) else []
    context = {
        "line": line,
        "row": line.row,
        "open_ones": [(one, standing_chip(one.standing) if one.standing else None) for one in open_ones],
        "whole": whole,
        "wrong": wrong,
        "may_edit": line.row.editable and line.row.left_at is None,
        "may_call": request.actor.may(P.CALLER_UNMASK) and bool(line.row.phone),
    }
    return render(request, "volunteers/person.html", context, status=status)


def _communities(request: StaffRequest) -> list[tuple[str, str]]:
    return area_choices(request.actor, P.VOLUNTEER_EDIT, [Level.COMMUNITY])
