"""One member: what is known of them, where they work, and that they have left."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import Denied, HuyingError
from huying.places.queries import area_name
from huying.teams.actions import change_member, leave_duty
from huying.teams.policy import may_change
from huying.teams.queries import member_for
from huying.web.admin.doing import pressed
from huying.web.admin.teams.forms import MemberForm
from huying.web.guard import StaffRequest, guarded
from huying.web.present.people import call_address
from huying.web.present.refused import refused


@guarded(P.TEAM_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: int) -> HttpResponse:
    """A member's page; a POST corrects it. An empty phone leaves the one there is."""
    actor = request.actor
    row = member_for(actor, number, request.now)
    may_edit = may_change(actor, P.TEAM_EDIT, row.area)
    first = {"name": row.name, "job": row.job, "login": row.login}
    form = MemberForm(request.POST if request.method == "POST" else None, initial=first, label_suffix="")
    status = 200
    if request.method == "POST":
        status = 400
        if not may_edit:
            raise Denied
        if form.is_valid():
            try:
                change_member(actor, number, form.member(row.area))
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已改好。"), "teams:member", number)
    context = {
        "row": row,
        "where": area_name(actor.district, row.area),
        "grids": [(code, area_name(actor.district, code), kind) for code, kind in row.grids],
        "call": call_address(number, _("队员资料")) if row.phone and actor.may(P.TEAM_CALL) else "",
        "form": form,
        "may_edit": may_edit,
    }
    return render(request, "admin/teams/member.html", context, status=status)


@guarded(P.TEAM_EDIT)
@require_POST
def left(request: StaffRequest, number: int) -> HttpResponse:
    """The member has left: teams end, shifts to come become gaps."""
    return pressed(
        request,
        lambda: leave_duty(request.actor, number, request.now),
        _("已离队；以后的班空出来了，请补人。"),
        "teams:member",
        number,
    )
