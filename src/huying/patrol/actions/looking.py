"""Looking at where somebody walked: for a reason, and written down before it is shown."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from huying.access.actor import Actor
from huying.kernel.errors import Invalid
from huying.patrol.queries.tours import TrackStep, tour_for, track_for
from huying.people.actions import NewViewing, record_viewings
from huying.people.rules.kinds import ViewingKind


@transaction.atomic
def look_at_track(by: Actor, tour_id: int, why: str, now: datetime) -> Sequence[TrackStep]:
    """The steps of a tour, in their order. Raises Denied, NotFound, Invalid without why."""
    reason = why.strip()
    if not 2 <= len(reason) <= 200:
        raise Invalid(fields={"why": "请写明为什么看，2 到 200 字。"})
    steps = track_for(by, tour_id)
    row = tour_for(by, tour_id)
    what = f"巡查轨迹：{row.name} {timezone.localdate(row.started_at):%Y-%m-%d}"
    record_viewings(by, [NewViewing(ViewingKind.VIEW, what, reason=reason)], now)
    return steps
