"""变更记录: who changed which account, post, key or setting, when, and what it was before."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.annals.queries import changes_for
from huying.annals.rules import Subject
from huying.web.admin.annals import told
from huying.web.admin.asked import changes_of, days_asked, number_of
from huying.web.case.lists.lines import query_with
from huying.web.components import Choice, Filter
from huying.web.guard import StaffRequest, guarded
from huying.web.taking import CHANGES, address_of

_PAGE: Final = 50


@guarded(P.AUDIT_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Changes, newest first, by kind, person, words and days."""
    before = number_of(request.GET.get("before", ""))
    found = changes_for(request.actor, changes_of(request.GET), before, _PAGE)
    subject = request.GET.get("subject", "")
    context = {
        "rows": told(found),
        "tab": "changes",
        "questions": [
            Filter("q", _("谁改的，或改了什么"), "search", value=request.GET.get("q", "")),
            Filter(
                "subject",
                _("哪一类"),
                choices=[Choice(one.value, _(one.zh), one.value == subject) for one in Subject],
            ),
            *days_asked(request.GET),
        ],
        "next": query_with(request.GET, before=str(found[-1].id)) if len(found) == _PAGE else "",
        "export": address_of(CHANGES, request),
        "narrowed": any(request.GET.get(name) for name in ("about", "account")),
    }
    return render(request, "admin/audit/changes.html", context)
