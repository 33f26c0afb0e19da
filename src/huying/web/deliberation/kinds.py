"""The kinds of meetings and decisions of a district: its own added, what is not used any more ended."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from huying.access.permissions import Permission as P
from huying.deliberation.actions.kinds import (
    NewDecisionKind,
    add_decision_kind,
    add_meeting_kind,
    end_kind,
    ensure_kinds,
)
from huying.deliberation.policy import may_run
from huying.deliberation.queries.kinds import decision_kinds, meeting_kinds
from huying.kernel.errors import HuyingError, Invalid
from huying.kernel.saying import worded
from huying.web.admin.asked import number_of
from huying.web.deliberation.forms import KindForm
from huying.web.deliberation.words import rule_words
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused


@guarded(P.DELIBERATION_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def index(request: StaffRequest) -> HttpResponse:
    """The kinds; whoever runs the whole district changes them."""
    ensure_kinds(request.actor.district)
    form = KindForm(request.POST if request.POST.get("do") == "decision" else None)
    status = 200
    if request.method == "POST" and (not form.is_bound or form.is_valid()):
        try:
            _act(request, form)
        except HuyingError as error:
            status = error.status
            if form.is_bound:
                refused(form, error)
            else:
                messages.error(request, worded(error.message, _))
        else:
            messages.success(request, _("已保存。"))
            return redirect("deliberation:kinds")
    elif form.is_bound:
        status = 400
    district = request.actor.district
    context = {
        "tab": "kinds",
        "meetings": meeting_kinds(district),
        "decisions": [(row, rule_words(row.rule)) for row in decision_kinds(district)],
        "form": form,
        "typed": "" if form.is_bound else request.POST.get("name", ""),
        "may_change": may_run(request.actor, str(district)),
    }
    return render(request, "deliberation/kinds.html", context, status=status)


def _act(request: StaffRequest, form: KindForm) -> None:
    sent = request.POST
    match sent.get("do", ""):
        case "meeting":
            add_meeting_kind(request.actor, sent.get("name", ""))
        case "decision":
            add_decision_kind(request.actor, NewDecisionKind(**form.cleaned_data))
        case "end":
            end_kind(request.actor, sent.get("what", ""), number_of(sent.get("kind", "")) or 0, request.now)
        case _:
            raise Invalid
