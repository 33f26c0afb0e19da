"""The clocks that run out next, whatever else is urgent: who looks at a wall asks who will be late."""

from dataclasses import replace
from datetime import datetime

from django.db.models import Q

from huying.access.actor import Actor
from huying.cases.clocks import Lamp
from huying.cases.models import Case
from huying.cases.policy import visible_to
from huying.cases.queries.lists.cursors import cursor_of, read
from huying.cases.queries.lists.filtering import CaseFilter, fits
from huying.cases.queries.lists.lines import COLUMNS, CaseLine, lines_from
from huying.cases.queries.lists.queue import CasePage


def soonest_for(
    actor: Actor, now: datetime, limit: int, area: str = "", body_id: int | None = None
) -> list[CaseLine]:
    """The first of ``soon_page``. ``area`` is a prefix of codes, ``body_id`` the body that leads."""
    return list(soon_page(actor, CaseFilter(area=area, body_id=body_id), now, limit=limit).lines)


def soon_page(actor: Actor, wanted: CaseFilter, now: datetime, after: str = "", limit: int = 50) -> CasePage:
    """The actor's cases that fit, are close to a limit and not late yet, soonest due first; one query.

    What is asked is bounded by what is open. Raises Invalid for a cursor that is none.
    """
    asked, place = replace(wanted, lamp=Lamp.YELLOW, closed=False), read(after)
    cases = Case.objects.filter(visible_to(actor), fits(asked, now)).order_by("due_at", "id")
    if place is not None:
        cases = cases.filter(Q(due_at__gt=place.at) | Q(due_at=place.at, id__gt=place.id))
    found = list(cases.values_list(*COLUMNS)[: limit + 1])
    lines = lines_from(found[:limit], actor.district, now)
    return CasePage(lines, cursor_of(lines[-1], closed=False) if len(found) > limit else "", asked)
