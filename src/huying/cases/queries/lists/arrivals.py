"""What came in within some days: how much of what, where and by which way, and the cases themselves.

Counted by the case's item and place as they stand now: when a matter comes in, neither is known yet. A case split off
another one did not come in; it is no part of these numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from django.db import connection
from django.db.models import Q

from huying.access.actor import Actor
from huying.cases.models import Case
from huying.cases.policy import visible_to
from huying.cases.queries.lists.cursors import cursor_of, read
from huying.cases.queries.lists.lines import COLUMNS, CaseLine, lines_from

PAGE: Final = 50
NONE: Final = "-"
_COUNT: Final = """
SELECT item, left(area, %(digits)s), channel, count(*) FROM cases_case
WHERE district = %(district)s AND opened_at >= %(first)s AND opened_at < %(until)s AND split_from IS NULL
  AND area >= %(area)s AND area < %(end)s
GROUP BY 1, 2, 3
"""


class Arrived(NamedTuple):
    """How many came in of one item (a whole code, "" none yet) in one part of the area ("" none) by one channel."""

    item: str
    part: str
    channel: str
    cases: int


@dataclass(frozen=True, slots=True)
class ArrivedFilter:
    """Came in from ``first`` until before ``until``; ``item`` and ``part`` are prefixes, "-" asks for what has none."""

    first: datetime
    until: datetime
    area: str
    item: str = ""
    part: str = ""
    channel: str = ""


def arrivals_of(district: int, area: str, first: datetime, until: datetime) -> list[Arrived]:
    """What came in within an area (6 or 9 digits), told apart by item, next smaller area and channel; one query.

    For the platform's own reports: it tells numbers of a whole area, whoever may see its cases.
    """
    digits = len(area) + 3
    # In the district's own numbers also stands what has no place yet.
    whole = len(area) <= 6
    told: dict[str, Any] = {
        "district": district, "first": first, "until": until, "digits": digits, "area": "" if whole else area,
        "end": ":" if whole else f"{area}:",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, told)
        return [
            Arrived(item, part if len(part) == digits else "", channel, count)
            for item, part, channel, count in cursor.fetchall()
        ]


def arrived_for(
    actor: Actor, wanted: ArrivedFilter, now: datetime, after: str = "", limit: int = PAGE
) -> tuple[list[CaseLine], str]:
    """The actor's cases that came in, newest first, and the cursor of the next page. Raises Invalid for a cursor."""
    place = read(after)
    cases = Case.objects.filter(
        visible_to(actor), _fits(wanted), opened_at__gte=wanted.first, opened_at__lt=wanted.until,
        split_from__isnull=True,
    )  # fmt: skip
    if place is not None:
        cases = cases.filter(Q(opened_at__lt=place.at) | Q(opened_at=place.at, id__lt=place.id))
    rows: Sequence[tuple[Any, ...]] = list(
        cases.order_by("-opened_at", "-id").values_list(*COLUMNS)[: limit + 1]
    )
    lines = lines_from(rows[:limit], actor.district, now)
    return lines, cursor_of(lines[-1], closed=True) if len(rows) > limit else ""


def _fits(wanted: ArrivedFilter) -> Q:
    found = Q(area__gte=wanted.area, area__lt=f"{wanted.area}:") if len(wanted.area) > 6 else Q()
    if wanted.part == NONE:
        # Whatever lies in no smaller area has a shorter code.
        found &= ~Q(area__regex=rf"^.{{{len(wanted.area) + 3},}}$")
    elif wanted.part:
        found &= Q(area__gte=wanted.part, area__lt=f"{wanted.part}:")
    if wanted.item == NONE:
        found &= Q(item="")
    elif wanted.item:
        found &= Q(item__startswith=wanted.item)
    return found & (Q(channel=wanted.channel) if wanted.channel else Q())
