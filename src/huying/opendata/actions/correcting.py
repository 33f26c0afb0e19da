"""Published months counted again: what changed since is told beside them, and their files stay."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from huying.cases.queries.opened import DayCount, days_between
from huying.opendata.models import Correction, Publication
from huying.opendata.rules.correcting import FIGURES, corrections
from huying.opendata.rules.months import after

Counts = Mapping[date, Mapping[str, DayCount]]


def counted(district: int, month: date, zone: ZoneInfo) -> Counts:
    """The figures of each day of a month as they are now."""
    since, until = datetime.combine(month, time(), zone), datetime.combine(after(month), time(), zone)
    return days_between(district, since, until, settings.TIME_ZONE)


def totals_of(counts: Counts) -> dict[str, int]:
    """What a month comes to."""
    every = [one for streets in counts.values() for one in streets.values()]
    sums = (
        sum(one.received for one in every),
        sum(one.closed for one in every),
        sum(one.in_time for one in every),
    )
    return dict(zip(FIGURES, sums, strict=True))


def correct(district: int, months: Sequence[date], zone: ZoneInfo, now: datetime) -> int:
    """Count published months again and tell what changed by k cases or more; of how many months that was told."""
    return sum(
        _correct(row, zone, now) for row in Publication.objects.filter(district=district, month__in=months)
    )


@transaction.atomic
def _correct(row: Publication, zone: ZoneInfo, now: datetime) -> bool:
    held = Publication.objects.select_for_update().get(district=row.district, month=row.month)
    totals = totals_of(counted(row.district, row.month, zone))
    if not held.totals:
        # Published before totals were kept: from now on there is something to compare with.
        Publication.objects.filter(district=row.district, month=row.month).update(totals=totals)
        return False
    rows = Correction.objects.filter(district=row.district, month=row.month).order_by("number")
    told = dict(held.totals)
    for one in rows:
        told |= {name: told[name] + change for name, change in one.figures.items()}
    changed = corrections(told, totals, held.k)
    if changed:
        Correction.objects.create(
            district=row.district, month=row.month, number=len(rows) + 1, at=now, figures=changed
        )
    return bool(changed)
