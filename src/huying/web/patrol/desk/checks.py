"""核实核查: tasks to look at something, asked on a case's page, answered from the street."""

from datetime import timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import Invalid
from huying.patrol.actions import ask as send_to_look
from huying.patrol.actions import withdraw
from huying.patrol.queries import checks_for
from huying.patrol.rules.kinds import CheckKind
from huying.places.queries import area_words
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed, saved
from huying.web.case import finding
from huying.web.case.lists import filters
from huying.web.guard import StaffRequest, guarded
from huying.web.patrol.desk.tabs import PAGE, pager, tabs
from huying.web.taking import PATROL_CHECKS, address_of

#: 核实 24 h, 核查 2 h where nobody says otherwise.
HOURS: Final = {CheckKind.VERIFY: 24, CheckKind.INSPECT: 2}


@guarded(P.PATROL_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The tasks of one's areas, the newest first."""
    query, actor = request.GET, request.actor
    before, open_only = number_of(query.get("before", "")), query.get("state") == "open"
    found = checks_for(actor, open_only=open_only, before=before, limit=PAGE + 1)
    rows = found[:PAGE]
    asked = [filters.choice(query, "state", _("状态"), [("open", _("等答复"))])]
    context = {
        "tabs": tabs("checks"),
        "lines": [(row, area_words(actor.district, row.area)) for row in rows],
        "questions": asked,
        "narrowed": any(one.value for one in asked),
        "pager": pager(query, before, len(found), rows[-1].id if rows else 0),
        "export": address_of(PATROL_CHECKS, request),
        "may_run": actor.may(P.PATROL_RUN),
        "now": request.now,
    }
    return render(request, "patrol/desk/checks.html", context)


@guarded(P.PATROL_RUN)
@require_POST
def ask(request: StaffRequest, number: str) -> HttpResponse:
    """Send whoever works there to look."""
    _district, case_id = finding.reference(request, number)
    given = request.POST.get("kind", "")
    kind = CheckKind(given) if given in set(CheckKind) else CheckKind.VERIFY
    hours = _hours(request.POST.get("hours", "").strip(), kind)
    due_at = request.now + timedelta(hours=min(hours, 24 * 30))
    words = request.POST.get("words", "").replace("\x00", "")
    return saved(
        request,
        lambda: send_to_look(request.actor, case_id, kind, words, due_at, request.now),
        _("已请网格员去看。"),
        "case:page",
        number,
    )


def _hours(typed: str, kind: CheckKind) -> int:
    hours = number_of(typed) if typed else HOURS[kind]
    if not hours:
        raise Invalid(fields={"hours": "请填几小时，1 到 720。"})
    return hours


@guarded(P.PATROL_RUN)
@require_POST
def withdrawn(request: StaffRequest, number: int) -> HttpResponse:
    """Nobody need look any more."""
    return pressed(
        request, lambda: withdraw(request.actor, number, request.now), _("已撤回。"), "patrols:checks"
    )
