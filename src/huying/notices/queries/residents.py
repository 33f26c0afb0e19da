"""What a district allows towards residents, and who changed it when."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from huying.access.actor import Actor
from huying.notices.models import ResidentRule
from huying.notices.policy import must_edit
from huying.notices.rules.times import Quiet
from huying.texts.rules.occasions import RESIDENT, Occasion

USUAL_QUIET: Final = Quiet(time(21), time(8))


@dataclass(frozen=True, slots=True)
class ResidentChoices:
    """When residents may be written to, how often a day, and of what."""

    quiet: Quiet = USUAL_QUIET
    most_a_day: int = 4
    occasions: frozenset[Occasion] = frozenset(RESIDENT)
    changed_at: datetime | None = None
    changed_by: str = ""


def resident_choices(district: int) -> ResidentChoices:
    """What holds now; without a row of the district the platform's own."""
    row = ResidentRule.objects.filter(district=district).order_by("-id").first()
    return _choices(row) if row else ResidentChoices()


def resident_history(actor: Actor, most: int = 20) -> list[ResidentChoices]:
    """What held before, newest first. Raises Denied."""
    must_edit(actor)
    rows = ResidentRule.objects.filter(district=actor.district).order_by("-id")[:most]
    return [_choices(row) for row in rows]


def _choices(row: ResidentRule) -> ResidentChoices:
    return ResidentChoices(
        quiet=Quiet(row.quiet_since, row.quiet_until),
        most_a_day=row.most_a_day,
        occasions=frozenset(Occasion(name) for name in row.occasions),
        changed_at=row.changed_at,
        changed_by=row.changed_by,
    )
