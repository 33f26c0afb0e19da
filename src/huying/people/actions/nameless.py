"""Callers of whom nothing is known but that they wrote: found again by whoever keeps the way they wrote."""

from datetime import datetime

from huying.people.models import Caller


def new_nameless(district: int, now: datetime) -> int:
    """A caller without name and phone; the number of its row."""
    row = Caller.objects.create(district=district, first_seen_at=now)
    row.refresh_from_db(fields=["id"])
    return row.id
