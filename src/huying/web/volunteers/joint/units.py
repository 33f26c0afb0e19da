"""共建单位: the list, one of them, its contact's number."""

from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import Denied, HuyingError
from huying.places.queries import area_name
from huying.volunteers.actions import call_unit, change_unit, register_unit, strike_unit
from huying.volunteers.queries import (
    ListFilter,
    UnitFilter,
    UnitRow,
    listings_for,
    projects_for,
    unit_for,
    units_for,
)
from huying.volunteers.rules.kinds import UnitKind
from huying.web.admin.asked import number_of
from huying.web.admin.doing import pressed
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Filter, Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.present.refused import refused
from huying.web.taking import UNITS, address_of
from huying.web.volunteers.joint.forms import UnitForm
from huying.web.volunteers.listing import code_of, word_of
from huying.web.volunteers.words import state_chip

PAGE: Final = 50
_HERE: Final = "volunteers:unit"


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The list as the address asks for it."""
    query, actor = request.GET, request.actor
    before = number_of(query.get("before", ""))
    found = units_for(actor, wanted_of(query), before=before, limit=PAGE + 1)
    rows = found[:PAGE]
    questions = _questions(request)
    context = {
        "tab": "units",
        "rows": [(row, area_name(actor.district, row.area)) for row in rows],
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "pager": Pager(
            previous=query_with(query, before="") if before else "",
            next=query_with(query, before=str(rows[-1].id)) if len(found) > PAGE else "",
            shown=len(rows),
        ),
        "export": address_of(UNITS, request),
        "may_edit": actor.may(P.UNIT_EDIT),
    }
    return render(request, "volunteers/units.html", context)


@guarded(P.UNIT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def new(request: StaffRequest) -> HttpResponse:
    """Register a unit."""
    return _edited(request, None)


@guarded(P.VOLUNTEER_READ)
@never_cache
@require_GET
def page(request: StaffRequest, number: int) -> HttpResponse:
    """One with what it offers, needs and took up."""
    return _page(request, unit_for(request.actor, number))


@guarded(P.UNIT_EDIT)
@never_cache
@require_http_methods(["GET", "POST"])
def changed(request: StaffRequest, number: int) -> HttpResponse:
    """What is known of it."""
    row = unit_for(request.actor, number)
    if not row.editable:
        raise Denied
    return _edited(request, row)


@guarded(P.UNIT_EDIT)
@never_cache
@require_POST
def phone(request: StaffRequest, number: int) -> HttpResponse:
    """The whole number of its contact; the viewing is written down."""
    row = unit_for(request.actor, number)
    return _page(request, row, whole=call_unit(request.actor, number, request.now))


@guarded(P.UNIT_EDIT)
@require_POST
def left(request: StaffRequest, number: int) -> HttpResponse:
    """It takes part no more."""
    return pressed(
        request,
        lambda: strike_unit(request.actor, number, request.now),
        _("已退出，它的资源不再显示。"),
        _HERE,
        number,
    )


def wanted_of(query: QueryDict) -> UnitFilter:
    """The filter an address asks for; what is not understood does not filter."""
    kind = query.get("kind", "")
    return UnitFilter(
        kind=kind if kind in set(UnitKind) else "", area=code_of(query.get("area", "")), words=word_of(query),
        left=query.get("state") == "left",
    )  # fmt: skip


def _questions(request: StaffRequest) -> list[Filter]:
    query, district = request.GET, request.actor.district
    return [
        Filter("q", _("单位名称"), "search", value=query.get("q", "")),
        filters.choice(query, "kind", _("单位类型"), filters.terms(list(UnitKind))),
        *filters.shown(query, district, request.now, ("area",)),
        filters.choice(query, "state", _("状态"), [("left", _("已退出"))]),
    ]


def _page(request: StaffRequest, row: UnitRow, whole: str = "") -> HttpResponse:
    actor = request.actor
    own = ListFilter(unit_id=row.id)
    projects = projects_for(actor, own, localdate(request.now))
    context = {
        "row": row,
        "where": area_name(actor.district, row.area),
        "listings": listings_for(actor, own),
        "projects": [(one, state_chip(one.state)) for one in projects],
        "whole": whole,
        "may_edit": row.editable and row.left_at is None,
    }
    return render(request, "volunteers/unit.html", context)


def _edited(request: StaffRequest, row: UnitRow | None) -> HttpResponse:
    form = UnitForm(request, request.POST if request.method == "POST" else None, row)
    status = 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                number = _kept(request, form, row)
            except HuyingError as error:
                if error.status == 403:
                    raise
                refused(form, error)
                status = error.status
            else:
                return pressed(request, lambda: None, _("已保存。"), _HERE, number)
    return render(request, "volunteers/unit_form.html", {"form": form, "row": row}, status=status)


def _kept(request: StaffRequest, form: UnitForm, row: UnitRow | None) -> int:
    if row is None:
        return register_unit(request.actor, form.unit(), request.now)
    change_unit(request.actor, row.id, form.unit(), request.now)
    return row.id
