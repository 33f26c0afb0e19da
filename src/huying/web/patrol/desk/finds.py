"""发现: what was found in the street, when by its own time and when it arrived."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.patrol.queries import finds_for
from huying.patrol.rules.kinds import FindKind
from huying.web.admin.asked import number_of
from huying.web.case.lists import filters
from huying.web.guard import StaffRequest, guarded
from huying.web.patrol.desk.tabs import PAGE, area_of, pager, questions, tabs
from huying.web.present.patrols import find_line
from huying.web.taking import PATROL_FINDS, address_of


@guarded(P.PATROL_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The finds of one's areas, the newest to arrive first."""
    query, actor = request.GET, request.actor
    before = number_of(query.get("before", ""))
    found = finds_for(actor, area=area_of(query), kind=kind_of(query), before=before, limit=PAGE + 1)
    rows = found[:PAGE]
    asked = [
        *questions(query, actor, request.now),
        filters.choice(query, "kind", _("做法"), filters.terms(list(FindKind))),
    ]
    context = {
        "tabs": tabs("finds"),
        "lines": [find_line(actor.district, row) for row in rows],
        "questions": asked,
        "narrowed": any(one.value for one in asked),
        "pager": pager(query, before, len(found), rows[-1].id if rows else 0),
        "export": address_of(PATROL_FINDS, request),
    }
    return render(request, "patrol/desk/finds.html", context)


def kind_of(query: QueryDict) -> FindKind | None:
    """The kind an address asks for."""
    kind = query.get("kind", "")
    return FindKind(kind) if kind in set(FindKind) else None
