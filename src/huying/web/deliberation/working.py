"""What was decided is carried out: decision, steps, cases, done."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huying.access.permissions import Permission as P
from huying.deliberation.actions.working import add_step, do_step, finish, give_case, say_decision, tie_case
from huying.deliberation.queries.proposals import proposal_for
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.web.admin.doing import pressed
from huying.web.case import finding
from huying.web.deliberation.forms import StepForm
from huying.web.deliberation.proposals import shown
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.DELIBERATION_RUN)
@require_POST
def decided(request: StaffRequest, proposal: int) -> HttpResponse:
    """The decision in words."""
    said = request.POST.get("words", "")
    return _kept(
        request,
        proposal,
        lambda: say_decision(request.actor, proposal, said),
        _("决定已公布。"),
        {"decision": said},
    )


@guarded(P.DELIBERATION_RUN)
@require_POST
def step(request: StaffRequest, proposal: int) -> HttpResponse:
    """A step of the work."""
    view = proposal_for(request.actor, proposal, request.now)
    form = StepForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            add_step(request.actor, proposal, told["title"], told["due_on"], str(told["key"]), request.now)
        except HuyingError as error:
            refused(form, error)
            return shown(
                request,
                view,
                {"step_form": form, "wrong": "" if error.fields else worded(error.message, _)},
                error.status,
            )
        messages.success(request, _("步骤已加上。"))
        return redirect("deliberation:proposal", proposal)
    return shown(request, view, {"step_form": form}, 400)


@guarded(P.DELIBERATION_RUN)
@require_POST
def step_done(request: StaffRequest, proposal: int, step: int) -> HttpResponse:
    """A step is done, with words and photos."""
    note = request.POST.get("note", "")
    photos = [file.read() for file in request.FILES.getlist("photos")]
    return _kept(
        request, proposal, lambda: do_step(request.actor, proposal, step, note, photos, request.now),
        _("这一步已记为做完。"), {"step_note": (step, note)},
    )  # fmt: skip


@guarded(P.DELIBERATION_RUN)
@require_POST
def case(request: StaffRequest, proposal: int) -> HttpResponse:
    """A new case for the bodies, or one that is there already."""
    number = request.POST.get("number", "").strip()
    text, once = request.POST.get("text", ""), request.POST.get("key", "")[:40]

    def give() -> Any:
        if number:
            _district, case_id = finding.reference(request, number)
            return tie_case(request.actor, proposal, case_id, request.now)
        return give_case(request.actor, proposal, text, once, request.now)

    return _kept(request, proposal, give, _("已交办。"), {"case_text": text, "case_asked": number})


@guarded(P.DELIBERATION_RUN)
@require_POST
def done(request: StaffRequest, proposal: int) -> HttpResponse:
    """The work is done."""
    proposal_for(request.actor, proposal, request.now)
    return pressed(
        request, lambda: finish(request.actor, proposal, request.now), _("已办成，居民能看到。"),
        "deliberation:proposal", proposal,
    )  # fmt: skip


def _kept(request: StaffRequest, proposal: int, act: Any, told: str, typed: dict[str, Any]) -> HttpResponse:
    """``act`` taken, or the page again with what was typed and why it was refused."""
    view = proposal_for(request.actor, proposal, request.now)
    try:
        act()
    except HuyingError as error:
        return shown(request, view, {**typed, "wrong": worded(error.message, _)}, error.status)
    messages.success(request, told)
    return redirect("deliberation:proposal", proposal)
