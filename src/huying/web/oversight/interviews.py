"""约谈: with whom leaders spoke, about what, and what is put right by when."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.cases.queries.desks.interviews import PAGE, InterviewLine, interviews_for
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with, row_of
from huying.web.components import Chip
from huying.web.guard import StaffRequest, guarded
from huying.web.oversight.asked import digits, within
from huying.web.oversight.orders import tabs
from huying.web.present.promises import STATES
from huying.web.taking import INTERVIEWS, address_of


@guarded(P.BOARD_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Every talk about the cases a person sees, newest first."""
    area, body_id = asked(request.GET)
    before = digits(request.GET.get("after", ""))
    found = interviews_for(request.actor, request.now, area=area, body_id=body_id, before=int(before or 0))
    context = {
        "rows": [_row(request, one) for one in found],
        "tabs": tabs(request, area, body_id, "interviews"),
        "next": query_with(request.GET, after=str(found[-1].id)) if len(found) == PAGE else "",
        "questions": filters.shown(request.GET, request.actor.district, request.now, ("area", "body")),
        "narrowed": bool(area or body_id),
        "export": address_of(INTERVIEWS, request),
    }
    return render(request, "oversight/interviews.html", context)


def asked(query: QueryDict) -> tuple[str, int | None]:
    """The area and the body an address asks for; what is not understood does not filter."""
    body = digits(query.get("body", ""))
    return within(digits(query.get("area", ""))), int(body) if body else None


def _row(request: StaffRequest, one: InterviewLine) -> dict[str, Any]:
    wanted = one.rectification
    chip = Chip(state_words(one), STATES[wanted.state], wanted.state.value) if wanted else None
    return {"one": one, "row": row_of(one.line, request), "chip": chip}


def state_words(one: InterviewLine) -> str:
    """How what was demanded stands; "" where nothing was."""
    words = {"open": _("整改中"), "kept": _("已整改"), "broken": _("逾期没有整改"), "lapsed": _("已终止")}
    return words[one.rectification.state.value] if one.rectification else ""


def heads() -> Sequence[str]:
    """The columns of a talk beside those of its case."""
    return [
        _("约谈单位"),
        _("约谈时间"),
        _("约谈人"),
        _("被约谈人"),
        _("约谈内容"),
        _("整改要求"),
        _("整改期限"),
        _("整改情况"),
    ]
