"""What the devices of a home told, as the rules of living alone read it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import QuerySet

from huying.devices.models import Device, Reading
from huying.devices.rules.home.events import Event
from huying.devices.rules.home.factors import BOTH_WAYS, FACTORS, sign_of
from huying.devices.rules.home.habits.learning import REMEMBERED

#: Before the last sign of the person so much is read along: where they were, and whether they lay.
_BEFORE: Final = timedelta(hours=26)
#: Of one home no more readings are looked at: one each minute for sixty days.
_MOST: Final = 90_000
# One look from the end of each series: a detector that says each minute that it is well has half a million rows.
_LAST_SIGN: Final = """
SELECT max(r.at) FROM unnest(%(devices)s::bigint[]) AS d(id) CROSS JOIN unnest(%(factors)s::text[]) AS f(factor)
CROSS JOIN LATERAL (
    SELECT x.at FROM devices_reading x
    WHERE x.district = %(district)s AND x.device_id = d.id AND x.factor = f.factor
      AND x.at > %(since)s AND x.at <= %(until)s AND (x.value > 0 OR x.factor = ANY(%(both)s::text[]))
    ORDER BY x.at DESC LIMIT 1
) r
"""


def devices_of(district: int, home: str) -> list[Device]:
    """The devices in use of a home."""
    return list(Device.objects.filter(district=district, home=home, retired_at=None).order_by("id"))


def lately(devices: Sequence[Device], now: datetime, zone: str) -> list[Event]:
    """What was told since a day before the last sign of a person, in order, at most sixty days."""
    given: dict[str, Any] = {
        "district": devices[0].district, "devices": [one.id for one in devices], "factors": list(FACTORS),
        "both": list(BOTH_WAYS), "since": now - REMEMBERED, "until": now,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LAST_SIGN, given)
        last: datetime | None = cursor.fetchone()[0]
    return [] if last is None else events_of(devices, last - _BEFORE, now, zone)


def events_of(devices: Sequence[Device], since: datetime, until: datetime, zone: str) -> list[Event]:
    """What was told between two moments, in order, by the district's clock."""
    clock, names = ZoneInfo(zone), {one.id: one.name for one in devices}
    rows = _rows(devices, since, until).order_by("-at").values_list("device_id", "factor", "at", "value")
    told = [
        Event(at.astimezone(clock), sign_of(factor, value), names[device])
        for device, factor, at, value in rows[:_MOST]
    ]
    return sorted(told)


def _rows(devices: Collection[Device], since: datetime, until: datetime) -> QuerySet[Reading]:
    return Reading.objects.filter(
        district__in={one.district for one in devices}, device_id__in=[one.id for one in devices], factor__in=FACTORS,
        at__gt=since, at__lte=until,
    )  # fmt: skip
