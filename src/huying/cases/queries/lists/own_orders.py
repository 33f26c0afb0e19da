"""A body's own orders on the cases of a list, each with the clock that is due first on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from huying.access.actor import Actor
from huying.cases.clocks import Lamp, lamp, warn_at
from huying.cases.lifecycle import ClockKind, OrderRole, OrderState
from huying.cases.models import Clock, Order


@dataclass(frozen=True, slots=True)
class OwnOrder:
    """One order of the actor's bodies. ``due_at`` is None while no clock runs on it; ``paused``: 挂账."""

    id: int
    case_id: int
    body_id: int
    role: OrderRole
    state: OrderState
    contacted: bool
    due_kind: ClockKind | None
    due_at: datetime | None
    lamp: Lamp
    paused: bool


def own_orders(actor: Actor, ids: Collection[int], now: datetime) -> Mapping[int, OwnOrder]:
    """By case, the actor's order; the lead's where their bodies have several. Two queries for the whole list."""
    of = {"district": actor.district, "case_id__in": list(ids)}
    rows = Order.objects.filter(**of, body_id__in=sorted(actor.body_ids)).exclude(state=OrderState.RECALLED)
    orders = list(rows.order_by("-role", "id"))
    clocks: dict[int, Clock] = {}
    running = Clock.objects.filter(**of, order_id__in=[order.id for order in orders], stopped_at__isnull=True)
    for clock in running.order_by("-due_at"):
        clocks[clock.order_id or 0] = clock
    # "lead" sorts after "assist": read backwards, the lead's comes first.
    found: dict[int, OwnOrder] = {}
    for order in orders:
        found.setdefault(order.case_id, _own(order, clocks.get(order.id), now))
    return found


def own_counts(actor: Actor) -> Mapping[OrderState, int]:
    """On how many cases the actor's bodies have an order that is not ended, by the order's state."""
    mine = Order.objects.filter(
        district=actor.district, body_id__in=sorted(actor.body_ids), ended_at__isnull=True
    )
    counted = mine.values_list("state").annotate(cases=Count("case_id", distinct=True))
    return {OrderState(state): cases for state, cases in counted.order_by()}


def _own(order: Order, clock: Clock | None, now: datetime) -> OwnOrder:
    runs = clock is not None and clock.paused_at is None
    return OwnOrder(
        id=order.id, case_id=order.case_id, body_id=order.body_id, role=OrderRole(order.role),
        state=OrderState(order.state), contacted=order.contacted_at is not None,
        due_kind=ClockKind(clock.kind) if clock and runs else None, due_at=clock.due_at if clock and runs else None,
        lamp=lamp(now, warn_at(clock.starts_at, clock.due_at), clock.due_at) if clock and runs else Lamp.STILL,
        paused=clock is not None and not runs,
    )  # fmt: skip
