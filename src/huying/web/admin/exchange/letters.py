"""待人处理的信: letters that could not be used or were refused, read, mended, tried again, dropped."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.exchange.actions.mending import drop, mend, resend
from huying.exchange.queries.letters import letter_for, stuck_for
from huying.exchange.queries.peers import peers_for
from huying.exchange.rules.kinds import InState, OutState, Way
from huying.kernel.errors import HuyingError, NotFound
from huying.kernel.saying import worded
from huying.web.admin.asked import number_of
from huying.web.admin.exchange.forms import MendForm
from huying.web.case.lists.lines import query_with
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused

_PAGE: Final = 50


@guarded(P.EXCHANGE_READ, P.EXCHANGE_EDIT)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Letters of one way that need a person, newest first; other states by choice."""
    way = Way.OUT if request.GET.get("way") == Way.OUT else Way.IN
    states: Any = InState if way is Way.IN else OutState
    asked = request.GET.get("state", "")
    state = asked if asked in set(states) else ""
    code, before = request.GET.get("peer", ""), number_of(request.GET.get("before", ""))
    rows = stuck_for(request.actor, way, code=code, before=before, limit=_PAGE, state=state)
    context = {
        "rows": [(one, _(one.kind) if one.kind else "", _(one.state.zh)) for one in rows],
        "way": way.value,
        "state": state,
        "code": code,
        "ways": [(one.value, _(one.zh)) for one in Way],
        "states": [(one.value, _(one.zh)) for one in states],
        "peers": peers_for(request.actor),
        "may_edit": request.actor.may_everywhere(P.EXCHANGE_EDIT) and not state,
        "next": query_with(request.GET, before=str(rows[-1].id)) if len(rows) == _PAGE else "",
    }
    return render(request, "admin/exchange/letters.html", context)


@guarded(P.EXCHANGE_EDIT)
@require_POST
def again(request: StaffRequest) -> HttpResponse:
    """Those ticked tried once more, or dropped with a reason."""
    way = Way.OUT if request.POST.get("way") == Way.OUT else Way.IN
    ids = [int(one) for one in request.POST.getlist("id") if one.isascii() and one.isdigit()][:_PAGE]
    try:
        if not ids:
            count = 0
        elif request.POST.get("act") == "drop":
            count = drop(request.actor, way, ids, request.POST.get("why", ""), request.now)
        else:
            count = resend(request.actor, way, request.now, ids=ids)
    except HuyingError as error:
        text = next(iter(error.fields.values()), error.message)
        messages.error(request, worded(text, _))
    else:
        messages.success(request, _("%(n)d 封信已处理。") % {"n": count})
    answer = redirect("exchange:letters")
    answer["Location"] += f"?way={way.value}"
    return answer


@guarded(P.EXCHANGE_READ, P.EXCHANGE_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, way: str, number: int) -> HttpResponse:
    """One letter with its reason, what was done with it, and the form that mends it. That it was read is kept."""
    if way not in set(Way):
        raise NotFound
    form, status = MendForm(request.POST if request.method == "POST" else None, label_suffix=""), 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            said = form.cleaned_data
            try:
                mend(request.actor, Way(way), number, {said["path"]: said["value"]}, said["why"], request.now)
            except HuyingError as error:
                refused(form, error)
                status = error.status
            else:
                messages.success(request, _("已改好，放回队列。"))
                return redirect("exchange:letter", way, number)
    letter = letter_for(request.actor, Way(way), number, request.now)
    stuck = letter.line.state in {InState.PERSON, OutState.DEAD}
    context = {
        "letter": letter,
        "kind": _(letter.line.kind) if letter.line.kind else "",
        "state": _(letter.line.state.zh),
        "form": form,
        "may_edit": stuck and request.actor.may_everywhere(P.EXCHANGE_EDIT),
    }
    return render(request, "admin/exchange/letter.html", context, status=status)
