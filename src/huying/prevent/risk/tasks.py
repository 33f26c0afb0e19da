"""What the worker hears behind the ledger."""

from collections.abc import Sequence
from datetime import datetime

from huying.cases.ledger import Link
from huying.cases.lifecycle import Verb
from huying.prevent.risk.actions import hear


def hear_new(district: int, entries: Sequence[Link], now: datetime) -> None:
    """Read what new appeals say; told once, however often it is done."""
    came = [
        (entry.appeal_id, entry.at)
        for entry in entries
        if entry.verb == Verb.RECEIVE and entry.appeal_id is not None
    ]
    if came:
        hear(district, came, now)
