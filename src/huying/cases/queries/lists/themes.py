"""How many cases came in by what they are about and where, week by week: what people talk of and how it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.db import connection

# A group of items is the first four signs of their codes.
_COUNT: Final = """
SELECT grouping(left(area, %(digits)s)) = 1, left(item, 4), left(area, %(digits)s),
       floor(extract(epoch FROM opened_at - %(first)s) / 604800)::int, count(*)
FROM cases_case
WHERE district = %(district)s AND opened_at >= %(first)s AND opened_at < %(until)s AND split_from IS NULL
  AND area >= %(area)s AND area < %(end)s
GROUP BY GROUPING SETS ((left(item, 4), 4), (left(area, %(digits)s), 4))
"""
Weeks = Mapping[str, Mapping[int, int]]


@dataclass(slots=True)
class Talked:
    """By group of items ("" where nobody has said yet what it is) and by next smaller area: counts by number of week."""

    groups: dict[str, dict[int, int]] = field(default_factory=dict)
    parts: dict[str, dict[int, int]] = field(default_factory=dict)


def talked_of(district: int, area: str, first: datetime, until: datetime) -> Talked:
    """What came in within an area (6, 9 or 12 digits), week 0 beginning at ``first``; one query.

    Told by the item and place that cases have now; a case split off another one did not come in. For pages that tell
    numbers of a whole area: it asks nobody's posts.
    """
    digits, whole = len(area) + 3, len(area) <= 6
    told: dict[str, Any] = {
        "district": district, "first": first, "until": until, "digits": digits, "area": "" if whole else area,
        "end": ":" if whole else f"{area}:",
    }  # fmt: skip
    found = Talked()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, told)
        for by_item, group, part, week, count in cursor.fetchall():
            if by_item:
                found.groups.setdefault(group, {})[week] = count
            else:
                weeks = found.parts.setdefault(part if len(part) == digits else "", {})
                weeks[week] = weeks.get(week, 0) + count
    return found
