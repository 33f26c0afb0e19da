"""登录记录: every attempt to sign in as an account of the district, and how it ended."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.people.queries import sign_ins_for
from huying.people.rules.kinds import Outcome
from huying.web.admin.asked import days_asked, number_of, sign_ins_of
from huying.web.case.lists.lines import query_with
from huying.web.components import Choice, Filter
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import SIGN_INS, address_of

_PAGE: Final = 50


@guarded(P.AUDIT_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Attempts, newest first, by person, outcome and days."""
    before = number_of(request.GET.get("before", ""))
    found = sign_ins_for(request.actor, **sign_ins_of(request.GET), before=before, limit=_PAGE)
    outcome = request.GET.get("outcome", "")
    context = {
        "rows": [(one, _(one.outcome.zh)) for one in found],
        "tab": "sign_ins",
        "questions": [
            Filter("q", _("姓名、登录名或地址"), "search", value=request.GET.get("q", "")),
            Filter(
                "outcome",
                _("结果"),
                choices=[Choice(one.value, _(one.zh), one.value == outcome) for one in Outcome],
            ),
            *days_asked(request.GET),
        ],
        "next": query_with(request.GET, before=str(found[-1].id)) if len(found) == _PAGE else "",
        "export": address_of(SIGN_INS, request),
        "narrowed": bool(request.GET.get("account")),
    }
    return render(request, "admin/audit/sign_ins.html", context)
