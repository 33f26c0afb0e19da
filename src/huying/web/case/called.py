"""Calls and promises of a case put into what its page draws."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from huying.cases.clocks import lamp, warn_at
from huying.cases.lifecycle import ClockKind, OrderRole
from huying.cases.queries.called import PromiseView
from huying.cases.queries.page import CaseView
from huying.catalogue.queries.situations import situation
from huying.places.queries import area_name
from huying.web.case.showing import TONES
from huying.web.components import Lamp, left_words
from huying.web.present.promises import STATES, due_words


@dataclass(frozen=True, slots=True)
class PromiseShown:
    """A promise with its lamp while it is still to be kept, and by when in words."""

    view: PromiseView
    tone: str
    due: str
    lamp: Lamp | None


def promise_shown(view: PromiseView, now: datetime) -> PromiseShown:
    """A promise as a page draws it."""
    drawn = None
    if view.state == "open":
        stands = lamp(now, warn_at(view.made_at, view.until), view.until)
        drawn = Lamp(TONES[stands], _(ClockKind.PROMISE.zh), view.until, left_words(view.until, now))
    return PromiseShown(view, STATES[view.state].value, due_words(view.season, view.until), drawn)


def shown(case: CaseView, now: datetime) -> dict[str, Any]:
    """``calls`` and ``promises``, empty for most cases; ``handling`` are the orders of who leads or assists."""
    district = case.line.district
    calls = []
    for view in case.calls:
        line = situation(district, view.situation) if view.situation else None
        title = line.name if line else ""
        calls.append({"view": view, "title": title, "area": area_name(district, view.area)})
    handling = [order for order in case.orders if order.role is not OrderRole.CALLED]
    return {
        "handling": handling,
        "calls": calls,
        "promises": [promise_shown(one, now) for one in case.promises],
    }
