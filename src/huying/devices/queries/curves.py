"""What a factor did over a time, thinned so that a page can draw it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import Actor
from huying.devices.models import HourTally, LastReading, Reading
from huying.devices.queries.register import row_for
from huying.devices.rules.messages import ALARM
from huying.devices.rules.thinning import Point, thinned

_MOST: Final = 120
_SHOWN: Final = 600
#: No device is asked for more rows than this at once: one that speaks every second for a day and a half.
_ROWS: Final = 130_000
_LONGEST: Final = timedelta(days=3)


def curve_of(
    district: int, device_id: int, factor: str, since: datetime, until: datetime
) -> list[list[str | float]]:
    """Moment and value, at most 120, the farthest ones among them, as they are kept with a matter."""
    points = thinned(_points(district, device_id, factor, max(since, until - _LONGEST), until), _MOST)
    return [[point.at.isoformat(), point.value] for point in points]


def curve_for(actor: Actor, device_id: int, factor: str, since: datetime, until: datetime) -> Sequence[Point]:
    """The readings of a time, thinned to what can be drawn; of more than three days the hours' means.

    Raises Denied, NotFound.
    """
    row = row_for(actor, device_id)
    if until - since <= _LONGEST:
        return thinned(_points(row.district, row.id, factor, since, until), _SHOWN)
    hours = HourTally.objects.filter(
        district=row.district, device_id=row.id, factor=factor, hour__gte=since, hour__lte=until
    ).order_by("hour")[:_ROWS]
    return thinned([Point(one.hour, one.total / one.count) for one in hours], _SHOWN)


def lasts_for(actor: Actor, device_ids: Sequence[int]) -> dict[int, list[tuple[str, datetime, float]]]:
    """Device → its factors with the moment and the value of the last reading; one query.

    The devices are those a reader of this package gave the actor: they are seen.
    """
    rows = LastReading.objects.filter(district=actor.district, device_id__in=list(device_ids))
    found: dict[int, list[tuple[str, datetime, float]]] = {}
    for row in rows.order_by("device_id", "factor"):
        found.setdefault(row.device_id, []).append((row.factor, row.at, row.value))
    return found


def _points(district: int, device_id: int, factor: str, since: datetime, until: datetime) -> list[Point]:
    if factor.startswith(ALARM):
        return []
    rows = Reading.objects.filter(
        district=district, device_id=device_id, factor=factor, at__gte=since, at__lte=until
    )
    return [Point(at, value) for at, value in rows.order_by("at").values_list("at", "value")[:_ROWS]]
