"""Seeing who called: asked for with a reason, written down, shown once."""

from typing import Final
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import CLOSED_STATES, Verb
from huying.cases.queries.page import CaseView
from huying.kernel.errors import Denied, Invalid, NotFound
from huying.kernel.saying import worded
from huying.people.actions import unmask as unmask_caller
from huying.web.case import finding
from huying.web.guard import StaffRequest, guarded


class ReasonForm(forms.Form):
    """Why the caller's name and number are needed."""

    reason = forms.CharField(
        label=_("查看原因"),
        max_length=200,
        min_length=2,
        help_text=_("例如：回电核实地址。这次查看会记入审计。"),
        error_messages={"required": _("请写明查看原因。")},
    )


# What somebody comes to call for is known, and need not be typed a hundred times a day; it can still be changed.
_WHY: Final = {Verb.FOLLOW_UP.value: _("回访"), Verb.CONTACT.value: _("首次联系")}


def _follow_up(case: CaseView) -> str:
    """The desk on which what the caller said is noted; "" where that is not the reader's to do."""
    if all(button.verb is not Verb.FOLLOW_UP for button in case.buttons):
        return ""
    of = {"of": "answers"} if case.line.state in CLOSED_STATES else {}
    return f"{reverse('follow_up:index')}?{urlencode(of | {'case': case.line.number})}"


def _contact(case: CaseView) -> str:
    """Where the call that is made now is noted; "" where that is not the reader's to do, or done."""
    done = {order.id for order in case.orders if order.contacted_at}
    steps = [button for button in case.buttons if button.verb is Verb.CONTACT and button.order_id not in done]
    if not steps:
        return ""
    return f"{reverse('case:step', args=[case.line.number, Verb.CONTACT.value])}?order={steps[0].order_id}"


@guarded(P.CALLER_UNMASK)
@never_cache
@require_http_methods(["GET", "POST"])
def caller(request: StaffRequest, number: str, appeal: int) -> HttpResponse:
    """The form, then the caller; the answer is kept by no cache and not shown again without a new reason."""
    case = finding.seen(request, number)
    if not case.may_unmask:
        raise Denied
    told = next(
        (one for one in case.appeals if one.id == appeal and one.caller and not one.caller.erased), None
    )
    if told is None or told.caller is None:
        raise NotFound
    known = {"reason": _WHY.get(request.GET.get("for", ""), "")}
    form = ReasonForm(request.POST if request.method == "POST" else None, initial=known)
    plain, status = None, 200 if request.method == "GET" else 400
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            plain, status = (
                unmask_caller(request.actor, told.caller.id, case.line.id, reason, request.now),
                200,
            )
        except Invalid as wrong:
            form.add_error("reason", worded(wrong.message, gettext))
    context = {
        "case": case, "line": case.line, "appeal": told, "form": form, "plain": plain,
        "contact": _contact(case) if plain else "",
        "follow_up": _follow_up(case) if plain else "",
    }  # fmt: skip
    return render(request, "case/caller.html", context, status=status)
