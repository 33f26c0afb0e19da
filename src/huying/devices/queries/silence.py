"""What a district says of devices that are not heard."""

from dataclasses import dataclass
from datetime import datetime

from huying.access.actor import Actor
from huying.devices.models import SilenceRule
from huying.devices.policy import must_read


@dataclass(frozen=True, slots=True)
class Silence:
    """Under which item of the list such a case stands ("": the centre decides) and how urgent it is (0–3)."""

    version: int = 0
    item: str = ""
    urgency: int = 0
    why: str = ""
    made_at: datetime | None = None
    made_by: str = ""


def silence_of(district: int) -> Silence:
    """What holds now; one query."""
    row = SilenceRule.objects.filter(district=district).order_by("-version").first()
    return _silence(row) if row else Silence()


def silences_for(actor: Actor) -> list[Silence]:
    """Every version, the newest first. Raises Denied."""
    must_read(actor)
    return [_silence(row) for row in SilenceRule.objects.filter(district=actor.district).order_by("-version")]


def _silence(row: SilenceRule) -> Silence:
    return Silence(row.version, row.item, row.urgency, row.why, row.made_at, row.made_by)
