"""How long nothing was heard, and from where: the stretches between one sign of the person and the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huying.devices.rules.home.events import NOWHERE, OF_THE_DEVICE, Event, Sign, Where, moved


@dataclass(frozen=True, slots=True)
class Silence:
    """Nothing from the person between two moments, by the district's clock; ``until`` None: it goes on.

    ``heard_from``: later than ``since`` when the devices themselves had no signal in between; what was not heard is
    not held against the person. ``heard_until``: how far they had signal; None where nothing tells.
    """

    where: Where
    since: datetime
    until: datetime | None
    heard_from: datetime
    heard_until: datetime | None = None

    @property
    def whole(self) -> bool:
        """Whether all of it could have been heard."""
        return self.heard_from == self.since


def silences(events: Sequence[Event], alive_within: timedelta) -> list[Silence]:
    """All of them in order, the last one going on; none without a sign of the person. ``events``: in order.

    Where devices tell that they are alive, a stretch of more than ``alive_within`` without anything at all was not
    heard. Where they never do, silence is taken for silence.
    """
    tells = any(event.sign is Sign.ALIVE for event in events)
    found: list[Silence] = []
    where, since = NOWHERE, None
    last = heard_from = events[0].at if events else None
    for event in events:
        if tells and last is not None and event.at - last > alive_within:
            heard_from = event.at
        last = event.at
        if event.sign in OF_THE_DEVICE:
            continue
        if since is not None and heard_from is not None:
            found.append(Silence(where, since, event.at, heard_from))
        where, since, heard_from = moved(where, event), event.at, event.at
    if since is not None and last is not None and heard_from is not None:
        found.append(Silence(where, since, None, heard_from, last + alive_within if tells else None))
    return found
