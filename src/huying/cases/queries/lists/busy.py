"""Cases of one item where several came in within some hundred metres: among them is what comes again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

from huying.catalogue.rules import AppealKind

_NO_TROUBLE: Final = (AppealKind.INQUIRY.value, AppealKind.SUGGESTION.value, AppealKind.THANKS.value)
# Squares of 1/500 of a degree, some 200 metres; two of them overlap so that a border parts nothing.
_BUSY: Final = """
WITH placed AS MATERIALIZED (
    SELECT id, item, area, title, opened_at, closed_at, lon, lat,
        floor(lon * 500)::int AS x, floor(lat * 500)::int AS y
    FROM cases_case
    WHERE district = %s AND opened_at >= %s AND item <> '' AND lon IS NOT NULL AND split_from IS NULL
      AND merged_into IS NULL AND NOT kind = ANY(%s)
), spread AS (
    SELECT item, x + dx AS x, y + dy AS y, count(*) AS times
    FROM placed, generate_series(-1, 0) dx, generate_series(-1, 0) dy
    GROUP BY 1, 2, 3 HAVING count(*) >= %s
)
SELECT id, item, area, title, opened_at, closed_at, lon, lat FROM placed
WHERE (item, x, y) IN (
    SELECT item, x + dx, y + dy FROM spread, generate_series(0, 1) dx, generate_series(0, 1) dy
)
ORDER BY opened_at DESC, id DESC LIMIT %s
"""
_WORDS: Final = """
SELECT c.id, coalesce(a.place_text, '') || ' ' || left(coalesce(a.text, c.title), %s)
FROM cases_case c LEFT JOIN LATERAL (
    SELECT a.text, a.place_text FROM cases_caseappeal l
    JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id
    WHERE l.district = c.district AND l.case_id = c.id ORDER BY a.id LIMIT 1
) a ON true
WHERE c.district = %s AND c.id = ANY(%s)
"""
_READ: Final = 200


@dataclass(frozen=True, slots=True)
class Came:
    """One case: what, where (degrees of CGCS2000), when it came in and was closed."""

    case_id: int
    item: str
    area: str
    title: str
    opened_at: datetime
    closed_at: datetime | None
    lon: float
    lat: float


def came_where_busy(district: int, since: datetime, least: int, most: int) -> list[Came]:
    """The newest ``most`` cases since then of an item and a square with at least so many of it, in order.

    One query; for the platform itself.
    """
    with connection.cursor() as cursor:
        cursor.execute(_BUSY, [district, since, list(_NO_TROUBLE), least, most])
        return [Came(*row) for row in reversed(cursor.fetchall())]


def said_where(district: int, ids: Sequence[int]) -> dict[int, str]:
    """What the first caller of each of these cases wrote of the place, and how what they said begins. One query.

    For the platform itself: to find names in it, never to show it.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [_READ, district, list(ids)])
        return dict(cursor.fetchall())


def spots_of(cases: Sequence[Came]) -> list[tuple[str, int, int]]:
    """The different (item, x, y) of cases in squares of a thousandth of a degree, as ``repeats`` counts them."""
    return sorted({(one.item, round(one.lon * 1000), round(one.lat * 1000)) for one in cases})
