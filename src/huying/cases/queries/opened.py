"""Closed cases as open data counts them: codes and days, nothing else leaves here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

# Merged into another or withdrawn: not a matter of its own, or not one any more.
_CLOSED: Final = """
SELECT c.area, c.item, c.channel, CASE WHEN EXISTS (
        SELECT FROM cases_order o WHERE o.district = c.district AND o.case_id = c.id
    ) THEN 'handled' ELSE 'answered' END,
    greatest(0, extract(day FROM c.closed_at - c.opened_at))::int, count(*)
FROM cases_case c WHERE c.district = %s AND c.closed_at >= %s AND c.closed_at < %s AND c.state = 'closed'
GROUP BY 1, 2, 3, 4, 5
"""
_RECEIVED_DAYS: Final = """
SELECT (c.opened_at AT TIME ZONE %s)::date, left(c.area, 9), count(*)
FROM cases_case c WHERE c.district = %s AND c.opened_at >= %s AND c.opened_at < %s GROUP BY 1, 2
"""
# In time: some unit had a limit, and none was overstepped. Without a limit (an imported case) nothing is said of it.
_CLOSED_DAYS: Final = """
SELECT (c.closed_at AT TIME ZONE %s)::date, left(c.area, 9), count(*), count(*) FILTER (WHERE (
    SELECT bool_and(k.stopped_at <= k.due_at) FROM cases_clock k
    WHERE k.district = c.district AND k.case_id = c.id AND k.kind = 'handle' AND k.stopped_at IS NOT NULL
))
FROM cases_case c WHERE c.district = %s AND c.closed_at >= %s AND c.closed_at < %s AND c.state = 'closed' GROUP BY 1, 2
"""


@dataclass(slots=True)
class DayCount:
    """What happened at one place on one day; ``in_time`` are those of ``closed`` that kept every limit of handling."""

    received: int = 0
    closed: int = 0
    in_time: int = 0


@dataclass(slots=True)
class _Days:
    held: dict[date, dict[str, DayCount]] = field(default_factory=dict)

    def at(self, day: date, street: str) -> DayCount:
        return self.held.setdefault(day, {}).setdefault(street, DayCount())


def closed_between(
    district: int, since: datetime, until: datetime
) -> list[tuple[str, str, str, str, int, int]]:
    """(area, item, channel, ``handled`` by a unit or ``answered`` at once, whole days it took, how many) of what was
    closed in between; one query along ``case_closed_when``."""
    return [tuple(row) for row in _rows(_CLOSED, district, since, until)]


def days_between(
    district: int, since: datetime, until: datetime, zone: str
) -> Mapping[date, Mapping[str, DayCount]]:
    """Local day → first nine digits of the area → how many; two queries."""
    found = _Days()
    for day, street, count in _rows(_RECEIVED_DAYS, zone, district, since, until):
        found.at(day, street).received = count
    for day, street, count, in_time in _rows(_CLOSED_DAYS, zone, district, since, until):
        one = found.at(day, street)
        one.closed, one.in_time = count, in_time
    return found.held


def _rows(statement: str, *given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(given))
        return list(cursor.fetchall())
