"""What a home's own past teaches, anew each night."""

from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from django.db import connection

from huying.devices.models import HomeState
from huying.devices.queries.homes import devices_of, events_of
from huying.devices.rules.home.habits.keeping import kept
from huying.devices.rules.home.habits.learning import REMEMBERED, learned
from huying.devices.rules.home.silences import silences
from huying.devices.rules.home.standard import USUAL
from huying.places.queries import district as district_row

#: Learned when hardly anybody waits for the platform, so many homes at each look.
_HOUR: Final = 2
_MOST: Final = 20
_KNOWN: Final = """
INSERT INTO devices_homestate (district, home, habits, due_at, level)
SELECT DISTINCT d.district, d.home, '{}'::jsonb, %s::timestamptz, ''
FROM devices_device d WHERE d.district = %s AND d.home <> '' AND d.retired_at IS NULL
ON CONFLICT (district, home) DO NOTHING
"""


def learn_homes(district: int, now: datetime) -> int:
    """Take in homes that have devices now, and learn the habits of some whose last lesson was before tonight; how many.

    A home is learned for the first time at the first look.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KNOWN, [now, district])
    zone = district_row(district).zone
    tonight = _tonight(now, zone)
    waiting = HomeState.objects.filter(district=district)
    new = list(waiting.filter(learned_at=None).values_list("home", flat=True)[:_MOST])
    old = waiting.filter(learned_at__lt=tonight).order_by("learned_at").values_list("home", flat=True)
    homes = new or list(old[:_MOST])
    for home in homes:
        devices = devices_of(district, home)
        events = events_of(devices, now - REMEMBERED, now, zone)
        found = silences(events, USUAL.alive_within)
        habits = learned(found, now.astimezone(ZoneInfo(zone)))
        HomeState.objects.filter(district=district, home=home).update(habits=kept(habits), learned_at=now)
    return len(homes)


def _tonight(now: datetime, zone: str) -> datetime:
    """The last time the clock of the district showed the hour of learning."""
    here = now.astimezone(ZoneInfo(zone))
    at = here.replace(hour=_HOUR, minute=0, second=0, microsecond=0)
    return at if at <= here else at - timedelta(days=1)
