"""The same again: cases of one item within some hundred metres of an earlier one that had been closed before.

A place is a square of a thousandth of a degree, about a hundred metres; a case without a position has none. Questions
and thanks are no trouble that comes again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

from huying.catalogue.rules import AppealKind

_NO_TROUBLE: Final = (AppealKind.INQUIRY.value, AppealKind.SUGGESTION.value, AppealKind.THANKS.value)
MOST: Final = 20
_MOST_CASES: Final = 60
_PLACED: Final = """
    SELECT id, item, area, opened_at, closed_at, round(lon * 1000)::int AS x, round(lat * 1000)::int AS y
    FROM cases_case
    WHERE district = %(district)s AND opened_at >= %({since})s AND opened_at < %(until)s AND item <> ''
      AND lon IS NOT NULL AND split_from IS NULL AND merged_into IS NULL AND NOT kind = ANY(%(no_trouble)s)
      AND area >= %(area)s AND area < %(end)s
"""
# Of the months before only what lies where something came in now: a day's question then sorts hundreds, not a million.
_AGAIN: Final = f"""
WITH fresh AS MATERIALIZED ({_PLACED.format(since="first")}),
spots_now AS (SELECT DISTINCT item, x, y FROM fresh),
placed AS MATERIALIZED (
    SELECT every.* FROM ({_PLACED.format(since="since")}) every JOIN spots_now USING (item, x, y)
),
near AS (
    SELECT *, opened_at >= %(first)s AND coalesce(min(closed_at) OVER (
        PARTITION BY item, x, y ORDER BY opened_at
        RANGE BETWEEN %(within)s PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW
    ) < opened_at, false) AS again FROM placed
),
spots AS (
    SELECT item, x, y, max(area) AS area, count(*) AS times FROM near
    WHERE again GROUP BY item, x, y
),
worst AS (SELECT * FROM spots ORDER BY times DESC, item, x, y LIMIT %(most)s)
SELECT worst.item, worst.area, worst.x, worst.y, worst.times,
       array_agg(near.id ORDER BY near.opened_at DESC) FILTER (WHERE near.again),
       array_agg(near.id ORDER BY near.opened_at DESC) FILTER (WHERE NOT near.again),
       (SELECT count(*) FROM spots), (SELECT sum(times) FROM spots)
FROM worst JOIN near USING (item, x, y) GROUP BY 1, 2, 3, 4, 5 ORDER BY worst.times DESC, 1, 3, 4
"""
_AT_SPOTS: Final = f"""
SELECT item, x, y, count(*) FROM ({_PLACED.format(since="since")}) placed
JOIN unnest(%(items)s::text[], %(xs)s::int[], %(ys)s::int[]) AS spot(item, x, y) USING (item, x, y) GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Repeat:
    """One item at one place: how often it came again within the period, its cases, and the others there."""

    item: str
    area: str
    spot: tuple[int, int]
    times: int
    cases: Sequence[int]
    before: Sequence[int]


@dataclass(frozen=True, slots=True)
class Repeats:
    """The places with the most repetitions, and how many places and repetitions there are in all."""

    worst: Sequence[Repeat]
    places: int
    times: int


Spot = tuple[str, int, int]


def repeats_of(district: int, area: str, first: datetime, until: datetime, within: timedelta) -> Repeats:
    """What came in from ``first`` until before ``until`` as the same again: an earlier case, opened at most ``within``
    before it, had been closed when it came in. One query.

    For the platform's own reports: it tells of a whole area, whoever may see its cases.
    """
    told = {**_told(district, area, first - within, until), "first": first, "most": MOST, "within": within}
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN, told)
        rows = cursor.fetchall()
    worst = [
        Repeat(item, where, (x, y), times, ids[:_MOST_CASES], (before or [])[:_MOST_CASES])
        for item, where, x, y, times, ids, before, _, _ in rows
    ]
    return Repeats(worst, rows[0][7] if rows else 0, int(rows[0][8]) if rows else 0)


def came_to_spots(
    district: int, area: str, spots: Sequence[Spot], first: datetime, until: datetime
) -> Mapping[Spot, int]:
    """How many cases came in at these places, of their items; a place where none did is left out."""
    if not spots:
        return {}
    told = {
        **_told(district, area, first, until), "items": [spot[0] for spot in spots], "xs": [spot[1] for spot in spots],
        "ys": [spot[2] for spot in spots],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_AT_SPOTS, told)
        return {(item, x, y): count for item, x, y, count in cursor.fetchall()}


def _told(district: int, area: str, since: datetime, until: datetime) -> dict[str, Any]:
    whole = len(area) <= 6
    return {
        "district": district, "since": since, "until": until, "no_trouble": list(_NO_TROUBLE),
        "area": "" if whole else area, "end": ":" if whole else f"{area}:",
    }  # fmt: skip
