"""The daily root: one digest over all that was written in a district on one day, for others to keep (R404)."""

from datetime import date, datetime, timedelta

from django.conf import settings

from huying.cases.ledger import merkle_root
from huying.cases.models import DayRoot
from huying.cases.queries.proofs.roots import day_of, seals_of_day
from huying.kernel.errors import Conflict


def publish_yesterday(district: int, now: datetime) -> None:
    """Publish the root of the day that ended last in the district; a daily duty that may run again."""
    publish_root(district, day_of(district, now) - timedelta(days=1), now)


def publish_root(district: int, day: date, now: datetime) -> DayRoot:
    """Publish the root of a day that is over; a day that was published stays as it was.

    Raises Conflict while the day still runs in the district's time zone.
    """
    if day >= day_of(district, now):
        raise Conflict(f"{day} 还没有结束，不能公布总摘要。")
    known = DayRoot.objects.filter(district=district, day=day).first()
    if known is not None:
        return known
    seals = seals_of_day(district, day)
    algorithm: str = settings.HUYING_DIGEST
    row, _ = DayRoot.objects.get_or_create(
        district=district, day=day,
        defaults={
            "entries": len(seals), "algorithm": algorithm, "root": merkle_root(seals, algorithm), "published_at": now,
        },
    )  # fmt: skip
    return row
