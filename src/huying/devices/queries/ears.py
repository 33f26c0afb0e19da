"""How our ears are, as pages show it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from huying.access.actor import Actor
from huying.devices.models import Ear
from huying.devices.policy import must_read

#: An ear gives a sign each ten seconds; after so long without one it is dead.
ALIVE: Final = timedelta(seconds=60)
EVERY: Final = 10.0
#: The minutely look for silent devices, as an ear: while no worker runs nobody is missed.
LOOK: Final = "look"
#: So long a worker that has much to do may not come to it.
LOOKS: Final = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class EarInfo:
    """One way in. ``hears``: now; ``since``: without a break, or when it gave its last sign."""

    name: str
    door: str
    hears: bool
    since: datetime
    why: str


def ears_for(actor: Actor, now: datetime) -> list[EarInfo]:
    """The ways in that gave a sign within a week, by name. Raises Denied."""
    must_read(actor)
    rows = Ear.objects.exclude(door=LOOK).order_by("door", "name")
    return [
        EarInfo(
            row.name,
            row.door,
            row.since is not None and row.at > now - ALIVE,
            row.since if row.since is not None and row.at > now - ALIVE else row.at,
            row.why,
        )
        for row in rows
    ]
