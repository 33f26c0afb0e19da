"""The clocks that run out next, whatever else is urgent: who looks at a wall asks who will be late."""

from datetime import datetime

from huying.access.actor import Actor
from huying.cases.clocks import Lamp
from huying.cases.models import Case
from huying.cases.policy import visible_to
from huying.cases.queries.lists.filtering import CaseFilter, fits
from huying.cases.queries.lists.lines import COLUMNS, CaseLine, lines_from


def soonest_for(
    actor: Actor, now: datetime, limit: int, area: str = "", body_id: int | None = None
) -> list[CaseLine]:
    """The actor's cases that are close to a limit and not late yet, soonest due first; one query.

    ``area`` is a prefix of codes, ``body_id`` the body that leads. What is asked is bounded by what is open.
    """
    wanted = CaseFilter(area=area, body_id=body_id, lamp=Lamp.YELLOW)
    cases = Case.objects.filter(visible_to(actor), fits(wanted, now)).order_by("due_at", "id")
    return lines_from(list(cases.values_list(*COLUMNS)[:limit]), actor.district, now)
