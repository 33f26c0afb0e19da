"""A number of a report opened: its cases, as far as the reader's posts reach."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from huying.access.actor import Actor
from huying.access.permissions import Permission as P
from huying.cases.lifecycle import Channel
from huying.cases.queries.lists.arrivals import ArrivedFilter, arrived_for
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.cases.queries.settings.calendars import calendar_of
from huying.emergency.queries.reported import happened_cases
from huying.figures.queries import behind_for
from huying.figures.rules.periods import Period, bounds
from huying.kernel.errors import Invalid, NotFound
from huying.loop.supervise.rules.cuts import Cut
from huying.places.queries import area_name
from huying.web.case.lists.lines import query_with, row_of
from huying.web.guard import StaffRequest, guarded
from huying.web.reports.addresses import digits, measures_asked, numbers_asked, period_asked
from huying.web.taking import REPORT_CASES, address_of

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Opened:
    """What an address asks for: in words, over which days, and a page of its cases with the next cursor."""

    words: str
    period: Period | None
    lines: Sequence[CaseLine]
    after: str = ""
    before: Sequence[CaseLine] = ()


@guarded(P.REPORT_READ, P.INSIGHT_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The cases behind one number, newest first."""
    found = opened(request.actor, request.GET, request.now, request.GET.get("after", ""))
    context: dict[str, Any] = {
        "words": found.words,
        "period": found.period,
        "rows": [row_of(line, request) for line in found.lines],
        "next": query_with(request.GET, after=found.after) if found.after else "",
        "before": [row_of(line, request) for line in found.before],
        "export": address_of(REPORT_CASES, request),
    }
    return render(request, "reports/cases.html", context)


def opened(actor: Actor, query: QueryDict, now: datetime, after: str, limit: int = PAGE) -> Opened:
    """A page of what an address asks for. Raises NotFound for what no report asks."""
    match query.get("of", ""):
        case "arrived":
            return _arrived(actor, query, now, after, limit)
        case "counted":
            return _counted(actor, query, now, after, limit)
        case "cases":
            shown, before = numbers_asked(query, "ids"), numbers_asked(query, "before")
            lines = {line.id: line for line in lines_of(actor, [*shown, *before], now)}
            kept, earlier = ([lines[one] for one in each if one in lines] for each in (shown, before))
            return Opened(_WHAT.get(query.get("what", ""), _again)(), None, kept, before=earlier)
        case "emergencies":
            return _emergencies(actor, query, now, after, limit)
        case _:
            raise NotFound


def _arrived(actor: Actor, query: QueryDict, now: datetime, after: str, limit: int) -> Opened:
    period = period_asked(query)
    first, until = bounds(period, calendar_of(actor.district).zone)
    part = query.get("part", "")
    wanted = ArrivedFilter(
        first, until, digits(query.get("area", "")), query.get("item", "")[:32],
        part if part == "-" else digits(part), query.get("channel", "")[:12],
    )  # fmt: skip
    lines, end = arrived_for(actor, wanted, now, after, limit)
    words = [_("受理诉求"), _area(actor, wanted.part if wanted.part not in {"", "-"} else wanted.area)]
    if wanted.channel in set(Channel):
        words.append(_(Channel(wanted.channel).zh))
    return Opened(" · ".join(filter(None, words)), period, lines, end)


def _counted(actor: Actor, query: QueryDict, now: datetime, after: str, limit: int) -> Opened:
    period, measures = period_asked(query), measures_asked(query)
    by = Cut(query.get("by", "all")) if query.get("by", "all") in set(Cut) else Cut.ALL
    area = digits(query.get("area", ""))
    try:
        found, end = behind_for(
            actor,
            period,
            measures,
            now,
            by=by,
            key=query.get("key", "")[:20],
            area=area,
            after=after,
            limit=limit,
        )
    except Invalid as error:
        raise NotFound from error
    words = [*(_(one.zh) for one in measures), _area(actor, area)]
    return Opened(" · ".join(filter(None, words)), period, [one.line for one in found], end)


def _emergencies(actor: Actor, query: QueryDict, now: datetime, after: str, limit: int) -> Opened:
    period, area = period_asked(query), digits(query.get("area", ""))
    place = int(digits(after)[:18] or 0)
    found = happened_cases(
        actor.district,
        area,
        *bounds(period, calendar_of(actor.district).zone),
        before=place,
        limit=limit + 1,
    )
    shown = list(dict.fromkeys(case for _card, case in found[:limit]))
    lines = {line.id: line for line in lines_of(actor, shown, now)}
    end = str(found[limit - 1][0]) if len(found) > limit else ""
    words = " · ".join(filter(None, (_("应急案件"), _area(actor, area))))
    return Opened(words, period, [lines[one] for one in shown if one in lines], end)


def _again() -> str:
    return _("同一地点再次发生的案件")


# What the cases named one by one are.
_WHAT: Final[Mapping[str, Callable[[], str]]] = {
    "called": lambda: _("发起呼叫的案件"),
    "emergency": lambda: _("应急案件"),
    "undone": lambda: _("承诺未兑现、至今没有补办的案件"),
}


def _area(actor: Actor, code: str) -> str:
    return area_name(actor.district, code) if code else ""
