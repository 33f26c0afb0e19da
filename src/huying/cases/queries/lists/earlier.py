"""The same at the same place before: what was closed here of this item in the years before a case came in."""

from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import Actor
from huying.cases.models import Case
from huying.cases.policy import visible_to
from huying.cases.queries.lists.lines import COLUMNS, CaseLine, lines_from
from huying.geo.measure import around, distance

NEAR_METRES: Final = 100.0
YEARS: Final = timedelta(days=3 * 365)
_MOST: Final = 200


def earlier_here(actor: Actor, line: CaseLine, now: datetime) -> list[CaseLine]:
    """Closed cases of the item within 100 m in the three years before, newest first, of those the actor may see.

    None where the case has no position or no item yet.
    """
    if line.lon is None or line.lat is None or not line.item:
        return []
    west, south, east, north = around(line.lon, line.lat, NEAR_METRES)
    rows = Case.objects.filter(
        visible_to(actor), district=line.district, item=line.item, closed_at__isnull=False,
        opened_at__gte=line.opened_at - YEARS, opened_at__lt=line.opened_at,
        lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north,
    ).exclude(id=line.id).values_list(*COLUMNS)[:_MOST]  # fmt: skip
    near = [one for one in lines_from(list(rows), line.district, now) if _metres(line, one) <= NEAR_METRES]
    return sorted(near, key=lambda one: one.opened_at, reverse=True)


def _metres(line: CaseLine, other: CaseLine) -> float:
    if line.lon is None or line.lat is None or other.lon is None or other.lat is None:
        return NEAR_METRES + 1
    return distance(line.lon, line.lat, other.lon, other.lat)
