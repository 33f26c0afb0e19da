"""预警: every warning, newest first, as a list and on the map."""

from datetime import datetime

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.prevent.warnings.policy import may_set
from huying.prevent.warnings.queries.lists import PAGE, standing_of, warnings_for, worth_of
from huying.prevent.warnings.queries.promise import promise_of
from huying.prevent.warnings.rules.kinds import WarningState
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with
from huying.web.components import Choice, Filter
from huying.web.guard import StaffRequest, guarded
from huying.web.present.areas import streets_reached
from huying.web.taking import WARNINGS, address_of
from huying.web.warnings.asked import warnings_asked
from huying.web.warnings.words import map_of, row_of


@guarded(P.INSIGHT_READ)
@never_cache
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """Warnings by state and street; how the watch stands, what is promised, what the last ones were worth."""
    wanted, district = warnings_asked(request.GET), request.actor.district
    found = warnings_for(request.actor, wanted, moment_of(request.GET))
    last = found[-1] if len(found) == PAGE else None
    worth = worth_of(district)
    context = {
        "rows": [row_of(line) for line in found], "map": map_of(found), "standing": standing_of(district),
        "promise": promise_of(district), "worth": worth, "advice": _(worth.advice.zh), "sets": may_set(request.actor),
        "asked": bool(wanted.state or wanted.area or wanted.item),
        "questions": _questions(request, wanted.state),
        "next": query_with(request.GET, before=f"{last.noticed_at.isoformat()}~{last.id}") if last else "",
        "export": address_of(WARNINGS, request),
    }  # fmt: skip
    return render(request, "warnings/index.html", context)


def moment_of(query: QueryDict) -> tuple[datetime, int] | None:
    """Below which warning a page begins, from its address; None for the first."""
    at, _sign, number = query.get("before", "").partition("~")
    if not (number.isascii() and number.isdigit()) or len(number) > 18:
        return None
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        return None
    return (moment, int(number)) if moment.tzinfo else None


def _questions(request: StaffRequest, state: str) -> list[Filter]:
    states = [Choice(one.value, _(one.zh), one.value == state) for one in WarningState]
    streets = streets_reached(request.actor, P.INSIGHT_READ)
    of_streets = [filters.choice(request.GET, "area", _("街道"), streets)] if len(streets) > 1 else []
    return [Filter("state", _("状态"), choices=states), *of_streets]
