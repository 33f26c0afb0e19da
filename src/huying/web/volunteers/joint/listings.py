"""资源清单 and 需求清单: what is there and what is wanted; a need, what could meet it, who takes it up."""

from typing import Any, Final
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.places.queries import area_name
from huying.volunteers.actions import end_listing, put_listing, take_up
from huying.volunteers.queries import ListFilter, ListingRow, listing_for, listings_for, suggestions_for
from huying.volunteers.rules.kinds import Matter, Sheet
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Filter, Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.taking import LISTINGS, address_of
from huying.web.volunteers.joint.forms import ListingForm, ProjectForm
from huying.web.volunteers.listing import code_of, word_of

PAGE: Final = 50
_STATES: Final = ("free", "ended")


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Both lists in one, as the address asks for it."""
    query, actor = request.GET, request.actor
    before = number_of(query.get("before", ""))
    found = listings_for(actor, wanted_of(query), before=before, limit=PAGE + 1)
    rows = found[:PAGE]
    questions = _questions(request)
    context = {
        "tab": "listings",
        "rows": [(row, area_name(actor.district, row.area)) for row in rows],
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "pager": Pager(
            previous=query_with(query, before="") if before else "",
            next=query_with(query, before=str(rows[-1].id)) if len(found) > PAGE else "",
            shown=len(rows),
        ),
        "export": address_of(LISTINGS, request),
        "may_edit": actor.may(P.UNIT_EDIT),
    }
    return render(request, "volunteers/listings.html", context)


@guarded(P.UNIT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """An entry; the same form sent twice is one."""
    begun: dict[str, Any] = {"key": uuid4(), "sheet": request.GET.get("sheet", Sheet.RESOURCE.value)}
    begun["unit_id"] = number_of(request.GET.get("unit", ""))
    form = (
        ListingForm(request, request.POST)
        if request.method == "POST"
        else ListingForm(request, initial=begun)
    )
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            key = f"page:{form.cleaned_data['key']}"
            try:
                made = put_listing(request.actor, form.listing(), key, request.now)
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已放进清单。"), "volunteers:listing", made)
    return render(request, "volunteers/listing_form.html", {"form": form}, status=status)


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_http_methods(["GET", "POST"])
def page(request: StaffRequest, number: int) -> HttpResponse:
    """One entry; of a need what could meet it, and, for who may, the form to take it up."""
    row = listing_for(request.actor, number)
    offered = suggestions_for(request.actor, row, localdate(request.now)) if row.sheet is Sheet.NEED else []
    open_need = row.sheet is Sheet.NEED and row.project_id is None and row.ended_at is None and row.editable
    if request.method == "GET":
        begun: dict[str, Any] = {"key": uuid4(), "title": row.title}
        if offered:
            begun |= {"resource_id": offered[0].row.id, "unit_id": offered[0].row.unit_id}
        form = ProjectForm(request.actor.district, row, offered, initial=begun) if open_need else None
        return _page(request, row, offered, form)
    form = ProjectForm(request.actor.district, row, offered, request.POST)
    if not form.is_valid():
        return _page(request, row, offered, form, 400)
    key = f"page:{form.cleaned_data['key']}"
    try:
        made = take_up(request.actor, form.project(), key, request.now)
    except HuyingError as error:
        if error.status == 403:
            raise
        refused(form, error)
        return _page(request, row, offered, form, error.status)
    messages.success(request, _("需求已认领，成了项目。"))
    return redirect("volunteers:project", made)


@guarded(P.UNIT_EDIT)
@require_POST
def ended(request: StaffRequest, number: int) -> HttpResponse:
    """Off the list."""
    return pressed(
        request, lambda: end_listing(request.actor, number, request.now), _("已移出清单。"), "volunteers:listing",
        number,
    )  # fmt: skip


def wanted_of(query: QueryDict) -> ListFilter:
    """The filter an address asks for; what is not understood does not filter."""
    sheet, matter, state = query.get("sheet", ""), query.get("matter", ""), query.get("state", "")
    return ListFilter(
        sheet=sheet if sheet in set(Sheet) else "", matter=matter if matter in set(Matter) else "",
        area=code_of(query.get("area", "")), unit_id=number_of(query.get("unit", "")), words=word_of(query),
        state=state if state in _STATES else "",
    )  # fmt: skip


def _questions(request: StaffRequest) -> list[Filter]:
    query, district = request.GET, request.actor.district
    states = list(zip(_STATES, (_("没人认领的需求"), _("已移出")), strict=True))
    return [
        Filter("q", _("一句话"), "search", value=query.get("q", "")),
        filters.choice(query, "sheet", _("清单"), filters.terms(list(Sheet))),
        filters.choice(query, "matter", _("类别"), filters.terms(list(Matter))),
        *filters.shown(query, district, request.now, ("area",)),
        filters.choice(query, "state", _("状态"), states),
    ]


def _page(
    request: StaffRequest, row: ListingRow, offered: list[Any], form: ProjectForm | None, status: int = 200
) -> HttpResponse:
    context = {
        "row": row,
        "where": area_name(request.actor.district, row.area),
        "offered": [
            (one.row, area_name(request.actor.district, one.row.area), round(100 * one.score))
            for one in offered
        ],
        "form": form,
        "may_edit": row.editable and row.ended_at is None,
    }
    return render(request, "volunteers/listing.html", context, status=status)
