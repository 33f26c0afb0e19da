"""Calls and broken promises of some days as reports tell them: how many calls, after how many minutes who came."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

_DISTRICT_DIGITS: Final = 6
_HERE: Final = "c.district = %(district)s AND c.area >= %(area)s AND c.area < %(end)s"
_CALLS: Final = f"""
SELECT o.case_id FROM cases_call o JOIN cases_case c ON c.district = o.district AND c.id = o.case_id
WHERE o.district = %(district)s AND o.called_at >= %(first)s AND o.called_at < %(until)s AND {_HERE}
ORDER BY o.id
"""
_CAME: Final = f"""
SELECT floor(extract(epoch FROM o.arrived_at - o.called_at) / 60)::int
FROM cases_called o JOIN cases_case c ON c.district = o.district AND c.id = o.case_id
WHERE o.district = %(district)s AND o.arrived_at >= %(first)s AND o.arrived_at < %(until)s AND {_HERE}
ORDER BY 1
"""
_UNDONE: Final = f"""
SELECT p.body_id, p.case_id
FROM cases_promise p JOIN cases_case c ON c.district = p.district AND c.id = p.case_id
WHERE p.district = %(district)s AND p.broken_at >= %(first)s AND p.broken_at < %(until)s AND {_HERE}
  AND p.kind = 'promise' AND p.state = 'broken' AND (p.kept_at IS NULL OR p.kept_at < p.broken_at)
ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class CalledOut:
    """``calls``: the case of each. ``minutes``: from call to arrival of each body that came, the fastest first.
    ``undone``: (body, case) of each promise broken in these days and still not done."""

    calls: Sequence[int]
    minutes: Sequence[int]
    undone: Sequence[tuple[int, int]]


def called_out(district: int, area: str, first: datetime, until: datetime) -> CalledOut:
    """What happened from ``first`` until before ``until`` within an area (6 or 9 digits); three queries.

    For the platform's own reports: it tells numbers of a whole area, whoever may see its cases.
    """
    whole = len(area) <= _DISTRICT_DIGITS
    told: dict[str, Any] = {
        "district": district, "first": first, "until": until, "area": "" if whole else area,
        "end": ":" if whole else f"{area}:",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_CALLS, told)
        calls = [int(row[0]) for row in cursor.fetchall()]
        cursor.execute(_CAME, told)
        minutes = [int(row[0]) for row in cursor.fetchall()]
        cursor.execute(_UNDONE, told)
        return CalledOut(calls, minutes, [(int(body), int(case)) for body, case in cursor.fetchall()])
