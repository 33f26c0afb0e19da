"""The only readers of trials."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from huying.sandbox.models import Trial
from huying.sandbox.rules import KEPT_FOR


@dataclass(frozen=True, slots=True)
class TrialRow:
    """One trial. Positions are CGCS2000 degrees; times are aware."""

    id: int
    item: str
    area: str
    lon: float | None
    lat: float | None
    told: dict[str, Any]
    updates: list[dict[str, Any]]
    made_at: datetime
    updated_at: datetime
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class TrialsWanted:
    """Which trials: ``ids`` alone, or all that fits; the later bounds included."""

    ids: Collection[int] | None = None
    items: Collection[str] = ()
    is_open: bool | None = None
    made: tuple[datetime | None, datetime | None] = (None, None)
    updated: tuple[datetime | None, datetime | None] = (None, None)
    areas: Collection[str] | None = None
    offset: int = 0
    limit: int = 1000


def trials(district: int, wanted: TrialsWanted, now: datetime) -> list[TrialRow]:
    """Those that fit and are still kept, newest first."""
    rows = Trial.objects.filter(district=district, made_at__gt=now - KEPT_FOR)
    rows = rows.filter(Q(id__in=list(wanted.ids)) if wanted.ids is not None else _fits(wanted))
    return [
        _row(row) for row in rows.order_by("-made_at", "-id")[wanted.offset : wanted.offset + wanted.limit]
    ]


def _fits(wanted: TrialsWanted) -> Q:
    found = Q(item__in=list(wanted.items)) if wanted.items else Q()
    if wanted.is_open is not None:
        found &= Q(closed_at__isnull=wanted.is_open)
    for name, (since, until) in (("made_at", wanted.made), ("updated_at", wanted.updated)):
        found &= Q(**{f"{name}__gte": since}) if since is not None else Q()
        found &= Q(**{f"{name}__lte": until}) if until is not None else Q()
    if wanted.areas is not None:
        places = Q(pk__in=[])
        for code in wanted.areas:
            places |= Q(area__startswith=code)
        found &= places
    return found


def trial(district: int, number: int, now: datetime) -> TrialRow | None:
    """One trial; None for one that never was, or is gone."""
    return next(iter(trials(district, TrialsWanted(ids=[number]), now)), None)


def updated_trials(district: int, since: datetime, until: datetime, now: datetime) -> Sequence[TrialRow]:
    """Those of which something was done between."""
    return trials(district, TrialsWanted(updated=(since, None)), now) if since <= until else []


def _row(row: Trial) -> TrialRow:
    return TrialRow(
        row.pk, row.item, row.area, row.lon, row.lat, row.told, row.updates, row.made_at, row.updated_at,
        row.closed_at,
    )  # fmt: skip
