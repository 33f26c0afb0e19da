"""运行状况: whether the work behind the pages keeps up."""

from datetime import timedelta
from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huying.access.permissions import Permission as P
from huying.cases.actions.reactions.stumbles import settle_stumble
from huying.cases.queries.desks.health import health_for
from huying.web.admin.doing import pressed
from huying.web.components import span_words
from huying.web.guard import StaffRequest, guarded

_QUIET: Final = timedelta(minutes=5)
# The reactions that follow the chain (site/wiring.py), as an office calls what they do.
_FOLLOWERS: Final = {
    "allocate": gettext_noop("自动分拨"),
    "learn": gettext_noop("学习人工分派"),
    "search": gettext_noop("搜索索引"),
    "figures": gettext_noop("统计计数"),
    "evaluate": gettext_noop("回访结案"),
    "notices": gettext_noop("通知"),
    "webhooks": gettext_noop("订阅推送"),
}


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
