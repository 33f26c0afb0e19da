"""What a district promised itself, in versions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.prevent.warnings.models import Promise
from huying.prevent.warnings.rules.promise import PROMISE


@dataclass(frozen=True, slots=True)
class PromiseVersion:
    """One version: false warnings a month at most, since when, by whom."""

    number: int
    promise: int
    made_at: datetime
    made_by: str


def promise_of(district: int) -> float:
    """False warnings a month at most, as it holds; one query."""
    newest = (
        Promise.objects.filter(district=district)
        .order_by("-number")
        .values_list("promise", flat=True)
        .first()
    )
    return float(newest) if newest is not None else PROMISE


def promise_versions(district: int) -> Sequence[PromiseVersion]:
    """Every version, newest first."""
    rows = Promise.objects.filter(district=district).order_by("-number")
    return [PromiseVersion(row.number, row.promise, row.made_at, row.made_by) for row in rows]
