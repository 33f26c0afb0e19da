"""Which device opened a card, for whoever looks up what stands behind it."""

from dataclasses import dataclass

from huying.access.actor import Actor
from huying.access.permissions import Permission
from huying.emergency.models import Emergency
from huying.emergency.policy import may, must_see


@dataclass(frozen=True, slots=True)
class AlarmedBy:
    """``device``: its code, "" where no device did. ``leads``: the actor may lead the card."""

    device: str
    open: bool
    leads: bool


def alarmed_by(actor: Actor, card_id: int) -> AlarmedBy:
    """Of a card this actor sees; one statement. Raises NotFound."""
    card = must_see(actor, Emergency.objects.filter(district=actor.district, id=card_id).first())
    return AlarmedBy(card.device, card.over_at is None, may(actor, Permission.EMERGENCY_COMMAND, card))
