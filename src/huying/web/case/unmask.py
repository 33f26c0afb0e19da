"""Seeing who called: asked for with a reason, written down, shown once."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.kernel.errors import Denied, Invalid, NotFound
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
    form = ReasonForm(request.POST if request.method == "POST" else None)
    plain, status = None, 200 if request.method == "GET" else 400
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            plain, status = (
                unmask_caller(request.actor, told.caller.id, case.line.id, reason, request.now),
                200,
            )
        except Invalid as wrong:
            form.add_error("reason", wrong.message)
    context = {"case": case, "line": case.line, "appeal": told, "form": form, "plain": plain}
    return render(request, "case/caller.html", context, status=status)
