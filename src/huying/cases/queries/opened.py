"""Closed cases as open data counts them: codes and days, nothing else leaves here."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

# Merged into another or withdrawn: not a matter of its own, or not one any more.
_CLOSED: Final = """
SELECT c.area, c.item, c.channel, greatest(0, extract(day FROM c.closed_at - c.opened_at))::int, count(*)
FROM cases_case c WHERE c.district = %s AND c.closed_at >= %s AND c.closed_at < %s AND c.state = 'closed'
GROUP BY 1, 2, 3, 4
"""
_DAYS: Final = """
SELECT (c.{at} AT TIME ZONE %s)::date, left(c.area, 9), count(*)
FROM cases_case c WHERE c.district = %s AND c.{at} >= %s AND c.{at} < %s {which} GROUP BY 1, 2
"""


def closed_between(district: int, since: datetime, until: datetime) -> list[tuple[str, str, str, int, int]]:
    """(area, item, channel, whole days it took, how many) of what was closed in between; one query."""
    return [tuple(row) for row in _rows(_CLOSED, district, since, until)]


def days_between(
    district: int, since: datetime, until: datetime, zone: str
) -> Mapping[date, Mapping[str, tuple[int, int]]]:
    """Local day → first nine digits of the area → (received, closed); two queries."""
    found: dict[date, dict[str, list[int]]] = {}
    for place, (column, which) in enumerate((("opened_at", ""), ("closed_at", "AND c.state = 'closed'"))):
        for day, street, count in _rows(_DAYS.format(at=column, which=which), zone, district, since, until):
            found.setdefault(day, {}).setdefault(street, [0, 0])[place] += count
    return {day: {street: (two[0], two[1]) for street, two in held.items()} for day, held in found.items()}


def _rows(statement: str, *given: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, list(given))
        return list(cursor.fetchall())
