"""走访标准 in force, and every version of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.residents.rules.kinds import CareLevel
from huying.visits.models import StandardVersion
from huying.visits.policy import READ, SET, must
from huying.visits.rules.standards import USUAL, Standard


@dataclass(frozen=True, slots=True)
class StandardInfo:
    """One version; 0 is the platform's own."""

    standard: Standard
    version: int = 0
    why: str = ""
    made_at: datetime | None = None
    made_by: str = ""


def standards_of(district: int) -> Mapping[CareLevel, StandardInfo]:
    """What holds for each level; one query."""
    rows = StandardVersion.objects.filter(district=district).order_by("level", "-version").distinct("level")
    own = {CareLevel(row.level): _info(row) for row in rows}
    return {level: own.get(level) or StandardInfo(USUAL[level]) for level in CareLevel}


def standard_of(district: int, level: CareLevel) -> Standard:
    """What holds for a level; one query."""
    return standards_of(district)[level].standard


def standards_for(actor: Actor) -> Sequence[StandardInfo]:
    """What holds, for who has to do with visits. Raises Denied."""
    _must(actor)
    return list(standards_of(actor.district).values())


def versions_for(actor: Actor, level: CareLevel) -> Sequence[StandardInfo]:
    """Every version of a level, the newest first. Raises Denied."""
    _must(actor)
    rows = StandardVersion.objects.filter(district=actor.district, level=level.value)
    return [_info(row) for row in rows.order_by("-version")]


def _must(actor: Actor) -> None:
    if not actor.may(SET):
        must(actor, READ)


def _info(row: StandardVersion) -> StandardInfo:
    standard = Standard(
        CareLevel(row.level),
        row.every,
        row.upheaval_hours,
        row.minutes,
        row.community_hours,
        row.street_hours,
    )
    return StandardInfo(standard, row.version, row.why, row.made_at, row.made_by)
