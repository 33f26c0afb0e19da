"""One grid's team: who is in it, taking somebody in, ending a membership."""

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import Denied, HuyingError, NotFound
from huying.places.queries import Level, area, area_name
from huying.teams.actions import ensure_member, join_team, leave_team
from huying.teams.policy import may_change
from huying.teams.queries import GridTeam, TeamLine, on_duty_within, team_for, teams_within
from huying.teams.rules.kinds import Part
from huying.web.admin.doing import pressed
from huying.web.admin.teams.forms import JoinForm
from huying.web.admin.teams.overview import lacks_words
from huying.web.guard import StaffRequest, guarded
from huying.web.present.people import call_address, on_duty_people
from huying.web.present.refused import refused


@guarded(P.TEAM_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, code: str) -> HttpResponse:
    """The team as it is today; a POST takes somebody in."""
    actor = request.actor
    if not _is_grid(request, code):
        raise NotFound
    form = JoinForm(request, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 400
        if not may_change(actor, P.TEAM_EDIT, code):
            raise Denied
        if form.is_valid():
            try:
                _join(request, code, form)
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已编入。"), "teams:grid", code)
    return render(request, "admin/teams/grid.html", _context(request, code, form), status=status)


@guarded(P.TEAM_EDIT)
@require_POST
def end(request: StaffRequest, code: str) -> HttpResponse:
    """End a membership from today on."""
    number = request.POST.get("membership", "")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return redirect("teams:grid", code)
    today = timezone.localdate(request.now)
    return pressed(
        request, lambda: leave_team(request.actor, int(number), today), _("已退出队伍。"), "teams:grid", code
    )


def _is_grid(request: StaffRequest, code: str) -> bool:
    """Whether it is a grid in force, or one that was and still has people to be moved."""
    if len(code) != 15 or not (code.isascii() and code.isdigit()):
        return False
    try:
        return area(request.actor.district, code).level is Level.GRID
    except NotFound:
        return bool(team_for(request.actor, code, timezone.localdate(request.now)))


def _join(request: StaffRequest, code: str, form: JoinForm) -> None:
    said = form.cleaned_data
    with transaction.atomic():
        member = ensure_member(request.actor, form.member(code), request.now)
        join_team(request.actor, code, member, said["kind"], said["since"], request.now)


def _context(request: StaffRequest, code: str, form: JoinForm) -> dict[str, Any]:
    actor, today = request.actor, timezone.localdate(request.now)
    found = team_for(actor, code, today)
    may_call = actor.may(P.TEAM_CALL)
    parts: list[tuple[str, list[tuple[TeamLine, str, bool]]]] = [
        (
            _(part.zh),
            [
                (
                    line,
                    call_address(line.member_id, _("网格队伍")) if may_call and line.phone else "",
                    line.valid_from > today,
                )
                for line in found
                if line.part is part
            ],
        )
        for part in Part
    ]
    return {
        "code": code,
        "name": area_name(actor.district, code),
        "community": code[:12],
        "parts": parts,
        "lacks": lacks_words(teams_within(actor, code, today).get(code, GridTeam())),
        "people": on_duty_people(actor, on_duty_within(actor, code, request.now), _("网格队伍")),
        "form": form,
        "may_edit": may_change(actor, P.TEAM_EDIT, code),
    }
