"""How many cases came in by what they are about and where, week by week: what people talk of and how it changes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection

# By item and area as they are, to be cut and added up afterwards: at a million rows this takes a quarter of what
# cutting, dividing and two groupings take.
_COUNT: Final = """
SELECT item, area, date_bin('7 days', opened_at, %(first)s), count(*)
FROM cases_case
WHERE district = %(district)s AND opened_at >= %(first)s AND opened_at < %(until)s AND split_from IS NULL
  AND area >= %(area)s AND area < %(end)s
GROUP BY 1, 2, 3
"""
# A group of items is the first four signs of their codes.
_GROUP: Final = 4
_WEEK: Final = timedelta(weeks=1)
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
    whole = len(area) <= 6
    told: dict[str, Any] = {
        "district": district, "first": first, "until": until, "area": "" if whole else area,
        "end": ":" if whole else f"{area}:",
    }  # fmt: skip
    found, digits = Talked(), len(area) + 3
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, told)
        for item, place, start, count in cursor.fetchall():
            week = (start - first) // _WEEK
            _add(found.groups, item[:_GROUP], week, count)
            _add(found.parts, place[:digits] if len(place) >= digits else "", week, count)
    return found


def _add(into: dict[str, dict[int, int]], key: str, week: int, count: int) -> None:
    weeks = into.setdefault(key, {})
    weeks[week] = weeks.get(week, 0) + count
