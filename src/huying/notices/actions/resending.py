"""Messages that were given up, tried once more."""

from collections.abc import Collection
from datetime import datetime

from huying.access.actor import Actor
from huying.notices.models import Notice
from huying.notices.policy import must_edit
from huying.notices.rules.kinds import OUTSIDE, Sending, Way


def resend(by: Actor, now: datetime, *, ids: Collection[int] = (), way: Way | None = None) -> int:
    """Let failed messages wait again, those named or all of a way; how many. Raises Denied."""
    must_edit(by)
    rows = Notice.objects.filter(
        district=by.district, state=Sending.FAILED, way__in=[way] if way else OUTSIDE
    )
    if ids:
        rows = rows.filter(id__in=ids)
    return rows.update(state=Sending.WAITING.value, tries=0, next_at=now, error="")
