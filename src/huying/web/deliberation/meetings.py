"""会议: kept, filled while people speak, followed to the last thing that was said."""

from typing import Any, Final
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.deliberation.actions.kinds import ensure_kinds
from huying.deliberation.actions.meetings import change_meeting, end_meeting, put_meeting
from huying.deliberation.actions.taking import Said, claim, take
from huying.deliberation.queries.kinds import meeting_kinds
from huying.deliberation.queries.meetings import PAGE, MeetingView, TakenLine, meeting_for, meetings_for
from huying.kernel.errors import HuyingError
from huying.kernel.numbers import hidden, shown
from huying.kernel.saying import worded
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.case.lists.lines import query_with
from huying.web.case.showing import line_lamp, state_chip
from huying.web.components import Choice, Filter
from huying.web.deliberation.asked import meetings_asked, moment_of
from huying.web.deliberation.forms import MeetingForm, SaidForm
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.taking import MEETINGS, address_of

_HOUR: Final = 3600


@guarded(P.DELIBERATION_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Meetings, the latest first, by kind and words."""
    wanted = meetings_asked(request.GET)
    found = meetings_for(request.actor, wanted, moment_of(request.GET))
    kinds = meeting_kinds(request.actor.district)
    last = found[-1] if len(found) == PAGE else None
    context = {
        "tab": "meetings",
        "rows": found,
        "asked": bool(wanted.kind or wanted.words),
        "questions": [
            Filter("q", _("会议名称"), "search", value=wanted.words),
            Filter(
                "kind", _("类型"), choices=[Choice(row.code, row.name, row.code == wanted.kind) for row in kinds]
            ),
        ],
        "next": query_with(request.GET, before=f"{last.held_at.isoformat()}~{last.id}") if last else "",
        "export": address_of(MEETINGS, request),
        "may_run": request.actor.may(P.DELIBERATION_RUN),
    }  # fmt: skip
    return render(request, "deliberation/meetings.html", context)


@guarded(P.DELIBERATION_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new meeting; the same form sent twice is one."""
    ensure_kinds(request.actor.district)
    if request.method == "GET":
        begun = {"key": uuid4(), "held_at": timezone.localtime(request.now).replace(second=0, microsecond=0)}
        return _form(request, MeetingForm(request, initial=begun))
    form = MeetingForm(request, request.POST)
    if form.is_valid():
        try:
            made = put_meeting(request.actor, form.meeting(), str(form.cleaned_data["key"]), request.now)
        except HuyingError as error:
            refused(form, error)
            return _form(request, form, status=error.status)
        messages.success(request, _("会议已建好，可以开始登记了。"))
        return _kept(made)
    return _form(request, form, status=400)


@guarded(P.DELIBERATION_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, meeting: int) -> HttpResponse:
    """The meeting written anew, and its minutes."""
    view = meeting_for(request.actor, meeting, request.now)
    if request.method == "GET":
        return _form(request, MeetingForm(request, initial=_as_typed(view)), view)
    form = MeetingForm(request, request.POST)
    if form.is_valid():
        try:
            change_meeting(request.actor, meeting, form.meeting(), request.now)
        except HuyingError as error:
            refused(form, error)
            return _form(request, form, view, status=error.status)
        messages.success(request, _("已保存。"))
        return _kept(meeting)
    return _form(request, form, view, status=400)


@guarded(P.DELIBERATION_READ)
@never_cache
@require_GET
def page(request: StaffRequest, meeting: int) -> HttpResponse:
    """What it was, what was said there and where each of it stands; while it runs, the form for the next one."""
    view = meeting_for(request.actor, meeting, request.now)
    form = SaidForm(list(view.bodies), initial={"key": uuid4()}) if _takes(request, view) else None
    return _page(request, view, form)


@guarded(P.DELIBERATION_RUN)
@never_cache
@require_POST
def take_one(request: StaffRequest, meeting: int) -> HttpResponse:
    """One thing said, with its receipt, and back to the empty form."""
    view = meeting_for(request.actor, meeting, request.now)
    form = SaidForm(list(view.bodies), request.POST)
    if not form.is_valid():
        return _page(request, view, form, status=400)
    told = form.cleaned_data
    said = Said(
        str(told["key"]), told["text"], told["place"], told["name"], told["phone"], told["body"], told["item"]
    )
    try:
        taken = take(request.actor, meeting, said, request.now)
    except HuyingError as error:
        refused(form, error)
        return _page(request, view, form, status=error.status)
    given = {"n": taken.number, "receipt": shown(taken.receipt)}
    messages.success(request, _("第 %(n)d 件已登记，回执号 %(receipt)s。") % given)
    query = urlencode({"taken": taken.number})
    return redirect(f"{reverse('deliberation:meeting', args=[meeting])}?{query}")


@guarded(P.DELIBERATION_RUN)
@require_POST
def claim_one(request: StaffRequest, meeting: int, number: int) -> HttpResponse:
    """现场认领; a refusal is told at the top of the page, with what was typed in its row."""
    view = meeting_for(request.actor, meeting, request.now)
    item = request.POST.get("item", "").strip()
    try:
        claim(
            request.actor,
            meeting,
            number,
            number_of(request.POST.get("body", "")) or 0,
            request.now,
            item=item,
        )
    except HuyingError as error:
        form = SaidForm(list(view.bodies), initial={"key": uuid4()}) if _takes(request, view) else None
        told = {"claimed": (number, item), "wrong": worded(error.message, _)}
        return _page(request, view, form, error.status, told)
    messages.success(request, _("已认领，工单已派出。"))
    return redirect("deliberation:meeting", meeting)


@guarded(P.DELIBERATION_RUN)
@require_POST
def end(request: StaffRequest, meeting: int) -> HttpResponse:
    """No more is taken; pressed twice it stays over."""
    meeting_for(request.actor, meeting, request.now)
    return pressed(
        request, lambda: end_meeting(request.actor, meeting, request.now), _("收集已结束，逐件跟到办结。"),
        "deliberation:meeting", meeting,
    )  # fmt: skip


@guarded(P.DELIBERATION_READ)
@never_cache
@require_GET
def minutes(request: StaffRequest, meeting: int) -> HttpResponse:
    """会议纪要 on paper, with everything that was taken and where it stands now."""
    view = meeting_for(request.actor, meeting, request.now)
    context = {**_shown(request, view), "printed_at": request.now, "printed_by": request.actor.name}
    return render(request, "deliberation/minutes.html", context)


def _takes(request: StaffRequest, view: MeetingView) -> bool:
    return view.may_run and view.ended_at is None and request.actor.may(P.APPEAL_RECEIVE)


def _page(
    request: StaffRequest,
    view: MeetingView,
    form: SaidForm | None,
    status: int = 200,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    taken = request.GET.get("taken", "")[:6]
    context = {**_shown(request, view), "form": form, "taken": taken, **(more or {})}
    return render(request, "deliberation/meeting.html", context, status=status)


def _shown(request: StaffRequest, view: MeetingView) -> dict[str, Any]:
    rows = [
        {
            "taken": one,
            "receipt": _receipt(request, view, one),
            "cases": [
                (line, state_chip(line.state), line_lamp(line, request.now), line.id in view.open_to)
                for line in one.cases
            ],
            "may_claim": view.may_run and not one.claimed and not one.closed and bool(view.bodies)
            and all(line.body_id is None for line in one.cases),
        }
        for one in view.appeals
    ]  # fmt: skip
    return {"view": view, "meeting": view.line, "rows": rows, "may_run": view.may_run}


def _receipt(request: StaffRequest, view: MeetingView, one: TakenLine) -> str:
    """Whole for who hands it out: whoever holds it judges the work as its caller, which is not for who does the work."""
    handles = request.actor.body_ids & {line.body_id for line in one.cases}
    return shown(one.receipt) if view.may_run and not handles else hidden(one.receipt)


def _kept(number: int) -> HttpResponse:
    """To its page, which forgets the draft of what was kept."""
    return redirect(f"{reverse('deliberation:meeting', args=[number])}?kept=1")


def _form(
    request: StaffRequest, form: MeetingForm, view: MeetingView | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "deliberation/meeting_form.html", {"form": form, "view": view}, status=status)


def _as_typed(view: MeetingView) -> dict[str, Any]:
    return {
        "key": uuid4(), "kind": view.kind_id, "title": view.line.title, "area": view.line.area,
        "venue": view.line.venue, "held_at": timezone.localtime(view.line.held_at), "host": view.line.host,
        "agenda": view.agenda, "attendance": view.attendance, "bodies": [number for number, _name in view.bodies],
        "minutes": view.minutes,
    }  # fmt: skip
