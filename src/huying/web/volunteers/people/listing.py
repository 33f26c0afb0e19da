"""The list of volunteers, the newest first."""

from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.volunteers.queries import VolunteerFilter, counts_for, unit_choices, volunteers_for
from huying.volunteers.rules.kinds import VolunteerKind
from huying.web.admin.asked import number_of
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Filter, Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import VOLUNTEERS, address_of
from huying.web.volunteers.listing import code_of, word_of
from huying.web.volunteers.words import person_rows, skill_choices

PAGE: Final = 50
_STATES: Final = ("resting", "left")


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The list as the address asks for it."""
    query, actor, wanted = request.GET, request.actor, wanted_of(request.GET)
    before = number_of(query.get("before", ""))
    found = volunteers_for(actor, wanted, before=before, limit=PAGE + 1)
    rows = found[:PAGE]
    questions = _questions(request)
    counts = counts_for(actor, wanted)
    context = {
        "tab": "people",
        "rows": person_rows(actor.district, rows),
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "counts": [
            (_(kind.zh), n, query_with(query, kind=kind.value, before="")) for kind, n in counts.items() if n
        ],
        "pager": Pager(
            previous=query_with(query, before="") if before else "",
            next=query_with(query, before=str(rows[-1].id)) if len(found) > PAGE else "",
            shown=len(rows),
            total=str(sum(counts.values())),
        ),
        "export": address_of(VOLUNTEERS, request),
        "may_edit": actor.may(P.VOLUNTEER_EDIT),
    }
    return render(request, "volunteers/people.html", context)


def wanted_of(query: QueryDict) -> VolunteerFilter:
    """The filter an address asks for; what is not understood does not filter."""
    kind, state = query.get("kind", ""), query.get("state", "")
    return VolunteerFilter(
        kind=kind if kind in set(VolunteerKind) else "",
        skill=query.get("skill", "")[:20],
        area=code_of(query.get("area", "")),
        unit_id=number_of(query.get("unit", "")),
        words=word_of(query),
        state=state if state in _STATES else "",
    )


def _questions(request: StaffRequest) -> list[Filter]:
    query, district = request.GET, request.actor.district
    units = [(str(number), name) for number, name in unit_choices(district)]
    return [
        Filter("q", _("姓名"), "search", value=query.get("q", "")),
        filters.choice(query, "kind", _("身份"), filters.terms(list(VolunteerKind))),
        filters.choice(query, "skill", _("技能"), skill_choices(district)),
        *filters.shown(query, district, request.now, ("area",)),
        filters.choice(query, "unit", _("所在单位"), units),
        filters.choice(query, "state", _("状态"), [("resting", _("暂不接召集")), ("left", _("已退出"))]),
    ]
