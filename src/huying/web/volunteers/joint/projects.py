"""项目清单: what was promised, how far it is, its end."""

from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.places.queries import area_name
from huying.volunteers.actions import finish, report, stop
from huying.volunteers.queries import ListFilter, project_for, projects_for
from huying.volunteers.rules.kinds import ProjectState
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Filter, Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import LIST_PROJECTS, address_of
from huying.web.volunteers.listing import code_of, word_of
from huying.web.volunteers.words import state_chip

PAGE: Final = 50
_HERE: Final = "volunteers:project"


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The list as the address asks for it."""
    query, actor, today = request.GET, request.actor, localdate(request.now)
    before = number_of(query.get("before", ""))
    found = projects_for(actor, wanted_of(query), today, before=before, limit=PAGE + 1)
    rows = found[:PAGE]
    questions = _questions(request)
    context = {
        "tab": "projects",
        "rows": [(row, area_name(actor.district, row.area), state_chip(row.state)) for row in rows],
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "pager": Pager(
            previous=query_with(query, before="") if before else "",
            next=query_with(query, before=str(rows[-1].id)) if len(found) > PAGE else "",
            shown=len(rows),
        ),
        "export": address_of(LIST_PROJECTS, request),
    }
    return render(request, "volunteers/projects.html", context)


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_GET
def page(request: StaffRequest, number: int) -> HttpResponse:
    """One with everything reported on it."""
    row, said = project_for(request.actor, number, localdate(request.now))
    context = {
        "row": row,
        "said": said,
        "chip": state_chip(row.state),
        "where": area_name(request.actor.district, row.area),
        "may_edit": row.editable and row.state in {ProjectState.RUNNING, ProjectState.LATE},
    }
    return render(request, "volunteers/project.html", context)


@guarded(P.UNIT_EDIT)
@require_POST
def reported(request: StaffRequest, number: int) -> HttpResponse:
    """What was done."""
    words = _typed(request, "words")
    return pressed(
        request, lambda: report(request.actor, number, words, request.now), _("已记下进展。"), _HERE, number
    )


@guarded(P.UNIT_EDIT)
@require_POST
def finished(request: StaffRequest, number: int) -> HttpResponse:
    """It is done."""
    result = _typed(request, "result")
    return pressed(
        request,
        lambda: finish(request.actor, number, result, request.now),
        _("项目已完成，需求已满足。"),
        _HERE,
        number,
    )


@guarded(P.UNIT_EDIT)
@require_POST
def stopped(request: StaffRequest, number: int) -> HttpResponse:
    """It comes to nothing; the need is free again."""
    why = _typed(request, "why")
    return pressed(
        request,
        lambda: stop(request.actor, number, why, request.now),
        _("项目已终止，需求可以再认领。"),
        _HERE,
        number,
    )


def wanted_of(query: QueryDict) -> ListFilter:
    """The filter an address asks for; what is not understood does not filter."""
    state = query.get("state", "")
    return ListFilter(
        area=code_of(query.get("area", "")), unit_id=number_of(query.get("unit", "")), words=word_of(query),
        state=state if state in set(ProjectState) else "",
    )  # fmt: skip


def _typed(request: StaffRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\x00", "")


def _questions(request: StaffRequest) -> list[Filter]:
    query, district = request.GET, request.actor.district
    return [
        Filter("q", _("项目名称"), "search", value=query.get("q", "")),
        *filters.shown(query, district, request.now, ("area",)),
        filters.choice(query, "state", _("状态"), filters.terms(list(ProjectState))),
    ]
