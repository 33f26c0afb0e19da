"""What long work leaves behind: files go after some days, rows after a month."""

import time
from datetime import datetime
from typing import Final

from huying.longwork.models import LongWork
from huying.longwork.policy import home, place
from huying.longwork.rules.states import KEPT, UNFINISHED

# A file of no row: left by a process that was killed, or by an upload whose form was never sent on.
_ORPHAN_SECONDS: Final = 86_400


def prune(now: datetime) -> int:
    """Remove what has had its time, in all districts; how many files went. Safe to run twice at once."""
    gone = 0
    for row in LongWork.objects.filter(expires_at__lte=now).exclude(file=""):
        place(row.file).unlink(missing_ok=True)
        LongWork.objects.filter(pk=row.pk).update(file="")
        gone += 1
    old = LongWork.objects.filter(ended_at__lte=now - KEPT).exclude(state__in=UNFINISHED)
    for row in old.exclude(file=""):
        place(row.file).unlink(missing_ok=True)
    old.delete()
    return gone + _orphans()


def _orphans() -> int:
    if not home().is_dir():
        return 0
    known = {name for pair in LongWork.objects.values_list("given", "file") for name in pair if name}
    gone = 0
    for path in home().iterdir():
        if path.name not in known and path.is_file() and time.time() - path.stat().st_mtime > _ORPHAN_SECONDS:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
