"""What a list of cases asks for, and as a condition on their rows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q

from huying.cases.clocks import Lamp
from huying.cases.lifecycle import ClockKind, Level, OrderState, State
from huying.cases.models import Clock, Delay, Dispute, Order
from huying.cases.models.discipline import DelayState, DisputeState
from huying.kernel.terms import Term

_LAST: Final = "\U0010fffd"  # after every character of a code
_NO_NUMBER: Final = 2**63
_RUNNING: Final = frozenset({OrderState.SENT, OrderState.SIGNED, OrderState.REPORTED})

# What a list is asked for where there is none: a case that no body leads, one whose item is not known.
NO_BODY: Final = 0
NO_ITEM: Final = "-"


class Mark(Term):
    """What else is going on with an open case."""

    SUPERVISED = "supervised", "督办中"
    SUSPENDED = "suspended", "挂账中"
    DISPUTED = "disputed", "待裁定"
    DELAYED = "delayed", "延期、挂账待批"


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """What a list shows. Empty fields do not filter. ``area`` and ``item`` are prefixes of codes.

    ``only``: the area itself and no part of it, where a matter lies that nobody could place nearer.
    ``body_id`` may be NO_BODY and ``item`` NO_ITEM.

    ``box``: west, south, east, north in degrees.
    ``orders_of``: some of these bodies has an order, in one of ``order_states`` where any are named.
    """

    states: frozenset[State] = frozenset()
    levels: frozenset[Level] = frozenset()
    area: str = ""
    only: bool = False
    body_id: int | None = None
    item: str = ""
    kind: str = ""
    channel: str = ""
    lamp: Lamp | None = None
    mark: Mark | None = None
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
    exact = {"kind": wanted.kind, "channel": wanted.channel}
    asked &= (
        Q(**{name: value for name, value in exact.items() if value})
        & _led_by(wanted.body_id)
        & _without_item(wanted.item)
    )
    for name, prefix in (("area", wanted.area), ("item", wanted.item)):
        if prefix and prefix != NO_ITEM:
            # As a range, for a pattern is not known yet when the server plans for all that will be asked.
            asked &= Q(**{f"{name}__gte": prefix, f"{name}__lt": prefix + _LAST})
    if wanted.only and wanted.area:
        asked &= Q(area=wanted.area)
    spans = {"opened_at__gte": wanted.since, "opened_at__lt": wanted.until}
    asked &= Q(**{name: value for name, value in spans.items() if value})
    if wanted.box is not None:
        west, south, east, north = wanted.box
        asked &= Q(lon__gte=west, lon__lte=east, lat__gte=south, lat__lte=north)
    if wanted.orders_of is not None:
        asked &= _ordered(wanted.orders_of, wanted.order_states)
    return asked & _lamp_is(wanted.lamp, now) & _marked(wanted.mark)


def _without_item(item: str) -> Q:
    return Q(item="") if item == NO_ITEM else Q()


def _led_by(body_id: int | None) -> Q:
    if body_id is None:
        return Q()
    if body_id == NO_BODY:
        return Q(body_id__isnull=True)
    # Of a number beyond all numbers Django makes no question at all; this one the server answers: nothing.
    return Q(body_id=body_id) if 0 < body_id < _NO_NUMBER else Q(district__isnull=True)


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


def _marked(mark: Mark | None) -> Q:
    here = {"district": OuterRef("district"), "case_id": OuterRef("id")}
    running = Clock.objects.filter(**here, stopped_at__isnull=True)
    match mark:
        case Mark.SUPERVISED:
            return Q(Exists(running.filter(kind=ClockKind.SUPERVISION)))
        case Mark.SUSPENDED:
            return Q(Exists(running.filter(kind=ClockKind.SUSPENSION)))
        case Mark.DISPUTED:
            return Q(Exists(Dispute.objects.filter(**here, state=DisputeState.OPEN)))
        case Mark.DELAYED:
            waiting = [DelayState.ASKED, DelayState.RECOMMENDED]
            return Q(Exists(Delay.objects.filter(**here, state__in=waiting)))
        case _:
            return Q()
