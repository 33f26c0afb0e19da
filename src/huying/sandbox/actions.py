"""The only writers of trials."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from huying.kernel.errors import Conflict, NotFound
from huying.sandbox.models import Trial
from huying.sandbox.rules import KEPT_FOR, MOST, UPDATES_MOST


@dataclass(frozen=True, slots=True)
class NewTrial:
    """What is kept of a trial; ``once`` makes giving it twice harmless. Positions are CGCS2000 degrees."""

    item: str
    area: str
    lon: float | None
    lat: float | None
    told: dict[str, Any]
    once: str | None = None


@transaction.atomic
def keep_trial(district: int, new: NewTrial, now: datetime) -> int:
    """Keep it; its number. What is a day old goes, and the oldest where there are too many."""
    if new.once is not None:
        known = Trial.objects.filter(district=district, once=new.once).values_list("id", flat=True).first()
        if known is not None:
            return int(known)
    own = Trial.objects.filter(district=district)
    own.filter(made_at__lte=now - KEPT_FOR).delete()
    for last in own.order_by("-made_at", "-id").values_list("made_at", flat=True)[MOST - 1 : MOST]:
        own.filter(made_at__lt=last).delete()
    row = Trial(
        district=district, once=new.once, item=new.item, area=new.area, lon=new.lon, lat=new.lat, told=new.told,
        made_at=now, updated_at=now,
    )  # fmt: skip
    with transaction.atomic():
        Trial.objects.bulk_create([row], ignore_conflicts=new.once is not None)
    if row.pk is None or new.once is not None:
        return int(Trial.objects.filter(district=district, once=new.once).values_list("id", flat=True)[0])
    return int(row.pk)


@transaction.atomic
def update_trial(district: int, number: int, told: dict[str, Any], now: datetime, *, closed: bool) -> int:
    """Write down what was done; the number of the update, from 1. What is closed stays so, and what is given twice
    with the same ``once`` is one.

    Raises NotFound, Conflict for one that is closed, or has had very many.
    """
    row = (
        Trial.objects.select_for_update()
        .filter(district=district, id=number, made_at__gt=now - KEPT_FOR)
        .first()
    )
    if row is None:
        raise NotFound
    before = [number for number, each in enumerate(row.updates, 1) if each.get("once") == told.get("once")]
    if told.get("once") and before:
        return before[0]
    if row.closed_at is not None or len(row.updates) >= UPDATES_MOST:
        raise Conflict("已经办结，不能再更新。")
    row.updates = [*row.updates, {**told, "at": now.isoformat(), "closed": closed}]
    row.updated_at, row.closed_at = now, now if closed else None
    row.save(update_fields=["updates", "updated_at", "closed_at"])
    return len(row.updates)
