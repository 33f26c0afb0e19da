"""查看记录: who saw, searched or exported whose data, and why."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.kernel.numbers import case_number
from huying.people.queries import viewings_for
from huying.people.rules.kinds import ViewingKind
from huying.web.admin.asked import audit_of, days_asked, number_of
from huying.web.case.lists.lines import query_with
from huying.web.components import Choice, Filter
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import AUDIT, address_of

_PAGE: Final = 50


@guarded(P.AUDIT_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Viewings, newest first, by kind, person, caller or case."""
    kind = request.GET.get("kind", "")
    before = number_of(request.GET.get("before", ""))
    found = viewings_for(request.actor, **audit_of(request.GET), before=before, limit=_PAGE)
    district = request.actor.district
    context = {
        "rows": [
            (one, case_number(district, one.case_id) if one.case_id else "", _(one.kind.zh)) for one in found
        ],
        "questions": [
            Filter("q", _("谁、看了什么或为什么"), "search", value=request.GET.get("q", "")),
            Filter(
                "kind",
                _("方式"),
                choices=[Choice(one.value, _(one.zh), one.value == kind) for one in ViewingKind],
            ),
            *days_asked(request.GET),
        ],
        "tab": "viewings",
        "next": query_with(request.GET, before=str(found[-1].id)) if len(found) == _PAGE else "",
        "export": address_of(AUDIT, request),
        "narrowed": any(request.GET.get(name) for name in ("caller", "case", "account")),
    }
    return render(request, "admin/audit/viewings.html", context)
