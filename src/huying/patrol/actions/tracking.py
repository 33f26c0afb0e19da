"""Where somebody walks while on duty: kept with their tour, counted by cell and day, and taken away in time."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from huying.access.actor import Actor
from huying.kernel.errors import NotFound
from huying.patrol.models import Tour, TrackPoint
from huying.patrol.policy import must_walk
from huying.patrol.rules.walking import Step, kept, length, on_foot, passed

# Two phones may come through a cell at once: in one order, so that neither waits for the other for ever.
_COUNT = """
INSERT INTO patrol_walked (district, cell, day, tours)
SELECT %s, cell, %s, 1 FROM unnest(%s::text[]) AS cell ORDER BY cell
ON CONFLICT (district, cell, day) DO UPDATE SET tours = patrol_walked.tours + 1
"""


@transaction.atomic
def track(by: Actor, tour: UUID, steps: Sequence[Step], now: datetime) -> int:
    """Keep the steps of one's own tour; how many of them count. Told again nothing is added. Raises Denied, NotFound.

    What lies outside the time on duty is dropped, not kept.
    """
    account = must_walk(by)
    row = (
        Tour.objects.select_for_update()
        .filter(district=by.district, account_id=account, key=tour)
        .first()
    )  # fmt: skip
    if row is None:
        raise NotFound
    good = on_foot(kept(steps, row.started_at, row.ended_at or now))
    if not good or _too_late(row, now):
        return 0
    made = TrackPoint.objects.bulk_create(
        (
            TrackPoint(
                district=by.district, tour_id=row.id, at=step.at, lon=step.lon, lat=step.lat, accuracy=step.accuracy
            )
            for step in good
        ),
        ignore_conflicts=True,
    )  # fmt: skip
    _count(row, good)
    return len(made)


def forget_tracks(district: int, now: datetime) -> int:
    """Take away tracks older than the district keeps; how many tours lost theirs."""
    until = now - timedelta(days=settings.HUYING_TRACK_DAYS)
    with transaction.atomic():
        TrackPoint.objects.filter(district=district, at__lt=until).delete()
        old = Tour.objects.filter(district=district, started_at__lt=until).exclude(cells=[])
        return old.update(cells=[])


def _too_late(row: Tour, now: datetime) -> bool:
    # What would be taken away at once is not taken in: its cells are forgotten and would be counted again.
    return row.started_at < now - timedelta(days=settings.HUYING_TRACK_DAYS)


def _count(row: Tour, good: Sequence[Step]) -> None:
    fresh = passed(good) - set(row.cells)
    if fresh:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [row.district, timezone.localdate(row.started_at), sorted(fresh)])
    points = TrackPoint.objects.filter(district=row.district, tour_id=row.id).order_by("at")
    whole = [Step(*values) for values in points.values_list("at", "lon", "lat", "accuracy")]
    row.cells, row.metres = sorted({*row.cells, *fresh}), length(whole)
    row.walked = len(row.cells)
    row.save(update_fields=["cells", "walked", "metres"])
