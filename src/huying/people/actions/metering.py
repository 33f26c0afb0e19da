"""How many requests a key has left in this minute, counted for all processes together.

A process takes a sixtieth of a key's minute at a time from the database and hands it out from memory, so that
a busy key costs one statement in many requests, and a key with few requests a minute is counted exactly.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from django.db import connection

from huying.people.models import KeySpending

SECONDS: Final = 60
_SHARES: Final = 60
_KEPT: Final = timedelta(hours=1)
_TAKE: Final = """
INSERT INTO people_keyspending (district, key_id, minute, taken) VALUES (%s, %s, %s, %s)
ON CONFLICT (district, key_id, minute) DO UPDATE SET taken = people_keyspending.taken + excluded.taken
RETURNING taken
"""


@dataclass(frozen=True, slots=True)
class Spent:
    """After one request: whether it was allowed, how many are left, in how many seconds all are again."""

    allowed: bool
    most: int
    left: int
    seconds: int


@dataclass(slots=True)
class _Lease:
    minute: int
    here: int
    elsewhere: int


_leases: dict[int, _Lease] = {}
_lock: Final = Lock()


def spend(district: int, key_id: int, per_minute: int, now: datetime) -> Spent:
    """Count one request of a key. Never within a transaction that a refusal rolls back: refused ones count too."""
    minute, second = divmod(int(now.timestamp()), SECONDS)
    with _lock:
        lease = _leases.get(key_id)
        if lease is None or lease.minute != minute or (not lease.here and lease.elsewhere):
            lease = _leases[key_id] = _taken(district, key_id, per_minute, minute)
        allowed = lease.here > 0
        lease.here -= int(allowed)
        return Spent(allowed, per_minute, lease.here + lease.elsewhere, SECONDS - second)


def clear_spending(district: int, now: datetime) -> int:
    """Forget what was counted more than an hour ago; how many rows."""
    before = int((now - _KEPT).timestamp()) // SECONDS
    return KeySpending.objects.filter(district=district, minute__lt=before).delete()[0]


def forget_leases() -> None:
    """Take anew from the database what this process holds."""
    with _lock:
        _leases.clear()


def _taken(district: int, key_id: int, per_minute: int, minute: int) -> _Lease:
    share = max(1, per_minute // _SHARES)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [district, key_id, minute, share])
        taken = int(cursor.fetchone()[0])
    return _Lease(minute, max(0, min(share, per_minute - (taken - share))), max(0, per_minute - taken))
