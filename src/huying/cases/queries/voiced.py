"""What callers said on cases, with where and when: what is read to find that many say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from huying.catalogue.rules import AppealKind

_NO_TROUBLE: Final = (AppealKind.INQUIRY.value, AppealKind.THANKS.value)
_SAID: Final = """
SELECT c.id, c.title, coalesce(a.text, ''), c.opened_at, c.area, c.lon, c.lat, a.caller_id, c.item, c.closed_at,
    coalesce(a.place_text, '')
FROM {cases} c LEFT JOIN LATERAL (
    SELECT a.text, a.caller_id, a.place_text FROM cases_caseappeal l
    JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id
    WHERE l.district = c.district AND l.case_id = c.id
    ORDER BY a.erased_at IS NOT NULL, a.id LIMIT 1
) a ON true
"""
_FITTING: Final = "erased_at IS NULL AND merged_into IS NULL AND split_from IS NULL AND NOT kind = ANY(%s)"
_OF_IDS: Final = f"(SELECT * FROM cases_case WHERE district = %s AND id = ANY(%s) AND {_FITTING})"
_SINCE: Final = f"""(SELECT * FROM cases_case WHERE district = %s AND opened_at >= %s AND {_FITTING}
    ORDER BY opened_at DESC, id DESC LIMIT %s)"""


@dataclass(frozen=True, slots=True)
class Voiced:
    """A case, its first caller's words and number, its place in degrees of CGCS2000 and as the caller put it."""

    case_id: int
    title: str
    text: str
    at: datetime
    area: str
    lon: float | None
    lat: float | None
    caller_id: int | None
    item: str
    closed_at: datetime | None
    place_text: str


def voiced(district: int, ids: Sequence[int]) -> list[Voiced]:
    """These cases in order; questions, thanks, merged, split and erased ones are left out. One query."""
    return _read(_OF_IDS, [district, list(ids), list(_NO_TROUBLE)])


def voiced_since(district: int, since: datetime, most: int) -> list[Voiced]:
    """The newest ``most`` cases that came in since then, in order. One query."""
    return _read(_SINCE, [district, since, list(_NO_TROUBLE), most])


def _read(cases: str, given: list[Any]) -> list[Voiced]:
    with connection.cursor() as cursor:
        cursor.execute(_SAID.format(cases=cases) + " ORDER BY c.opened_at, c.id", given)
        return [Voiced(*row) for row in cursor.fetchall()]
