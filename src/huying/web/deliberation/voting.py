"""Who may vote and with which code; the vote opened and counted."""

import segno
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.deliberation.actions.proposals import close_vote, open_vote
from huying.deliberation.actions.voting import Invitation, invite, invite_again
from huying.deliberation.queries.proposals import ProposalView, households_for, proposal_for
from huying.deliberation.rules.households import read_households
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.deliberation.forms import HouseholdsForm, OpenForm
from huying.web.deliberation.proposals import shown
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused

_PAGE = 200


@guarded(P.DELIBERATION_RUN)
@never_cache
@require_http_methods(["GET", "POST"])
def households(request: StaffRequest, proposal: int) -> HttpResponse:
    """The households that may vote; new ones get their codes, which are shown this once, on slips to be printed."""
    view = proposal_for(request.actor, proposal, request.now)
    form = HouseholdsForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            lines = read_households(form.cleaned_data["households"], by_area=view.rule.by_area)
            made = invite(request.actor, proposal, lines, request.now)
        except HuyingError as error:
            refused(form, error)
            return _households(request, view, form, error.status)
        if made:
            return _slips(request, view, made)
        messages.warning(request, _("这些户都已经有邀请码了，没有发新的。"))
        return redirect("deliberation:households", proposal)
    return _households(request, view, form, 400 if form.is_bound else 200)


@guarded(P.DELIBERATION_RUN)
@never_cache
@require_POST
def another_code(request: StaffRequest, proposal: int, number: int) -> HttpResponse:
    """Another code for a household that lost its own."""
    view = proposal_for(request.actor, proposal, request.now)
    try:
        made = invite_again(request.actor, proposal, number, request.now)
    except HuyingError as error:
        messages.error(request, worded(error.message, _))
        return redirect("deliberation:households", proposal)
    return _slips(request, view, [made])


@guarded(P.DELIBERATION_RUN)
@require_POST
def opened(request: StaffRequest, proposal: int) -> HttpResponse:
    """The vote begins."""
    view = proposal_for(request.actor, proposal, request.now)
    form = OpenForm(request.POST)
    if form.is_valid():
        try:
            open_vote(request.actor, proposal, form.cleaned_data["closes_at"], request.now)
        except HuyingError as error:
            refused(form, error)
            return shown(
                request,
                view,
                {"open_form": form, "wrong": "" if error.fields else worded(error.message, _)},
                error.status,
            )
        messages.success(request, _("表决开始了，居民可以投票。"))
        return redirect("deliberation:proposal", proposal)
    return shown(request, view, {"open_form": form}, 400)


@guarded(P.DELIBERATION_RUN)
@require_POST
def closed(request: StaffRequest, proposal: int) -> HttpResponse:
    """The count; pressed twice it is the same one."""
    proposal_for(request.actor, proposal, request.now)
    return pressed(
        request, lambda: close_vote(request.actor, proposal, request.now), _("已计票，结果已公布。"),
        "deliberation:proposal", proposal,
    )  # fmt: skip


def _households(request: StaffRequest, view: ProposalView, form: HouseholdsForm, status: int) -> HttpResponse:
    after = number_of(request.GET.get("after", "")) or 0
    rows = households_for(request.actor, view.line.id, after, _PAGE)
    context = {
        "view": view,
        "proposal": view.line,
        "form": form,
        "rows": rows,
        "next": f"?after={rows[-1].number}" if len(rows) == _PAGE else "",
        "drafted": view.opened_at is None and not view.withdrawn_why,
    }
    return render(request, "deliberation/households.html", context, status=status)


def _slips(request: StaffRequest, view: ProposalView, made: list[Invitation]) -> HttpResponse:
    address = request.build_absolute_uri(reverse("consult:page", args=[view.line.id]))
    drawing = segno.make(address, error="m").svg_inline(dark="#000", light="#fff", border=1, omitsize=True)
    context = {"proposal": view.line, "slips": made, "address": address, "drawing": drawing}
    return render(request, "deliberation/slips.html", context)
