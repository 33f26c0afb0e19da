"""审计记录 and 运行状况: who saw whose data, and whether the work behind the pages keeps up."""

from datetime import timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.cases.actions.stumbles import settle_stumble
from huying.cases.queries.desks.health import health_for
from huying.kernel.numbers import case_number
from huying.people.queries import viewings_for
from huying.people.rules.kinds import ViewingKind
from huying.web.admin.doing import pressed
from huying.web.case.lines import query_with
from huying.web.components import Choice, Filter, span_words
from huying.web.guard import StaffRequest, guarded

_PAGE: Final = 50
_QUIET: Final = timedelta(minutes=5)
# The reactions that follow the chain (site/wiring.py), as an office calls what they do.
_FOLLOWERS: Final = {
    "allocate": gettext_noop("自动分拨"),
    "learn": gettext_noop("学习人工分派"),
    "search": gettext_noop("搜索索引"),
    "figures": gettext_noop("统计计数"),
    "evaluate": gettext_noop("回访结案"),
}


@guarded(P.AUDIT_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Viewings, newest first, by kind, person, caller or case."""
    kind = request.GET.get("kind", "")
    found = viewings_for(
        request.actor,
        caller_id=_number(request.GET.get("caller", "")), case_id=_number(request.GET.get("case", "")),
        account_id=_number(request.GET.get("account", "")),
        kind=ViewingKind(kind) if kind in set(ViewingKind) else None,
        before=_number(request.GET.get("before", "")), limit=_PAGE,
    )  # fmt: skip
    district = request.actor.district
    context = {
        "rows": [
            (one, case_number(district, one.case_id) if one.case_id else "", _(one.kind.zh)) for one in found
        ],
        "questions": [
            Filter(
                "kind",
                _("方式"),
                choices=[Choice(one.value, _(one.zh), one.value == kind) for one in ViewingKind],
            )
        ],
        "next": query_with(request.GET, before=str(found[-1].id)) if len(found) == _PAGE else "",
        "narrowed": any(request.GET.get(name) for name in ("caller", "case", "account")),
    }
    return render(request, "admin/audit.html", context)


@guarded(P.ACCOUNT_EDIT, P.AUDIT_READ)
@never_cache
@require_GET
def health(request: StaffRequest) -> HttpResponse:
    """Signs of life, how far reactions are, and what they stumbled over."""
    now = request.now
    found = health_for(request.actor)
    context = {
        "beats": [(one, span_words(now - one.at), now - one.at > _QUIET) for one in found.beats],
        "followers": [
            (_(_FOLLOWERS.get(one.handler, one.handler)), one, span_words(now - one.moved_at))
            for one in found.followers
        ],
        "stumbles": found.stumbles,
        "may_settle": request.actor.may(P.ACCOUNT_EDIT),
    }
    return render(request, "admin/health.html", context)


@guarded(P.ACCOUNT_EDIT)
@require_POST
def settle(request: StaffRequest, number: int) -> HttpResponse:
    """Cross off a stumble somebody looked into."""
    return pressed(
        request,
        lambda: settle_stumble(request.actor, number, request.now),
        _("已标为处理过。"),
        "admin:health",
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None
