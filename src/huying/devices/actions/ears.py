"""Signs of life of whatever listens, so that our own deafness is not taken for the silence of devices."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from huying.devices.models import Ear
from huying.devices.queries.ears import ALIVE, LOOK, LOOKS

#: An ear that gave no sign for so long was taken away: it says nothing of its door any more.
_GONE = timedelta(days=7)
_SIGN = """
INSERT INTO devices_ear AS e (name, door, at, since, why) VALUES (%(name)s, %(door)s, %(at)s, %(since)s, %(why)s)
ON CONFLICT (name) DO UPDATE SET at = excluded.at, why = excluded.why, door = excluded.door,
    since = CASE WHEN excluded.since IS NULL THEN NULL
                 WHEN e.since IS NULL OR e.at < excluded.at - %(alive)s THEN excluded.since ELSE e.since END
"""


def sign_of_life(name: str, door: str, now: datetime, hears: bool = True, why: str = "") -> None:
    """It lives; ``hears``: what is said on its door comes in. After a break it hears since now."""
    _sign(name, door, now, ALIVE, since=now if hears else None, why=why)


def looked(district: int, now: datetime) -> None:
    """The worker looks for silent devices, as it does each minute. Who never looked before is taken to have."""
    if not Ear.objects.filter(name=f"{LOOK} {district}").exists():
        _sign(f"{LOOK} {district}", LOOK, now, LOOKS, since=now - _GONE)
    _sign(f"{LOOK} {district}", LOOK, now, LOOKS, since=now)


def _sign(
    name: str, door: str, now: datetime, alive: timedelta, *, since: datetime | None, why: str = ""
) -> None:
    given: dict[str, Any] = {
        "name": name[:80],
        "door": door,
        "at": now,
        "since": since,
        "why": why[:200],
        "alive": alive,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SIGN, given)


@transaction.atomic
def heard_since(now: datetime) -> Mapping[str, datetime]:
    """Door → since when it is heard without a break; now for one whose ears are all deaf. Without ears it is left out.

    Of several on one door the one that hears longest counts: what it missed another heard.
    """
    Ear.objects.filter(at__lt=now - _GONE).delete()
    found: dict[str, datetime] = {}
    for row in Ear.objects.all():
        alive = LOOKS if row.door == LOOK else ALIVE
        since = row.since if row.since is not None and row.at > now - alive else now
        found[row.door] = min(since, found.get(row.door, now))
    return found
