"""The situations in which bodies are called to the spot."""

from collections.abc import Sequence

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.catalogue.models import Situation
from huying.catalogue.rules.situations import SituationLine, starter_situations


def situations(district: int) -> Sequence[SituationLine]:
    """Those in force, by code: the district's own, or the platform's where it has none."""
    rows = Situation.objects.filter(district=district)
    own = [_line(row) for row in rows.filter(ended_at=None).order_by("code")]
    return own or ([] if rows.exists() else starter_situations())


def situation(district: int, code: str) -> SituationLine | None:
    """The situation with this code, None where there is none in force."""
    return next((line for line in situations(district) if line.code == code), None)


def situations_for(actor: Actor) -> Sequence[SituationLine]:
    """What an actor who may read the list reads; empty for others."""
    return situations(actor.district) if actor.may(Permission.CATALOGUE_READ) else []


def _line(row: Situation) -> SituationLine:
    return SituationLine(row.code, row.kind, row.name, row.when, row.lead, tuple(row.assisting), row.fallback)
