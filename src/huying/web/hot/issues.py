"""The hottest issues as a list and a map; one of them with its curve and its cases."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from huying.access.permissions import Permission as P
from huying.annals.rules import Subject
from huying.prevent.hot_issues.queries import DAYS, IssueLine, IssuesWanted, IssueWhole, issue_for, issues_for
from huying.prevent.hot_issues.rules.states import IssueState
from huying.web.admin.annals import Told, beside
from huying.web.case.lists import filters
from huying.web.case.lists.lines import query_with, row_of
from huying.web.components import Chart, Choice, Column, Filter, MapPoint, MapView, Pager
from huying.web.guard import StaffRequest, guarded
from huying.web.present.areas import streets_reached
from huying.web.taking import HOT_ISSUES, address_of

SHOWN: Final = 50
_WEEKS: Final = 53


@guarded(P.INSIGHT_READ)
@require_GET
def index(request: StaffRequest) -> HttpResponse:
    """The hottest as the address asks for them."""
    wanted = wanted_of(request.GET)
    found = issues_for(request.actor, wanted, request.now)
    shown = found[:SHOWN]
    context = {
        "rows": [_row(rank, one) for rank, one in enumerate(shown, 1)],
        "more": len(found) - len(shown),
        "map": MapView(
            "hot-map", _("热点问题在哪里"), {"areas": reverse("case:areas")}, _points(shown), fit="areas"
        ),
        "questions": _questions(request, wanted),
        "narrowed": any(request.GET.get(name) for name in ("area", "state", "days")),
        "export": address_of(HOT_ISSUES, request),
        "days": wanted.days,
    }
    return render(request, "hot/index.html", context)


@guarded(P.INSIGHT_READ)
@never_cache
@require_GET
def one(request: StaffRequest, number: int) -> HttpResponse:
    """One issue, its curve, its places, its cases."""
    return drawn(request, issue_for(request.actor, number, request.now, request.GET.get("after", "")))


def drawn(
    request: StaffRequest, found: IssueWhole, wrongs: Sequence[str] = (), status: int = 200
) -> HttpResponse:
    """The page of an issue; ``wrongs`` say why what was asked was not done, what was typed stands there still."""
    line = found.line
    may_settle = request.actor.may_everywhere(P.CASE_MERGE)
    context: dict[str, Any] = {
        "one": found,
        "line": line,
        "heat": f"{line.heat.value:.1f}",
        "focus": round(line.heat.focus * 100),
        "state": _(line.state.zh),
        "open": line.state is IssueState.OPEN,
        "rows": [row_of(case, request) for case in found.cases],
        "pager": _pager(request, found),
        "here": query_with(request.GET),
        "curve": _curve(found.times),
        "map": MapView("issue-map", _map_says(found), {}, _case_points(found), _middle(line), zoom=14.0),
        "may_settle": may_settle,
        "others": _others(request, line) if may_settle else [],
        "changes": _changes(request, line.id),
        "wrongs": wrongs,
        "typed": request.POST,
        "chosen": {int(each) for each in request.POST.getlist("cases") if each.isascii() and each.isdigit()},
    }
    return render(request, "hot/issue.html", context, status=status)


def _changes(request: StaffRequest, number: int) -> list[Told]:
    """What was made of it: told with its place, which may lie outside the area of whoever reads less than all."""
    whole = request.actor.may_everywhere(P.INSIGHT_READ)
    return beside(request, Subject.HOT_ISSUE, about=str(number), limit=30) if whole else []


def _pager(request: StaffRequest, found: IssueWhole) -> Pager:
    query = request.GET
    return Pager(
        previous=query_with(query, after="") if query.get("after") else "",
        next=query_with(query, after=found.after) if found.after else "",
        shown=len(found.cases),
        total=str(found.seen),
    )


def _map_says(found: IssueWhole) -> str:
    return _("每一件在哪里") if len(found.cases) == found.seen else _("本页每一件在哪里")


def wanted_of(query: QueryDict) -> IssuesWanted:
    """What an address narrows the list by; what is not understood does not."""
    area, days, state = query.get("area", ""), query.get("days", ""), query.get("state", "")
    return IssuesWanted(
        area if area.isascii() and area.isdigit() and len(area) in (6, 9, 12) else "",
        int(days) if days in {str(each) for each in DAYS} else 30,
        IssueState(state) if state in set(IssueState) else IssueState.OPEN,
    )


def where_of(line: IssueLine) -> str:
    """Place and people in one line."""
    return " · ".join(filter(None, (line.place, line.people)))


def _row(rank: int, line: IssueLine) -> dict[str, Any]:
    return {
        "rank": rank, "line": line, "href": reverse("hot:issue", args=[line.id]), "where": where_of(line),
        "heat": f"{line.heat.value:.1f}",
    }  # fmt: skip


def _points(lines: Sequence[IssueLine]) -> list[MapPoint]:
    return [
        MapPoint(
            one.lon, one.lat, f"{rank}. {one.title}", reverse("hot:issue", args=[one.id]), note=_cases(one)
        )
        for rank, one in enumerate(lines, 1)
        if one.lon is not None and one.lat is not None
    ]


def _cases(line: IssueLine) -> str:
    return _("%(n)d 件，%(people)d 人") % {"n": line.heat.messages, "people": line.heat.people}


def _case_points(found: IssueWhole) -> list[MapPoint]:
    return [
        MapPoint(case.lon, case.lat, case.title, reverse("case:page", args=[case.number]))
        for case in found.cases
        if case.lon is not None and case.lat is not None
    ]


def _middle(line: IssueLine) -> tuple[float, float] | None:
    return (line.lon, line.lat) if line.lon is not None and line.lat is not None else None


def _curve(times: Sequence[datetime]) -> Chart:
    """How many came in each week, of at most the last year."""
    weeks = Counter(_monday(at) for at in times)
    last = max(weeks)
    first = max(min(weeks), last - timedelta(weeks=_WEEKS - 1))
    mondays = [first + timedelta(weeks=at) for at in range((last - first).days // 7 + 1)]
    series = Column(_("件数"), [weeks.get(day, 0) for day in mondays])
    days = [f"{day:%m-%d}" for day in mondays]
    return Chart("issue-curve", _("每周来了几件"), "bar", days, [series], _("件"), _("周"))


def _monday(at: datetime) -> date:
    day = timezone.localdate(at)
    return day - timedelta(days=day.weekday())


def _others(request: StaffRequest, line: IssueLine) -> list[tuple[int, str]]:
    found = issues_for(request.actor, IssuesWanted(days=90), request.now)
    return [(one.id, one.title) for one in found if one.id != line.id][:SHOWN]


def _questions(request: StaffRequest, wanted: IssuesWanted) -> list[Filter]:
    asked = request.GET
    days = [
        Choice(str(each) if each != 30 else "", _("近 %(n)d 天") % {"n": each}, each == wanted.days)
        for each in DAYS
    ]
    streets = streets_reached(request.actor, P.INSIGHT_READ)
    return [
        Filter("days", _("时间"), choices=days, value=asked.get("days", "")),
        *([filters.choice(asked, "area", _("街道"), streets)] if len(streets) > 1 else []),
        filters.choice(asked, "state", _("状态"), filters.terms(list(IssueState))),
    ]
