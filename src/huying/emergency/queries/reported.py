"""The emergencies of some days as reports tell them, whoever may see the cards."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from huying.emergency.models import Emergency, Outside, Review
from huying.emergency.queries.cards import lines_of

_DISTRICT_DIGITS: Final = 6


@dataclass(frozen=True, slots=True)
class Happening:
    """One emergency: its plan's name, seconds from the alarm to the first yes and to the first who stood there (None:
    nobody), the outside lines it was handed over to, whether it is over and looked back at."""

    case_id: int
    name: str
    first_yes: int | None
    first_there: int | None
    over: bool
    reviewed: bool
    lines: Sequence[str] = field(default_factory=tuple)


def happenings_of(district: int, area: str, first: datetime, until: datetime) -> list[Happening]:
    """The cards opened from ``first`` until before ``until``, the oldest first; four queries."""
    cards = list(_those(district, area, first, until).order_by("id"))
    if not cards:
        return []
    of = {"district": district, "emergency_id__in": [card.id for card in cards]}
    lines: dict[int, list[str]] = {}
    for number, line in Outside.objects.filter(**of).order_by("at", "id").values_list("emergency_id", "line"):
        held = lines.setdefault(number, [])
        if line not in held:
            held.append(line)
    reviewed = set(Review.objects.filter(**of).values_list("emergency_id", flat=True))
    return [
        Happening(
            card.case_id, one.name, one.first_yes, one.first_there, not one.open, one.id in reviewed,
            tuple(lines.get(one.id, ())),
        )
        for card, one in zip(cards, lines_of(cards), strict=True)
    ]  # fmt: skip


def happened_count(district: int, area: str, first: datetime, until: datetime) -> int:
    """How many cards were opened; one query."""
    return _those(district, area, first, until).count()


def happened_cases(
    district: int, area: str, first: datetime, until: datetime, *, before: int = 0, limit: int = 50
) -> list[tuple[int, int]]:
    """(card, case) of the cards opened, the newest first, below card ``before``: whose cases the reader may see is
    asked where they are shown."""
    rows = _those(district, area, first, until)
    rows = rows.filter(id__lt=before) if before else rows
    return list(rows.order_by("-id").values_list("id", "case_id")[:limit])


def _those(district: int, area: str, first: datetime, until: datetime) -> QuerySet[Emergency]:
    here = Q() if len(area) <= _DISTRICT_DIGITS else Q(area__gte=area, area__lt=f"{area}:")
    return Emergency.objects.filter(here, district=district, opened_at__gte=first, opened_at__lt=until)
