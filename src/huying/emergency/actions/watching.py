"""The watch over open cards: whoever's time of waiting is over gets its next ring, once, by whichever worker is first.

A card is claimed by its lock and carried on in the same transaction: a worker that is killed leaves it as it was, for
the next one; others pass over what is held.
"""

import logging
from datetime import datetime

from django.db import connection, transaction

from huying.emergency.actions.ringing import carry_on
from huying.emergency.models import Emergency

_log = logging.getLogger(__name__)


def look(now: datetime, most: int = 50) -> int:
    """Carry on up to ``most`` cards that are due; how many were."""
    done = 0
    while done < most and _one(now):
        done += 1
    return done


def _one(now: datetime) -> bool:
    ref: tuple[int, int] | None = None
    try:
        with transaction.atomic():
            card = (
                Emergency.objects.select_for_update(skip_locked=True)
                .filter(next_at__lte=now)
                .order_by("next_at")
                .first()
            )
            if card is None:
                return False
            ref = (card.district, card.id)
            carry_on(card, now, due=True)
    except Exception:
        if ref is None:
            raise
        _log.exception("card %s of %s cannot be carried on", ref[1], ref[0])
        _push(ref, now)
    return True


def _push(ref: tuple[int, int], now: datetime) -> None:
    """A card that fails comes again, twice as late each time up to five minutes: it must not hold up the others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE emergency_emergency SET failures = failures + 1, "
            "next_at = %s + least(interval '5 minutes', interval '2 seconds' * power(2, failures)) "
            "WHERE district = %s AND id = %s AND over_at IS NULL",
            [now, *ref],
        )
