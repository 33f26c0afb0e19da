"""Open emergencies over everything else on the wall: never from what was reckoned for others a moment ago."""

from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse

from huying.access.permissions import Permission as P
from huying.emergency.queries import CardLine, open_cards_within
from huying.places.queries import area_name
from huying.web.guard import StaffRequest

LIVE: Final = "/live/emergencies"
SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Alarm:
    """One open card with its place and page."""

    line: CardLine
    where: str
    href: str


def alarms_for(request: StaffRequest, area: str) -> dict[str, Any]:
    """What the strip of the wall shows; nothing for who may not see emergencies."""
    may = request.actor.may(P.EMERGENCY_READ)
    found = open_cards_within(request.actor, area) if may else []
    return {
        "emergencies": [
            Alarm(
                one,
                one.place_text or area_name(request.actor.district, one.area),
                reverse("emergency:card", args=[one.id]),
            )
            for one in found[:SHOWN]
        ],
        "emergencies_more": max(0, len(found) - SHOWN),
        "emergencies_live": LIVE if may else "",
        "may_alarm": request.actor.may(P.EMERGENCY_OPEN),
    }
