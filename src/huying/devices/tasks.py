"""What the worker does for devices: looks for the silent, moves on what waits for a time, keeps the months."""

from datetime import datetime

from django.db import connection

from huying.devices.actions import clear_log, keep_months, look_at_waiting, look_for_silent
from huying.devices.actions.homes import learn_homes, look_at_homes
from huying.devices.actions.water import Doubting, grade_water

_MINE = "SELECT pg_try_advisory_lock(8307, 1)"
_DONE = "SELECT pg_advisory_unlock(8307, 1)"


def look_after(district: int, now: datetime) -> None:
    """Once a minute: who is not heard, which hold ran out, which home has been quiet for too long."""
    look_for_silent(district, now)
    look_at_waiting(district, now)
    look_at_homes(district, now)


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


class Past:
    """What looks through the past of homes and of water, beside the worker's turns."""

    def __init__(self) -> None:
        self._doubting = Doubting()

    def learn(self, district: int, now: datetime) -> None:
        """Some homes whose habits were not learned since last night."""
        learn_homes(district, now)

    def water(self, district: int, now: datetime) -> None:
        """What is not to be believed first, then the class of what is."""
        self._doubting.look(district, now)
        grade_water(district, now)
