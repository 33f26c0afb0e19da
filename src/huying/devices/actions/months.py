"""The tables of months: made ahead, taken away when their time is over; what nobody understood goes after a week."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import OperationalError, connection, transaction

from huying.devices.models import Misread
from huying.devices.rules.months import Month, month_named, month_of, wanted

_log = logging.getLogger(__name__)
AHEAD: Final = 2
_PARTS: Final = """
SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
WHERE i.inhparent = 'devices_reading'::regclass
"""
_PATIENCE: Final = "2s"
_LOG: Final = timedelta(days=7)
_MOST: Final = 10_000


def keep_months(now: datetime) -> None:
    """Have a table for this month and the next two, and none older than readings are kept. Twice changes nothing."""
    there = _there()
    for month in wanted(now, AHEAD):
        if month not in there:
            _unless_busy(_make, month)
    oldest = month_of(now).plus(-settings.HUYING_READING_MONTHS)
    for month in sorted(there):
        if month < oldest:
            _unless_busy(_take_away, month)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM devices_reading_rest WHERE at < %s", [oldest.begins])


def clear_log(district: int, now: datetime) -> None:
    """Take away what was not understood a week ago, and of a flood all but the newest."""
    rows = Misread.objects.filter(district=district)
    rows.filter(at__lt=now - _LOG).delete()
    last = rows.order_by("-id").values_list("id", flat=True)[_MOST : _MOST + 1]
    for number in last:
        rows.filter(id__lte=number).delete()


def _there() -> set[Month]:
    with connection.cursor() as cursor:
        cursor.execute(_PARTS)
        found = [month_named(name) for (name,) in cursor.fetchall()]
    return {month for month in found if month is not None}


def _make(month: Month) -> None:
    """A table for the month; what already came for it moves over from the rest, nothing is written there meanwhile."""
    since, until = month.begins.isoformat(), month.plus(1).begins.isoformat()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(8307)")
        if month in _there():
            return
        cursor.execute("LOCK TABLE devices_reading_rest IN ACCESS EXCLUSIVE MODE")
        cursor.execute(f"CREATE TABLE {month.name} (LIKE devices_reading INCLUDING ALL)")
        cursor.execute(
            f"WITH moved AS (DELETE FROM devices_reading_rest WHERE at >= %s AND at < %s RETURNING *) "
            f"INSERT INTO {month.name} SELECT * FROM moved",
            [since, until],
        )
        # The moments are ours: a statement of this kind takes no parameters.
        cursor.execute(
            f"ALTER TABLE devices_reading ATTACH PARTITION {month.name} FOR VALUES FROM ('{since}') TO ('{until}')"
        )


def _take_away(month: Month) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {month.name}")


def _unless_busy(work: Callable[[Month], None], month: Month) -> None:
    """Not while somebody reads for long, a backup for instance: behind this all that devices say would wait as well."""
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(f"SET LOCAL lock_timeout = '{_PATIENCE}'")
            work(month)
    except OperationalError as why:
        _log.warning("%s is left until the next time: %s", month.name, why)
