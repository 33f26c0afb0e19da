"""What is known of cases that wait for a decision, read in one query for allocation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Described:
    """One case and the words of its first caller whose words stand. ``version`` is the length of its chain."""

    case_id: int
    state: str
    level: str
    text: str
    place_text: str
    title: str
    item: str
    condition: int | None
    area: str
    kind: str
    channel: str
    opened_at: datetime
    body_id: int | None
    version: int
    lon: float | None = None
    lat: float | None = None


def described(district: int, ids: Sequence[int]) -> dict[int, Described]:
    """The cases by number; unknown numbers are left out."""
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.id, c.state, c.level, coalesce(a.text, c.title), coalesce(a.place_text, ''), c.title, c.item, "
            "c.condition, c.area, c.kind, c.channel, c.opened_at, c.body_id, c.length, c.lon, c.lat FROM cases_case c "
            "LEFT JOIN LATERAL (SELECT a.text, a.place_text FROM cases_caseappeal l JOIN cases_appeal a "
            "ON a.district = l.district AND a.id = l.appeal_id WHERE l.district = c.district AND l.case_id = c.id "
            "ORDER BY a.erased_at IS NOT NULL, a.id LIMIT 1) a ON true WHERE c.district = %s AND c.id = ANY(%s)",
            [district, list(ids)],
        )
        return {row[0]: Described(*row) for row in cursor.fetchall()}


def settled(district: int, most: int) -> list[tuple[int, datetime, str]]:
    """(case, when it was closed, its item) of the latest closed cases that have an item, in the order of closing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, closed_at, item FROM cases_case WHERE district = %s AND closed_at IS NOT NULL AND item <> '' "
            "AND erased_at IS NULL "
            "ORDER BY closed_at DESC, id DESC LIMIT %s",
            [district, most],
        )
        return [(case_id, at, item) for case_id, at, item in reversed(cursor.fetchall())]
