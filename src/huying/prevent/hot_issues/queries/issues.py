"""Issues as somebody may see them: counted from the cases within the area of their posts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.cases.queries.lists.cursors import Place, cursor_of, read
from huying.cases.queries.lists.queue import CaseLine, lines_of
from huying.cases.queries.seeing import numbers_for
from huying.kernel.errors import NotFound
from huying.loop.supervise.queries import whole_scope_for
from huying.prevent.hot_issues.models import HotIssue
from huying.prevent.hot_issues.rules.heat import Heat, heat_of
from huying.prevent.hot_issues.rules.naming import people_of, shortened
from huying.prevent.hot_issues.rules.states import IssueState

PAGE: Final = 50
DAYS: Final = (7, 30, 90, 365)
# The hottest by people and messages are weighed exactly.
_WEIGHED: Final = 400
# Two who say the same are neighbours, not yet an issue.
_FEWEST: Final = 3
_HOPS: Final = 20
_HEARD: Final = """
SELECT h.issue_id, array_agg(h.at ORDER BY h.at), array_agg(coalesce(h.caller_id, -h.case_id) ORDER BY h.at),
    avg(h.lon), avg(h.lat), array_agg(h.case_id ORDER BY h.at DESC, h.case_id DESC),
    array_agg(h.title ORDER BY h.at DESC, h.case_id DESC)
FROM hot_issues_heard h
WHERE h.district = %s AND h.area >= %s AND h.area < %s AND h.at >= %s AND h.at < %s AND h.issue_id {which}
GROUP BY h.issue_id HAVING count(*) >= %s ORDER BY count(*) DESC, h.issue_id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class IssuesWanted:
    """What the list is narrowed by. ``area`` "": the widest the posts give."""

    area: str = ""
    days: int = 30
    state: IssueState = IssueState.OPEN


@dataclass(frozen=True, slots=True)
class IssueLine:
    """An issue with the heat its cases within the area and time give it. ``lon``, ``lat``: the middle of them."""

    id: int
    title: str
    place: str
    people: str
    state: IssueState
    heat: Heat
    first: datetime
    last: datetime
    lon: float | None
    lat: float | None
    cases: Sequence[int]


@dataclass(frozen=True, slots=True)
class IssueWhole:
    """One issue, of all times, with a page of its cases and the cursor of the next one; "" at the end.

    The reader may open ``seen`` of its cases; ``unseen`` others are in it.
    """

    line: IssueLine
    cases: Sequence[CaseLine]
    after: str
    seen: int
    unseen: int
    times: Sequence[datetime]
    reason: str
    settled_by: str
    settled_at: datetime | None
    merged_into: int | None


def issues_for(actor: Actor, wanted: IssuesWanted, now: datetime) -> list[IssueLine]:
    """The hottest issues within the actor's posts, at least three cases each; two queries. Raises Denied, NotFound."""
    scope = whole_scope_for(actor, wanted.area, Permission.INSIGHT_READ)
    since = now - timedelta(days=wanted.days)
    rows = _heard(actor.district, scope.area, since, now, "IS NOT NULL", _FEWEST)
    issues = _issues(actor.district, [row[0] for row in rows])
    lines = [
        _line(issues[row[0]], row, scope.area)
        for row in rows
        if row[0] in issues and issues[row[0]].state == wanted.state
    ]
    return sorted(lines, key=lambda one: (-one.heat.value, -one.last.timestamp(), one.id))


def issue_for(actor: Actor, number: int, now: datetime, after: str = "") -> IssueWhole:
    """One issue with its cases from a cursor on, the newest first.

    Raises Denied, Invalid for a cursor that is none, and NotFound for an issue without a case within the posts.
    """
    scope = whole_scope_for(actor, "", Permission.INSIGHT_READ)
    always = datetime(2000, 1, 1, tzinfo=now.tzinfo)
    issue = _issues(actor.district, [number]).get(number)
    if issue is None:
        raise NotFound
    rows = _heard(actor.district, scope.area, always, now, f"= {int(number)}", 1)
    row = rows[0] if rows else _merged_away(issue, scope.area, always, now)
    seen = numbers_for(actor, row[5])
    ids = _behind(
        read(after), [(at, case) for at, case in zip(row[1][::-1], row[5], strict=False) if case in seen]
    )
    cases = lines_of(actor, ids[:PAGE], now)
    return IssueWhole(
        _line(issue, row, scope.area), cases, cursor_of(cases[-1], closed=True) if len(ids) > PAGE else "",
        len(seen), len(row[5]) - len(seen), row[1], issue.reason, issue.settled_by, issue.settled_at,
        issue.merged_into,
    )  # fmt: skip


def _behind(place: Place | None, cases: Sequence[tuple[datetime, int]]) -> list[int]:
    return [case for at, case in cases if place is None or (at, case) < (place.at, place.id)]


def _merged_away(issue: HotIssue, area: str, since: datetime, until: datetime) -> tuple[Any, ...]:
    """An issue whose cases went into another one, for whom that one has cases within the area. Raises NotFound."""
    last = issue
    for _ in range(_HOPS):
        if last.state != IssueState.MERGED or last.merged_into is None:
            break
        found = _issues(issue.district, [last.merged_into])
        if last.merged_into not in found:
            break
        last = found[last.merged_into]
    rows = _heard(issue.district, area, since, until, f"= {int(last.id)}", 1) if last is not issue else []
    if not rows:
        raise NotFound
    return issue.id, [issue.last_at], [], None, None, [], rows[0][6]


def _heard(
    district: int, area: str, since: datetime, until: datetime, which: str, least: int
) -> list[tuple[Any, ...]]:
    whole = len(area) <= 6
    given: list[Any] = [
        district,
        "" if whole else area,
        ":" if whole else f"{area}:",
        since,
        until,
        least,
        _WEIGHED,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_HEARD.format(which=which), given)
        return list(cursor.fetchall())


def _issues(district: int, ids: Sequence[int]) -> Mapping[int, HotIssue]:
    return {one.id: one for one in HotIssue.objects.filter(district=district, id__in=list(ids))}


def _line(issue: HotIssue, row: Sequence[Any], area: str) -> IssueLine:
    _, times, people, lon, lat, cases, titles = row
    heat = heat_of(people, times if people else [])
    return IssueLine(
        issue.id, *_named(issue, titles, area), IssueState(issue.state), heat, times[0], times[-1], lon, lat, cases,
    )  # fmt: skip


def _named(issue: HotIssue, titles: Sequence[str], area: str) -> tuple[str, str, str]:
    """Title, place and people; what only cases outside the area say is not told within it."""
    if len(area) <= 6 or issue.title in {shortened(each) for each in titles}:
        return issue.title, issue.place, issue.people
    return shortened(titles[0]), "", people_of(titles, [""] * len(titles))
