"""What a list of cases asks for, and as a condition on their rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q

from huying.cases.clocks import Lamp
from huying.cases.lifecycle import Level, OrderState, State
from huying.cases.models import Order

_LAST: Final = "\U0010fffd"  # after every character of a code
_RUNNING: Final = frozenset({OrderState.SENT, OrderState.SIGNED, OrderState.REPORTED})


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list shows. Empty fields do not filter. ``area`` and ``item`` are prefixes of codes.

    ``box``: west, south, east, north in degrees.
    ``orders_of``: some of these bodies has an order, in one of ``order_states`` where any are named.
    """

    states: frozenset[State] = frozenset()
    levels: frozenset[Level] = frozenset()
    area: str = ""
    body_id: int | None = None
    item: str = ""
    kind: str = ""
    channel: str = ""
    lamp: Lamp | None = None
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None
    closed: bool = False
    box: tuple[float, float, float, float] | None = None
    orders_of: frozenset[int] | None = None
    order_states: frozenset[OrderState] = frozenset()


def fits(wanted: CaseFilter, now: datetime) -> Q:
    """The filter as a condition on cases; the words of a search are not asked here."""
    asked = Q(closed_at__isnull=not wanted.closed)
    if wanted.states:
        asked &= Q(state__in=sorted(wanted.states))
    if wanted.levels:
        asked &= Q(level__in=sorted(wanted.levels))
    exact = {"body_id": wanted.body_id, "kind": wanted.kind, "channel": wanted.channel}
    asked &= Q(**{name: value for name, value in exact.items() if value})
    for name, prefix in (("area", wanted.area), ("item", wanted.item)):
        if prefix:
            # As a range, for a pattern is not known yet when the server plans for all that will be asked.
            asked &= Q(**{f"{name}__gte": prefix, f"{name}__lt": prefix + _LAST})
    spans = {"opened_at__gte": wanted.since, "opened_at__lt": wanted.until}
    asked &= Q(**{name: value for name, value in spans.items() if value})
    if wanted.box is not None:
        west, south, east, north = wanted.box
        asked &= Q(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
    if wanted.orders_of is not None:
        asked &= _ordered(wanted.orders_of, wanted.order_states)
    return asked & _lamp_is(wanted.lamp, now)


def _ordered(body_ids: frozenset[int], states: frozenset[OrderState]) -> Q:
    orders = Order.objects.filter(
        district=OuterRef("district"), case_id=OuterRef("id"), body_id__in=sorted(body_ids)
    )
    wanted = orders.filter(state__in=sorted(states)) if states else orders.exclude(state=OrderState.RECALLED)
    # Said although it follows from the states: the index of a body's orders holds only those not ended.
    running = bool(states) and states <= _RUNNING
    return Q(Exists(wanted.filter(ended_at__isnull=True) if running else wanted))


def _lamp_is(wanted: Lamp | None, now: datetime) -> Q:
    match wanted:
        case Lamp.RED:
            return Q(due_at__lt=now)
        case Lamp.YELLOW:
            return Q(due_at__gte=now, warn_at__lte=now)
        case Lamp.GREEN:
            return Q(due_at__gte=now, warn_at__gt=now)
        case Lamp.STILL:
            return Q(due_at__isnull=True)
        case _:
            return Q()
