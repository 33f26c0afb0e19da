"""A subscription in one worker's hand for a while, what it is to be told, and what came of it.

One worker at a time sends to one receiver, so what happened to one case arrives in order; receivers do not wait for
each other. Whoever lost the lease settles nothing: what it sent meanwhile is sent again, under the same name.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from huying.webhooks.models import Delivery, Subscription
from huying.webhooks.rules.kinds import Sending
from huying.webhooks.rules.rests import RESTS, leave_alone, rest_after

# Longer than a worker sends in one go and its last call may take together.
LEASE: Final = timedelta(minutes=2)
_IDLE: Final = timedelta(seconds=5)
_MOST_ATTEMPTS: Final = 20
# So many failures in a row are no whim of one event: the receiver itself was away.
_TROUBLE: Final = 3
_CLAIM: Final = """
UPDATE webhooks_subscription SET lease = lease + 1, leased_until = %(until)s WHERE id = (
    SELECT s.id FROM webhooks_subscription s
    WHERE s.stopped_at IS NULL AND s.removed_at IS NULL AND s.leased_until <= %(now)s
      AND (s.rest_until IS NULL OR s.rest_until <= %(now)s)
      AND EXISTS (SELECT FROM webhooks_delivery d WHERE d.district = s.district AND d.subscription_id = s.id
                  AND d.next_at <= %(now)s)
    ORDER BY s.leased_until, s.id FOR UPDATE SKIP LOCKED LIMIT 1
) RETURNING id
"""
# Of one case nothing overtakes what still waits for its time; what is replayed goes behind what happens. Asked in the
# order of one index: as NOT EXISTS it read the whole queue each time.
_DUE: Final = """
SELECT d.id, d.case_id, d.message, d.body, d.replay, d.tries FROM webhooks_delivery d
WHERE d.district = %(district)s AND d.subscription_id = %(number)s AND d.next_at <= %(now)s AND (
    SELECT e.seq FROM webhooks_delivery e WHERE e.district = d.district AND e.subscription_id = d.subscription_id
    AND e.case_id = d.case_id AND e.replay = d.replay AND e.seq < d.seq AND e.next_at > %(now)s
    ORDER BY e.case_id, e.replay, e.seq LIMIT 1) IS NULL
ORDER BY d.replay, d.position, d.case_id, d.seq LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class Due:
    """One delivery in hand; ``tries`` were made before."""

    id: int
    case_id: int | None
    message: str
    body: str
    replay: bool
    tries: int


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a try: the status (0: no answer), what went wrong, the beginning of the answer, ms, Retry-After."""

    status: int
    error: str = ""
    answer: str = ""
    took_ms: int = 0
    asked_seconds: int | None = None


def take(now: datetime) -> Subscription | None:
    """The subscription that waited longest among those with something due, held for the lease."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"now": now, "until": now + LEASE})
        found = cursor.fetchone()
    return Subscription.objects.get(pk=found[0]) if found else None


def due(row: Subscription, now: datetime, most: int) -> list[Due]:
    """What it is to be told now, in order."""
    given: dict[str, Any] = {"district": row.district, "number": row.pk, "now": now, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_DUE, given)
        return [Due(*found) for found in cursor.fetchall()]


def give_back(row: Subscription, now: datetime, *, idle: bool) -> None:
    """Let others have it; it goes to the end of the line, and rests where all that is due stands behind something."""
    rows = Subscription.objects.filter(pk=row.pk, lease=row.lease)
    rows.update(leased_until=now + _IDLE if idle else now)


def delivered(row: Subscription, one: Due, came: Came, now: datetime) -> bool:
    """The receiver took it; whether this worker may go on. After a time of trouble all that waits is due at once."""
    recovered = row.failures >= _TROUBLE
    settled = {"state": Sending.DELIVERED.value, "next_at": None, "settled_at": now}
    standing = {"failures": 0, "failing_since": None, "rest_until": None, "delivered_at": now}
    if not _settled(row, one, came, now, settled, standing):
        return False
    if recovered:
        waiting = Delivery.objects.filter(district=row.district, subscription_id=row.pk, next_at__gt=now)
        waiting.update(next_at=now)
    return True


def refused(row: Subscription, one: Due, came: Came, now: datetime) -> bool:
    """It did not take this one; whether this worker may go on with others."""
    standing = {"failing_since": row.failing_since or now}
    return _settled(row, one, came, now, _later(row, one, now), standing)


def away(row: Subscription, one: Due, came: Came, now: datetime) -> bool:
    """It does not answer, or says that it cannot now: this one rests, and the receiver is left alone for a while."""
    rest = now + leave_alone(row.failures + 1, came.asked_seconds)
    standing = {"failures": row.failures + 1, "rest_until": rest, "failing_since": row.failing_since or now}
    return _settled(row, one, came, now, _later(row, one, now), standing)


def _later(row: Subscription, one: Due, now: datetime) -> dict[str, Any]:
    rest = rest_after(one.tries + 1)
    if rest is not None:
        return {"next_at": now + rest}
    # Given up is what a receiver refuses that takes other things; while it takes nothing, nothing is lost.
    held = Delivery.objects.get(district=row.district, id=one.id)
    first = min((attempt["at"] for attempt in held.attempts[-one.tries :]), default="")
    if row.delivered_at is None or row.delivered_at.isoformat() <= first:
        return {"next_at": now + RESTS[-1]}
    return {"state": Sending.FAILED.value, "next_at": None, "settled_at": now}


@transaction.atomic
def _settled(
    row: Subscription, one: Due, came: Came, now: datetime, columns: dict[str, Any], standing: dict[str, Any]
) -> bool:
    if not Subscription.objects.filter(pk=row.pk, lease=row.lease).update(**standing):
        return False
    for name, value in standing.items():
        setattr(row, name, value)
    held = Delivery.objects.select_for_update().get(district=row.district, id=one.id)
    attempt = {
        "at": now.isoformat(), "status": came.status, "error": came.error[:200], "answer": came.answer[:1000],
        "took_ms": came.took_ms,
    }  # fmt: skip
    held.attempts = [*held.attempts, attempt][-_MOST_ATTEMPTS:]
    held.tries = one.tries + 1
    for name, value in columns.items():
        setattr(held, name, value)
    held.save(update_fields=["attempts", "tries", *columns])
    return True
