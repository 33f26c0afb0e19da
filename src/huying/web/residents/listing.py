"""The list of key persons, or of everybody registered; a number that is looked for."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.kernel.errors import HuyingError
from huying.kernel.saying import worded
from huying.residents.actions import find, see_list
from huying.residents.queries import Asked, kinds_of
from huying.residents.rules.kinds import CareLevel
from huying.web.admin.asked import number_of
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Filter, Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.residents.words import line_of, places_of
from huying.web.taking import RESIDENTS, address_of

PAGE: Final = 50


@guarded(P.RESIDENT_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The list as the address asks for it; that it was seen is written down."""
    query, actor = request.GET, request.actor
    after = number_of(query.get("after", "")) or 0
    found = see_list(actor, wanted_of(query), request.now, after=after, limit=PAGE + 1)
    rows = found[:PAGE]
    questions = _questions(request)
    context = {
        "lines": [line_of(actor, row) for row in rows],
        "questions": questions,
        "narrowed": any(one.value for one in questions),
        "pager": Pager(
            previous=query_with(query, after="") if after else "",
            next=query_with(query, after=str(rows[-1].id)) if len(found) > PAGE else "",
            shown=len(rows),
        ),
        "export": address_of(RESIDENTS, request),
        "may_edit": actor.may(P.RESIDENT_EDIT),
    }
    return render(request, "residents/index.html", context)


@guarded(P.RESIDENT_READ)
@never_cache
@require_POST
def search(request: StaffRequest) -> HttpResponse:
    """Who has a telephone or identity number; the search is written down."""
    number, status = request.POST.get("number", "").replace("\x00", ""), 200
    try:
        found = find(request.actor, number, request.now)
    except HuyingError as error:
        if error.status == 403:
            raise
        messages.error(request, worded(next(iter(error.fields.values()), error.message), _))
        found, status = [], 400
    context = {
        "lines": [line_of(request.actor, row) for row in found],
        "questions": [],
        "narrowed": True,
        "looked": True,
        "number": number if status == 400 else "",
        "pager": Pager(shown=len(found)),
        "may_edit": request.actor.may(P.RESIDENT_EDIT),
    }
    return render(request, "residents/index.html", context, status=status)


def wanted_of(query: QueryDict) -> Asked:
    """The filter an address asks for; what is not understood does not filter. At first only key persons are shown."""
    area, level = query.get("area", ""), query.get("level", "")
    return Asked(
        area=area if area.isascii() and area.isdigit() and len(area) <= 15 else "",
        kind=query.get("kind", "").replace("\x00", "")[:20],
        level=CareLevel(level) if level in set(CareLevel) else None,
        key=query.get("who", "") != "all",
        word=query.get("q", "").replace("\x00", "").strip()[:40],
        gone=query.get("who", "") == "gone",
    )


def _questions(request: StaffRequest) -> list[Filter]:
    query, actor = request.GET, request.actor
    whole = actor.may(P.RESIDENT_UNMASK)
    kinds = [(one.code, one.name) for one in kinds_of(actor.district) if whole or not one.sensitive]
    return [
        Filter("q", _("小区、楼栋或地址"), "search", value=query.get("q", "")),
        filters.choice(query, "area", _("社区或网格"), places_of(actor, P.RESIDENT_READ)),
        filters.choice(query, "kind", _("类别"), kinds),
        filters.choice(query, "level", _("等级"), filters.terms(list(CareLevel))),
        filters.choice(query, "who", _("谁"), [("all", _("全部登记的人"))]),
    ]
