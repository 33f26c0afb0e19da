"""Messages that nobody thought about at once: what needs a slow door, and what a killed process left."""

from datetime import datetime, timedelta
from typing import Final

from huying.chat.actions.doors import Doors
from huying.chat.actions.thinking import think
from huying.chat.models import Message
from huying.chat.rules.kinds import Side

_BATCH: Final = 20
# Whoever keeps a message thinks about it at once; they are left a moment for it.
_LEFT_ALONE: Final = timedelta(seconds=1)


def think_waiting(now: datetime, doors: Doors) -> int:
    """Think about what waits, oldest first; how many messages were done."""
    due = Message.objects.filter(side=Side.THEIRS.value, next_at__lte=now, at__lte=now - _LEFT_ALONE)
    found = due.order_by("next_at").values_list("district", "person_id")[:_BATCH]
    return sum(think(district, person, now, doors) for district, person in dict.fromkeys(found))
