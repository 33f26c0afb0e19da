"""提案: written, discussed, put to the vote, carried out, on one page."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.deliberation.actions.kinds import ensure_kinds
from huying.deliberation.actions.proposals import change_proposal, discuss, put_proposal, withdraw
from huying.deliberation.queries.meetings import Wanted, meeting_for, meetings_for
from huying.deliberation.queries.proposals import PAGE, ProposalView, proposal_for, proposals_for
from huying.deliberation.rules.kinds import Phase
from huying.kernel.errors import HuyingError, Invalid, NotFound
from huying.kernel.numbers import case_number, parse_case_number
from huying.kernel.saying import worded
from huying.web.admin.asked import number_of
from huying.web.case import finding
from huying.web.case.lists.lines import query_with
from huying.web.case.showing import state_chip
from huying.web.components import Choice, Filter
from huying.web.deliberation import words
from huying.web.deliberation.asked import proposals_asked
from huying.web.deliberation.forms import OpenForm, ProposalForm, StepForm
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.taking import PROPOSALS, address_of


@guarded(P.DELIBERATION_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Proposals, newest first, by phase and words."""
    wanted = proposals_asked(request.GET)
    found = proposals_for(request.actor, wanted, request.now, number_of(request.GET.get("before", "")))
    context = {
        "tab": "proposals",
        "rows": [(line, words.phase_chip(line.phase)) for line in found],
        "asked": wanted.phase is not None or bool(wanted.words),
        "questions": [
            Filter("q", _("提案名称"), "search", value=wanted.words),
            Filter("phase", _("进展"), choices=[Choice(one.value, _(one.zh), one is wanted.phase) for one in Phase]),
        ],
        "next": query_with(request.GET, before=str(found[-1].id)) if len(found) == PAGE else "",
        "export": address_of(PROPOSALS, request),
        "may_run": request.actor.may(P.DELIBERATION_RUN),
    }  # fmt: skip
    return render(request, "deliberation/proposals.html", context)


@guarded(P.DELIBERATION_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """A new proposal, from ``?meeting=`` or ``?case=`` where it comes from one; the same form sent twice is one."""
    ensure_kinds(request.actor.district)
    meeting, case, begun = _origin(request)
    if request.method == "GET":
        return _form(request, ProposalForm(request, initial={"key": uuid4(), **begun}))
    form = ProposalForm(request, request.POST)
    if form.is_valid():
        try:
            once = str(form.cleaned_data["key"])
            made = put_proposal(request.actor, form.proposal(meeting, case), once, request.now)
        except HuyingError as error:
            refused(form, error)
            return _form(request, form, status=error.status)
        messages.success(request, _("提案已建好。议过之后，填有表决权的户，再开始表决。"))
        return _kept(made)
    return _form(request, form, status=400)


@guarded(P.DELIBERATION_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, proposal: int) -> HttpResponse:
    """A draft written anew."""
    view = proposal_for(request.actor, proposal, request.now)
    if request.method == "GET":
        begun = {
            "key": uuid4(), "title": view.line.title, "text": view.text, "area": view.line.area, "kind": view.kind_id
        }  # fmt: skip
        return _form(request, ProposalForm(request, initial=begun), view)
    form = ProposalForm(request, request.POST)
    if form.is_valid():
        try:
            change_proposal(request.actor, proposal, form.proposal(), request.now)
        except HuyingError as error:
            refused(form, error)
            return _form(request, form, view, status=error.status)
        messages.success(request, _("已保存。"))
        return _kept(proposal)
    return _form(request, form, view, status=400)


@guarded(P.DELIBERATION_READ)
@never_cache
@require_GET
def page(request: StaffRequest, proposal: int) -> HttpResponse:
    """Everything about it, and what may be done next."""
    return shown(request, proposal_for(request.actor, proposal, request.now))


@guarded(P.DELIBERATION_RUN)
@require_POST
def discussed(request: StaffRequest, proposal: int) -> HttpResponse:
    """What a meeting said of it."""
    view = proposal_for(request.actor, proposal, request.now)
    meeting = number_of(request.POST.get("meeting", ""))
    said = request.POST.get("words", "")

    def keep() -> None:
        if meeting is None:
            raise Invalid(_("请选在哪次会上议的。"))
        discuss(request.actor, proposal, meeting, said, request.now)

    try:
        keep()
    except HuyingError as error:
        return shown(
            request, view, {"discussion": (meeting, said), "wrong": worded(error.message, _)}, error.status
        )
    messages.success(request, _("已记下。"))
    return redirect("deliberation:proposal", proposal)


@guarded(P.DELIBERATION_RUN)
@require_POST
def withdrawn(request: StaffRequest, proposal: int) -> HttpResponse:
    """Taken back, with the reason."""
    view = proposal_for(request.actor, proposal, request.now)
    why = request.POST.get("why", "")
    try:
        withdraw(request.actor, proposal, why, request.now)
    except HuyingError as error:
        return shown(request, view, {"why": why, "wrong": worded(error.message, _)}, error.status)
    messages.success(request, _("提案已撤回。"))
    return redirect("deliberation:proposal", proposal)


def shown(
    request: StaffRequest, view: ProposalView, more: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what was typed where it was refused (``more``)."""
    meetings = meetings_for(request.actor, Wanted(), limit=20) if view.may_run else []
    context = {
        "view": view,
        "proposal": view.line,
        "chip": words.phase_chip(view.phase),
        "phase": view.phase.value,
        "rule": words.rule_words(view.rule),
        "counted": words.count_rows(view.tally, view.rule) if view.tally else (),
        "turnout": words.turnout_row(view.tally, view.rule) if view.tally else None,
        "outcome": words.outcome_words(view),
        "case_number": case_number(request.actor.district, view.case_id) if view.case_id else "",
        "cases": [(line, state_chip(line.state)) for line in view.cases],
        "meetings": meetings,
        "open_form": OpenForm(),
        "step_form": StepForm(initial={"key": uuid4()}),
        "key": uuid4(),
        "may_run": view.may_run,
        **(more or {}),
    }
    return render(request, "deliberation/proposal.html", context, status=status)


def _kept(number: int) -> HttpResponse:
    """To its page, which forgets the draft of what was kept."""
    return redirect(f"{reverse('deliberation:proposal', args=[number])}?kept=1")


def _form(
    request: StaffRequest, form: ProposalForm, view: ProposalView | None = None, status: int = 200
) -> HttpResponse:
    return render(request, "deliberation/proposal_form.html", {"form": form, "view": view}, status=status)


def _origin(request: StaffRequest) -> tuple[int | None, int | None, dict[str, Any]]:
    """(meeting, case, what the form begins with), by the address. Raises NotFound for what is not theirs to see."""
    meeting = number_of(request.GET.get("meeting", ""))
    if meeting is not None:
        return meeting, None, {"area": meeting_for(request.actor, meeting, request.now).line.area}
    number = request.GET.get("case", "")
    if not number:
        return None, None, {}
    try:
        _district, case = parse_case_number(number)
    except Invalid as wrong:
        raise NotFound from wrong
    # What a proposal says is public: it begins with the matter, never with the caller's own words.
    line = finding.seen(request, number).line
    return None, case, {"title": line.item_name, "area": line.area[:12]}
