"""The list of video alarms."""

from typing import Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.video.queries import SoughtAlarms, alarms_for
from huying.video.rules.kinds import AlarmFollow, AlarmKind, AlarmVerdict
from huying.web.admin.asked import days_asked, number_of, since_of, until_of
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Filter, Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.present.filmed import lines_of
from huying.web.taking import VIDEO_ALARMS, address_of

PAGE: Final = 40
_OPEN: Final = "open"


@guarded(P.VIDEO_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The alarms as the address asks for them, the newest first."""
    query, actor = request.GET, request.actor
    before = number_of(query.get("before", ""))
    found = alarms_for(actor, wanted_of(query), before, PAGE + 1)
    rows = found[:PAGE]
    questions = _questions(request)
    context = {
        "lines": lines_of(actor, rows),
        "questions": questions,
        "narrowed": any(one.value for one in questions) or bool(query.get("device")),
        "pager": Pager(
            previous=query_with(query, before="") if before else "",
            next=query_with(query, before=str(rows[-1].id)) if len(found) > PAGE else "",
            shown=len(rows),
        ),
        "export": address_of(VIDEO_ALARMS, request),
    }
    return render(request, "video/index.html", context)


def wanted_of(query: QueryDict) -> SoughtAlarms:
    """The filter an address asks for; what is not understood does not filter."""
    kind, follow, state = query.get("kind", ""), query.get("follow", ""), query.get("state", "")
    area = query.get("area", "")
    return SoughtAlarms(
        kind=AlarmKind(kind) if kind in set(AlarmKind) else None,
        follow=AlarmFollow(follow) if follow in set(AlarmFollow) else None,
        area=area if area.isascii() and area.isdigit() and len(area) <= 15 else "",
        device_id=number_of(query.get("device", "")),
        state=state if state in {_OPEN, *AlarmVerdict} else "",
        since=since_of(query),
        until=until_of(query),
    )


def _questions(request: StaffRequest) -> list[Filter]:
    query, district = request.GET, request.actor.district
    states = [(_OPEN, _("还没看过")), *filters.terms(list(AlarmVerdict))]
    return [
        filters.choice(query, "kind", _("类型"), filters.terms(list(AlarmKind))),
        *filters.shown(query, district, request.now, ("area",)),
        filters.choice(query, "follow", _("结果"), filters.terms(list(AlarmFollow))),
        filters.choice(query, "state", _("结论"), states),
        *days_asked(query),
    ]
