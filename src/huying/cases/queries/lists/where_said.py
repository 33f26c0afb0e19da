"""What callers said of the place, for the platform to find names of places in it; never to show it to anybody."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection

from huying.cases.queries.lists.busy import NO_TROUBLE

_SAID: Final = """
SELECT c.id, coalesce(a.place_text, '') || ' ' || left(coalesce(a.text, c.title), {read})
FROM {cases} c LEFT JOIN LATERAL (
    SELECT a.text, a.place_text FROM cases_caseappeal l
    JOIN cases_appeal a ON a.district = l.district AND a.id = l.appeal_id
    WHERE l.district = c.district AND l.case_id = c.id
    ORDER BY a.erased_at IS NOT NULL, a.id LIMIT 1
) a ON true
"""
# Where it is people say first.
_READ: Final = 200
_OF_IDS: Final = "(SELECT * FROM cases_case WHERE district = %s AND id = ANY(%s){nowhere})"
_NOWHERE: Final = """(
    SELECT * FROM cases_case WHERE district = %s AND opened_at >= %s AND item <> '' AND lon IS NULL
      AND split_from IS NULL AND merged_into IS NULL AND NOT kind = ANY(%s)
    ORDER BY opened_at DESC, id DESC LIMIT %s
)"""


def said_where(district: int, ids: Sequence[int], *, nowhere: bool = False) -> dict[int, str]:
    """What the first caller of each case wrote of the place, and how what they said begins; one query.

    ``nowhere``: only of the cases without a position.
    """
    return _read(_OF_IDS.format(nowhere=" AND lon IS NULL" if nowhere else ""), [district, list(ids)])


def said_nowhere(district: int, since: datetime, most: int) -> dict[int, str]:
    """The same of the newest ``most`` cases without a position that came in since then; one query."""
    return _read(_NOWHERE, [district, since, list(NO_TROUBLE), most])


def _read(cases: str, given: list[Any]) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(_SAID.format(cases=cases, read=_READ), given)
        return dict(cursor.fetchall())
