"""The list of musters."""

from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.volunteers.queries import MusterFilter, musters_for
from huying.web.admin.asked import number_of
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Filter, Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import MUSTERS, address_of
from huying.web.volunteers.words import muster_rows

PAGE: Final = 50
_STATES: Final = ("open", "over", "closed", "cancelled")


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The list as the address asks for it."""
    query, actor = request.GET, request.actor
    before = number_of(query.get("before", ""))
    found = musters_for(actor, wanted_of(query), request.now, before=before, limit=PAGE + 1)
    rows = found[:PAGE]
    questions = _questions(request)
    context = {
        "tab": "musters",
        "rows": muster_rows(actor.district, rows),
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "pager": Pager(
            previous=query_with(query, before="") if before else "",
            next=query_with(query, before=str(rows[-1].id)) if len(found) > PAGE else "",
            shown=len(rows),
        ),
        "export": address_of(MUSTERS, request),
        "may_run": actor.may(P.MUSTER_RUN),
    }
    return render(request, "volunteers/musters.html", context)


def wanted_of(query: QueryDict) -> MusterFilter:
    """The filter an address asks for; what is not understood does not filter."""
    state = query.get("state", "")
    return MusterFilter(
        area=code_of(query.get("area", "")), words=word_of(query), state=state if state in _STATES else ""
    )


def code_of(text: str) -> str:
    """The code of an area, "" for what is none."""
    return text if text.isascii() and text.isdigit() and len(text) <= 15 else ""


def word_of(query: QueryDict) -> str:
    """What is searched for."""
    return query.get("q", "").replace("\x00", "").strip()[:40]


def _questions(request: StaffRequest) -> list[Filter]:
    query, district = request.GET, request.actor.district
    states = list(zip(_STATES, (_("召集中和进行中"), _("待核时长"), _("已核时长"), _("已取消")), strict=True))
    return [
        Filter("q", _("要做什么"), "search", value=query.get("q", "")),
        *filters.shown(query, district, request.now, ("area",)),
        filters.choice(query, "state", _("状态"), states),
    ]
