"""服务点单 at the centre's desk: what waits, one of them, arranging it, its end."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.places.queries import area_words
from huying.services.actions import Person, arrange, call_off, finish, look_at
from huying.services.queries import SoughtAsks, ask_for, asks_for, slots_for, states_for
from huying.services.rules.kinds import WAITING, AskState
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.services.forms import ArrangeForm
from huying.web.services.words import ask_chip, moment_words

_PAGE: Final = 50


@guarded(P.SERVICE_RUN)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """What was asked of the centres one runs: those that wait first."""
    query, actor = request.GET, request.actor
    state, before = query.get("state", ""), number_of(query.get("before", ""))
    sought = SoughtAsks(
        AskState(state) if state in set(AskState) else None, number_of(query.get("facility", ""))
    )
    found = asks_for(actor, sought, before, _PAGE + 1)
    rows = found[:_PAGE]
    counts = states_for(actor)
    context = {
        "lines": [
            (row, ask_chip(row.state), moment_words(row.starts_at) if row.starts_at else "",
             area_words(actor.district, row.community) if row.community else "")
            for row in rows
        ],
        "questions": [filters.choice(query, "state", _("状态"), filters.terms(list(AskState)))],
        "waiting": sum(counts.get(one, 0) for one in WAITING),
        "pager": Pager(
            previous=query_with(query, before="") if before else "",
            next=query_with(query, before=str(rows[-1].id)) if len(found) > _PAGE else "",
            shown=len(rows),
        ),
    }  # fmt: skip
    return render(request, "services/asks.html", context)


@guarded(P.SERVICE_RUN)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One of them; the name and number masked."""
    return _shown(request, number)


@guarded(P.SERVICE_RUN)
@never_cache
@require_POST
def person(request: StaffRequest, number: int) -> HttpResponse:
    """Who asked, whole, on the page that comes; written down in the audit."""
    return _shown(request, number, person=look_at(request.actor, number, request.now))


@guarded(P.SERVICE_RUN)
@never_cache
@require_POST
def arranged(request: StaffRequest, number: int) -> HttpResponse:
    """When and by whom."""
    form = _form(request, number, request.POST)
    if not form.is_valid():
        return _shown(request, number, form=form, status=400)
    try:
        arrange(request.actor, number, form.arrangement(), request.now)
    except HuyingError as error:
        if error.status in (403, 404):
            raise
        refused(form, error)
        return _shown(request, number, form=form, status=error.status)
    return pressed(request, lambda: None, _("已安排，并告诉了居民。"), "service:ask", number)


@guarded(P.SERVICE_RUN)
@require_POST
def finished(request: StaffRequest, number: int) -> HttpResponse:
    """It was done, or nobody came."""
    done = request.POST.get("how") != "missed"
    return pressed(
        request,
        lambda: finish(request.actor, number, done, request.now),
        _("已登记。"),
        "service:ask",
        number,
    )


@guarded(P.SERVICE_RUN)
@require_POST
def called_off(request: StaffRequest, number: int) -> HttpResponse:
    """The centre cannot do it."""
    why = request.POST.get("why", "").replace("\x00", "")
    return pressed(
        request, lambda: call_off(request.actor, number, why, request.now), _("已取消，并告诉了居民。"),
        "service:ask", number,
    )  # fmt: skip


def _form(request: StaffRequest, number: int, data: Any = None) -> ArrangeForm:
    row = ask_for(request.actor, number)
    free = [
        one
        for one in slots_for(request.actor, row.service.id, request.now)
        if one.left or one.id == row.slot_id
    ]
    own = row.starts_at if row.slot_id is None else None
    return ArrangeForm(free, data, row.slot_id, own)


def _shown(
    request: StaffRequest, number: int, form: ArrangeForm | None = None, person: Person | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    row = ask_for(request.actor, number)
    waiting = row.state in WAITING
    context = {
        "row": row,
        "state": ask_chip(row.state),
        "starts": moment_words(row.starts_at) if row.starts_at else "",
        "community": area_words(request.actor.district, row.community) if row.community else "",
        "person": person,
        "waiting": waiting,
        "begun": row.state is AskState.ARRANGED
        and row.starts_at is not None
        and row.starts_at <= request.now,
        "form": form or (_form(request, number) if waiting else None),
    }
    return render(request, "services/ask.html", context, status=status)
