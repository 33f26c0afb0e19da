"""One visit: the form at the door, and what was said before; the person's telephone for a reason that writes itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.kernel.numbers import shown as receipt_words
from huying.kernel.saying import worded
from huying.residents.actions import Whole
from huying.visits.actions import Recorded, record, see_person, see_whole_person
from huying.visits.queries import visit_for
from huying.web.guard import StaffRequest, guarded
from huying.web.visits.forms import VisitForm
from huying.web.visits.words import line_of


@guarded(P.VISIT_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, number: int) -> HttpResponse:
    """The page; a POST writes down what came of going there."""
    if request.method != "POST":
        return _shown(request, number)
    found = visit_for(request.actor, number, request.now)
    form = VisitForm(found.questions, request.POST)
    status = 400
    if form.is_valid():
        try:
            told = record(request.actor, number, form.record(), request.now)
        except HuyingError as error:
            if error.status in (403, 404):
                raise
            status = error.status
            _put(form, error)
        else:
            _say(request, told)
            return (
                redirect("visits:one", number)
                if told.alarms and not told.receipts
                else redirect("visits:index")
            )
    return _shown(request, number, form=form, status=status)


@guarded(P.VISIT_DO)
@never_cache
@require_POST
def person(request: StaffRequest, number: int) -> HttpResponse:
    """Name, telephone and whom to call of who is to be visited, once; written down with the visit."""
    return _shown(request, number, whole=see_whole_person(request.actor, number, request.now))


def _shown(
    request: StaffRequest,
    number: int,
    form: VisitForm | None = None,
    whole: Whole | None = None,
    status: int = 200,
) -> HttpResponse:
    actor, now = request.actor, request.now
    found = visit_for(actor, number, now)
    open_still = found.may_do and found.line.done_at is None
    context: dict[str, Any] = {
        "visit": found,
        "line": line_of(actor, found.line, now),
        "form": (form or VisitForm(found.questions)) if found.may_do else None,
        "card": see_person(actor, number, now) if open_still else None,
        "whole": whole,
        "may_see": actor.may(P.RESIDENT_READ),
    }
    return render(request, "visits/one.html", context, status=status)


def _put(form: VisitForm, error: HuyingError) -> None:
    named = form.put_wrong(error.fields)
    known = {name: text for name, text in named.items() if name in form.fields}
    for name, text in known.items():
        form.add_error(name, worded(text, _))
    if not known:
        form.add_error(None, worded(error.message, _))


def _say(request: StaffRequest, told: Recorded) -> None:
    if told.done:
        messages.success(request, _("已登记走访。"))
    else:
        messages.success(request, _("已记下，还要再去一次。"))
    for receipt in told.receipts:
        messages.success(
            request, _("需求已登记成诉求，回执号 %(number)s。") % {"number": receipt_words(receipt)}
        )
    if told.alarms and not told.receipts:
        asked = "、".join(told.alarms)
        messages.warning(request, _("这几项要人帮忙，还没登记需求：%(what)s") % {"what": asked})
