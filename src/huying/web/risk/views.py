"""The list of what was heard of danger, most pressing first, and how often it was right."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.kernel.errors import Invalid
from huying.prevent.risk.actions import judge, set_width
from huying.prevent.risk.queries import counted, width_of
from huying.prevent.risk.rules.kinds import RiskKind, Verdict, Width
from huying.web.admin.annals import beside
from huying.web.case import showing
from huying.web.guard import StaffRequest, guarded
from huying.web.returning import asked_back
from huying.web.risk.listing import DAYS, heard_for, narrowed_by
from huying.web.taking import RISKS, address_of


@guarded(P.CASE_READ, P.CATALOGUE_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The signals of the last thirty days on cases the reader may see; ``?kind=`` one kind, ``?number=`` one case.

    Who sets how readily words are taken for danger need not read cases: then the setting alone.
    """
    kind, number = request.GET.get("kind", ""), request.GET.get("number", "")
    found = heard_for(request.actor, request.now)
    shown = [(one, showing.state_chip(one.line.state)) for one in narrowed_by(found, request.GET)]
    may_set = request.actor.may_everywhere(P.CATALOGUE_EDIT)
    context = {
        "rows": shown,
        "reads": request.actor.may(P.CASE_READ),
        "counts": counted(found),
        "kind": RiskKind(kind) if kind in set(RiskKind) else None,
        "number": number,
        "days": DAYS,
        "export": address_of(RISKS, request),
        "may_judge": request.actor.may(P.CASE_CORRECT),
        "may_set": may_set,
        "changes": beside(request, Subject.RISK) if may_set else [],
        "width": width_of(request.actor.district),
        "widths": list(Width),
        "verdicts": list(Verdict),
    }
    return render(request, "risk/index.html", context)


@guarded(P.CASE_CORRECT)
@require_POST
def verdict(request: StaffRequest, signal: int) -> HttpResponse:
    """Whether a signal was right. It is counted, and changes nothing about the case."""
    said = request.POST.get("verdict", "")
    if said not in set(Verdict):
        raise Invalid(_("请选“确有其事”或“不是”。"))
    judge(request.actor, signal, Verdict(said), request.now)
    messages.success(request, _("已记下。"))
    return redirect(asked_back(request, reverse("risk:index")))


@guarded(P.CATALOGUE_EDIT)
@require_POST
def width(request: StaffRequest) -> HttpResponse:
    """How readily words are taken for danger from now on."""
    chosen = request.POST.get("width", "")
    if chosen not in set(Width):
        raise Invalid(_("请选一种。"))
    set_width(request.actor, Width(chosen), request.now)
    messages.success(request, _("已改，新来的诉求按这个提示。"))
    return redirect("risk:index")
