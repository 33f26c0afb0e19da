"""What a case's page shows of the street: what was found and how, who was sent to look and what they saw."""

from typing import Any

from django.urls import reverse

from huying.access.permissions import Permission as P
from huying.cases.lifecycle import CLOSED_STATES, Channel
from huying.cases.queries.page import CaseView
from huying.patrol.policy import RUN, may_in
from huying.patrol.queries import checks_of, found_on
from huying.web.guard import StaffRequest
from huying.web.present.patrols import find_line


def patrolled(request: StaffRequest, case: CaseView) -> dict[str, Any] | None:
    """The panel; None where nothing came from the street and nobody may be sent."""
    actor, line = request.actor, case.line
    found = found_on(actor, line.id) if any(one.channel == Channel.GRID for one in case.appeals) else []
    checks = checks_of(actor, line.id) if actor.may(P.PATROL_READ) or actor.may(P.PATROL_WALK) else []
    may_ask = line.state not in CLOSED_STATES and may_in(actor, RUN, line.area)
    if not (found or checks or may_ask):
        return None
    return {
        "found": [
            (
                find_line(actor.district, one.find),
                one.files,
                [
                    reverse("patrols:recording", args=[line.number, one.find.id, file.number])
                    for file in one.files
                    if file.path
                ],
            )
            for one in found
        ],
        "checks": checks,
        "may_ask": may_ask,
    }
