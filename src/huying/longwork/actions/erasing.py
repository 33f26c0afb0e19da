"""Long work's part of an erasure by law: files that left the house before may hold what was erased."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from huying.longwork.models import LongWork
from huying.longwork.policy import place
from huying.longwork.rules.states import WorkState


def erase(district: int, now: datetime) -> int:
    """Remove every file that was made for somebody to fetch, once the transaction has ended; how many.

    What is being made now is stopped: it may have read the words already. Whoever wants a file asks for it again. What
    is being brought in goes on.
    """
    _stop(district, now)
    rows = LongWork.objects.filter(district=district).exclude(file="")
    files = [row.file for row in rows]
    rows.update(file="", file_bytes=0, expires_at=now)
    transaction.on_commit(lambda: _afterwards(district, now, files))
    return len(files)


def _stop(district: int, now: datetime) -> None:
    running = LongWork.objects.filter(district=district, state=WorkState.RUNNING, given="")
    running.update(cancel_asked_at=now)


def _afterwards(district: int, now: datetime, files: Sequence[str]) -> None:
    # Whatever began since the first look, and before others see what was erased.
    _stop(district, now)
    for name in files:
        place(name).unlink(missing_ok=True)
