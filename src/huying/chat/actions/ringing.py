"""Who asks for a person and has no bell rung yet: each conversation once, and once more when danger is spoken of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huying.chat.models import Account, Person
from huying.chat.rules.kinds import Asking, Vendor

_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody who waits for a person since ``at``; nothing of what they said."""

    person: int
    vendor: Vendor
    asking: Asking
    at: datetime


def take_unrung(district: int, now: datetime) -> list[Waiting]:
    """Those to ring for, marked as rung: whoever rings does it within the same transaction."""
    unrung = Person.objects.filter(district=district, wants_at__isnull=False, wants_rung_at__isnull=True)
    rows = list(unrung.select_for_update(skip_locked=True).order_by("wants_at")[:_MOST])
    if not rows:
        return []
    vendors = dict(Account.objects.filter(district=district).values_list("pk", "vendor"))
    Person.objects.filter(district=district, id__in=[row.id for row in rows]).update(wants_rung_at=now)
    return [
        Waiting(
            row.id,
            Vendor(vendors[row.account_id]),
            Asking.DANGER if row.wants_danger else Asking.PERSON,
            row.wants_at,
        )
        for row in rows
        if row.wants_at is not None
    ]
