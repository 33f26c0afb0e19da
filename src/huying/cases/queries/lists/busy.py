"""Cases of one item where several came in within some hundred metres: among them is what comes again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from huying.catalogue.rules import AppealKind

NO_TROUBLE: Final = (AppealKind.INQUIRY.value, AppealKind.SUGGESTION.value, AppealKind.THANKS.value)
_FITTING: Final = (
    "c.district = %(district)s AND c.item <> '' AND c.split_from IS NULL AND c.merged_into IS NULL"
    " AND NOT c.kind = ANY(%(no_trouble)s)"
)
_NAMED: Final = "unnest(%(named)s::bigint[], %(lons)s::float8[], %(lats)s::float8[]) AS n(id, lon, lat)"
_CAME: Final = "c.id, c.item, c.area, c.title, c.opened_at, c.closed_at"
# Squares of 1/500 of a degree, some 200 metres; two of them overlap so that a border parts nothing.
_BUSY: Final = f"""
WITH placed AS MATERIALIZED (
    SELECT *, floor(lon * 500)::int AS x, floor(lat * 500)::int AS y FROM (
        SELECT {_CAME}, c.lon, c.lat FROM cases_case c
        WHERE {_FITTING} AND c.opened_at >= %(since)s AND c.lon IS NOT NULL
        UNION ALL
        SELECT {_CAME}, n.lon, n.lat FROM {_NAMED} JOIN cases_case c ON c.id = n.id
        WHERE {_FITTING} AND c.opened_at >= %(since)s AND c.lon IS NULL
    ) every
), spread AS (
    SELECT item, x + dx AS x, y + dy AS y, count(*) AS times
    FROM placed, generate_series(-1, 0) dx, generate_series(-1, 0) dy
    GROUP BY 1, 2, 3 HAVING count(*) >= %(least)s
)
SELECT id, item, area, title, opened_at, closed_at, lon, lat FROM placed
WHERE (item, x, y) IN (
    SELECT item, x + dx, y + dy FROM spread, generate_series(0, 1) dx, generate_series(0, 1) dy
)
ORDER BY opened_at DESC, id DESC LIMIT %(most)s
"""
_OF_IDS: Final = f"""
SELECT {_CAME}, coalesce(c.lon, n.lon), coalesce(c.lat, n.lat) FROM cases_case c LEFT JOIN {_NAMED} ON n.id = c.id
WHERE {_FITTING} AND c.id = ANY(%(ids)s) AND coalesce(c.lon, n.lon) IS NOT NULL ORDER BY c.opened_at, c.id
"""
_LATELY: Final = f"""
SELECT c.id FROM cases_case c WHERE {_FITTING} AND c.opened_at >= %(since)s AND c.item = ANY(%(items)s)
"""
#: Where cases without a position lie by what their callers said: case and degrees of CGCS2000.
Named = Mapping[int, tuple[float, float]]


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


def came_where_busy(district: int, since: datetime, named: Named, least: int, most: int) -> list[Came]:
    """The newest ``most`` cases since then of an item and a square with at least so many of it, in order.

    A case without a position lies where ``named`` says. One query; for the platform itself.
    """
    told = {**_told(district, named), "since": since, "least": least, "most": most}
    return _read(_BUSY, told)[::-1]


def came_of(district: int, ids: Sequence[int], named: Named) -> list[Came]:
    """These cases in order; those that lie nowhere are left out. One query; for the platform itself."""
    return _read(_OF_IDS, {**_told(district, named), "ids": list(ids)})


def came_since(district: int, since: datetime, items: Collection[str]) -> list[int]:
    """The cases of these items that came in since then. One query; for the platform itself."""
    with connection.cursor() as cursor:
        cursor.execute(_LATELY, {**_told(district, {}), "since": since, "items": sorted(items)})
        return [row[0] for row in cursor.fetchall()]


def _read(query: str, told: Mapping[str, Any]) -> list[Came]:
    with connection.cursor() as cursor:
        cursor.execute(query, told)
        return [Came(*row) for row in cursor.fetchall()]


def _told(district: int, named: Named) -> dict[str, Any]:
    lons, lats = ([place[at] for place in named.values()] for at in (0, 1))
    return {
        "district": district, "no_trouble": list(NO_TROUBLE), "named": list(named), "lons": lons, "lats": lats,
    }  # fmt: skip


def spots_of(cases: Sequence[Came]) -> list[tuple[str, int, int]]:
    """The different (item, x, y) of cases in squares of a thousandth of a degree, as ``repeats`` counts them."""
    return sorted({(one.item, round(one.lon * 1000), round(one.lat * 1000)) for one in cases})
