"""A reminder a day ahead, and the end of what was kept of who asked."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from huying.services.actions.asking.telling import tell_soon
from huying.services.models import Ask
from huying.services.rules.kinds import AskState

AHEAD: Final = timedelta(hours=24)
#: Who asked is known for so long after its end: until disputes are settled and no longer.
KEPT: Final = timedelta(days=180)
_BATCH: Final = 200
SEALED: Final = ("name_sealed", "phone_sealed", "address_sealed", "words_sealed", "review_sealed")


def remind_due(district: int, now: datetime) -> int:
    """Remind everybody of what begins within a day; each once, however many workers look. How many.

    Whoever was told of it within the same day needs no reminder.
    """
    due = Ask.objects.filter(
        district=district, state=AskState.ARRANGED.value, reminded_at=None, starts_at__gt=now,
        starts_at__lte=now + AHEAD,
    )  # fmt: skip
    with transaction.atomic():
        rows = list(due.select_for_update(skip_locked=True).order_by("id")[:_BATCH])
        Ask.objects.filter(district=district, id__in=[row.id for row in rows]).update(reminded_at=now)
        wanted = [row for row in rows if row.arranged_at is None or row.arranged_at <= now - AHEAD / 2]
        tell_soon(wanted, now)
    return len(wanted)


def clear_asks(district: int, now: datetime) -> int:
    """Who asked goes 180 days after it ended; that it was asked for, where and how it was rated stays. How many."""
    old = Ask.objects.filter(district=district, ended_at__lte=now - KEPT, cleared_at=None)
    return old.update(cleared_at=now, caller_id=None, **dict.fromkeys(SEALED))
