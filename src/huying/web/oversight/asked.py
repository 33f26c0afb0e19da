"""What the oversight board and the desk of checks are asked for by their address."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from django.http import QueryDict

from huying.access.actor import Actor
from huying.cases.clocks import Lamp
from huying.cases.lifecycle import ClockKind, State
from huying.cases.queries.desks.soonest import soon_page
from huying.cases.queries.desks.waiting import DelayKind, DelayState, WaitingFilter
from huying.cases.queries.lists.filtering import NO_ITEM
from huying.cases.queries.lists.queue import CaseFilter, CasePage, count_for
from huying.loop.supervise.queries import Oversight, Scope, WorstPage, oversight_for, worst_for
from huying.loop.supervise.rules.cuts import Cut
from huying.web.case.lists import filters
from huying.web.present.areas import DISTRICT_DIGITS

CUTS: Final = (Cut.BODY, Cut.AREA, Cut.ITEM)
STEPS: Final = (DelayState.ASKED, DelayState.RECOMMENDED)
MOST_COUNTED: Final = 1000
_PAGE: Final = 50
_CLASS: Final = 2


def board_of(actor: Actor, query: QueryDict) -> Oversight:
    """How things stand in the area of the address, cut as it says."""
    by = query.get("by")
    cut = Cut(by) if by in {one.value for one in CUTS} else Cut.BODY
    return oversight_for(actor, cut, digits(query.get("area", "")))


def worst(actor: Actor, query: QueryDict, now: datetime, after: str, limit: int = _PAGE) -> WorstPage:
    """The late cases the address narrows to, longest late first, from a cursor on."""
    body, clock = query.get("body", ""), query.get("clock", "")
    return worst_for(
        actor, now, only=query.get("only") == "1", area=digits(query.get("area", "")),
        body_id=int(body) if digits(body) else None,
        kind=ClockKind(clock) if clock in set(ClockKind) else None,
        item=_item(query), after=after, limit=limit,
    )  # fmt: skip


def is_soon(query: QueryDict) -> bool:
    """Whether the address asks for what is nearly late instead of what is late."""
    return query.get("due") == "soon"


def soon(actor: Actor, query: QueryDict, now: datetime, after: str, limit: int = _PAGE) -> CasePage:
    """The nearly late cases the address narrows to, soonest due first, from a cursor on."""
    body = query.get("body", "")
    wanted = CaseFilter(
        area=within(digits(query.get("area", ""))), only=query.get("only") == "1", item=_item(query),
        body_id=int(body) if digits(body) else None,
    )  # fmt: skip
    return soon_page(actor, wanted, now, after, limit)


def soon_count(actor: Actor, scope: Scope, now: datetime) -> int:
    """How many are nearly late in a scope, counted up to ``MOST_COUNTED``."""
    wanted = CaseFilter(area=within(scope.area), body_id=scope.body_id, lamp=Lamp.YELLOW)
    return count_for(actor, wanted, now, MOST_COUNTED)


def within(area: str) -> str:
    """An area as lists are asked for it: "" for the whole district."""
    return area if len(area) > DISTRICT_DIGITS else ""


def _item(query: QueryDict) -> str:
    asked = query.get("item", "")
    return asked if asked == NO_ITEM else asked[:_CLASS]


def to_check(query: QueryDict) -> CaseFilter:
    """What waits to be checked, as far as the address narrows it."""
    return filters.read(query, frozenset({State.REPORTED}))


def waiting_of(query: QueryDict) -> WaitingFilter:
    """What waits for a decision, as far as the address narrows it."""
    kind, step = query.get("ask", ""), query.get("step", "")
    return WaitingFilter(
        replace(filters.read(query), closed=False),
        DelayKind(kind) if kind in set(DelayKind) else None,
        DelayState(step) if step in STEPS else None,
    )


def digits(text: str) -> str:
    """A number of an address; "" for anything else."""
    return text if text.isascii() and text.isdigit() and len(text) <= 15 else ""
