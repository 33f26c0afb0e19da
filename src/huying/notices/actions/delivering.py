"""Messages taken out to be sent, and what came of it. Each is held by one worker at a time, for a while."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from huying.notices.models import Notice
from huying.notices.rules.kinds import Sending, Way
from huying.notices.rules.times import rest_after

# Longer than a whole batch may take, so that only what a killed worker held comes back.
LEASE: Final = timedelta(minutes=10)
_CLAIM: Final = """
UPDATE notices_notice SET next_at = %s, tries = tries + 1 WHERE (district, id) IN (
    SELECT district, id FROM notices_notice WHERE way = %s AND next_at <= %s {which}
    ORDER BY next_at LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING district, id, account_id, caller_id, title, text, link, tries, phone_sealed
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """One message in hand; ``tries`` counts this one."""

    district: int
    id: int
    account_id: int | None
    caller_id: int | None
    title: str
    text: str
    link: str
    tries: int
    phone_sealed: bytes | None = None


def take(way: Way, now: datetime, most: int) -> list[Taken]:
    """Up to ``most`` messages that are due by this way, held for the lease; the one that waited longest first.

    Urgent ones come before all others: an alarm does not stand in line behind a thousand receipts.
    """
    with connection.cursor() as cursor:
        for which in ("AND urgent", ""):
            cursor.execute(_CLAIM.format(which=which), [now + LEASE, way.value, now, most])
            if rows := cursor.fetchall():
                return [Taken(*row) for row in rows]
    return []


def sent(one: Taken, now: datetime) -> None:
    """The carrier took it."""
    _settle(one, state=Sending.SENT.value, sent_at=now, next_at=None, error="")


def refused(one: Taken, why: str) -> None:
    """It will never be taken, or there is nowhere to send it."""
    _settle(one, state=Sending.FAILED.value, next_at=None, error=why[:300])


def nowhere(one: Taken, why: str) -> None:
    """There is no address any more: nothing failed, and nobody need look."""
    _settle(one, state=Sending.DROPPED.value, next_at=None, error=why[:300])


def failed(one: Taken, why: str, now: datetime) -> None:
    """It is tried again after a rest, or given up after the last."""
    rest = rest_after(one.tries)
    if rest is None:
        refused(one, why)
    else:
        _settle(one, next_at=now + rest, error=why[:300])


def put_back(rest: Sequence[Taken], now: datetime) -> None:
    """Not tried: the carrier is away. It costs them no try."""
    for one in rest:
        _settle(one, next_at=now + timedelta(minutes=1), tries=one.tries - 1)


def _settle(one: Taken, **values: object) -> None:
    # Whoever lost the lease to another worker, or whose message was dropped meanwhile, changes nothing.
    held = Notice.objects.filter(
        district=one.district, id=one.id, tries=one.tries, state=Sending.WAITING.value
    )
    held.update(**values)
