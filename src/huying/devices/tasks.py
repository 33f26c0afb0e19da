"""What the worker does for devices: looks for the silent, moves on what waits for a time, keeps the months."""

from datetime import datetime

from django.db import connection

from huying.devices.actions import clear_log, keep_months, look_at_waiting, look_for_silent

_MINE = "SELECT pg_try_advisory_lock(8307, 1)"
_DONE = "SELECT pg_advisory_unlock(8307, 1)"


def look_after(district: int, now: datetime) -> None:
    """Once a minute: who is not heard, and which hold ran out."""
    look_for_silent(district, now)
    look_at_waiting(district, now)


def make_months(now: datetime) -> None:
    """Once a day, and when a worker begins; one of several workers does it."""
    with connection.cursor() as cursor:
        cursor.execute(_MINE)
        if not cursor.fetchone()[0]:
            return
        try:
            keep_months(now)
        finally:
            cursor.execute(_DONE)


def clear_misread(district: int, now: datetime) -> None:
    """What was not understood a week ago goes."""
    clear_log(district, now)
