"""Lines of a card's timeline, and waking whoever looks at it."""

from datetime import datetime
from typing import Any, Final

from django.db import connection

from huying.emergency.models import Emergency, Mark
from huying.emergency.rules.kinds import MarkKind

CHANNEL: Final = "huying_emergency"


def mark(
    card: Emergency,
    kind: MarkKind,
    now: datetime,
    *,
    words: str = "",
    who: str = "",
    account_id: int | None = None,
    alert_id: int | None = None,
    **more: Any,
) -> Mark:
    """Add a line; the card's ``length`` goes up with it, to be saved by whoever holds its lock.

    ``more``: facts (a mapping), photo, sound, lon, lat, key.
    """
    card.length += 1
    return Mark.objects.create(
        district=card.district,
        emergency_id=card.id,
        at=now,
        kind=kind.value,
        words=words,
        who=who[:60],
        account_id=account_id,
        alert_id=alert_id,
        **more,
    )


def save(card: Emergency) -> None:
    """Keep the card and wake its readers when this transaction ends. An emergency is rare: it may say so itself."""
    card.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, f"{card.district} {card.id} {card.area}"])


def locked(district: int, card_id: int) -> Emergency | None:
    """The card, held until the transaction ends; None for none."""
    return Emergency.objects.select_for_update().filter(district=district, id=card_id).first()
