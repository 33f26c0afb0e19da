"""The daily root: one digest over all that was written in a district on one day, for others to keep (R404)."""

from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings

from huying.cases.ledger import merkle_root
from huying.cases.models import DayRoot
from huying.cases.queries.proofs.roots import day_of, first_day, seals_of_day
from huying.kernel.errors import Conflict
from huying.kernel.saying import said

_MOST_AT_ONCE: Final = 400


def publish_due(district: int, now: datetime) -> int:
    """Publish the root of every day that is over and follows on the last one published; how many.

    A daily duty that may run again. Days on which no worker ran are made up for, so that none stays without a
    root; the first days of a district that brings its history along come in turns.
    """
    yesterday = day_of(district, now) - timedelta(days=1)
    last = DayRoot.objects.filter(district=district).order_by("-day").values_list("day", flat=True).first()
    day = last + timedelta(days=1) if last else first_day(district)
    done = 0
    while day is not None and day <= yesterday and done < _MOST_AT_ONCE:
        publish_root(district, day, now)
        day += timedelta(days=1)
        done += 1
    return done


def publish_root(district: int, day: date, now: datetime) -> DayRoot:
    """Publish the root of a day that is over; a day that was published stays as it was.

    Raises Conflict while the day still runs in the district's time zone.
    """
    if day >= day_of(district, now):
        raise Conflict(said("%(day)s 还没有结束，不能公布总摘要。", day=day))
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
