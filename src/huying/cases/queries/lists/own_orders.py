"""A body's own orders on the cases of a list, each with the clock that is due first on it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection
from django.db.models import Count

from huying.access.actor import Actor
from huying.cases.clocks import Lamp, lamp, warn_at
from huying.cases.lifecycle import ClockKind, OrderRole, OrderState
from huying.cases.models import Order

# Fifty orders with their clocks, as rows and not as objects that nobody changes.
_OWN: Final = """
SELECT o.id, o.case_id, o.body_id, o.role, o.state, o.contacted_at IS NOT NULL,
       c.kind, c.starts_at, c.due_at, c.paused_at IS NOT NULL
FROM cases_order o LEFT JOIN LATERAL (
    SELECT kind, starts_at, due_at, paused_at FROM cases_clock
    WHERE district = o.district AND case_id = o.case_id AND order_id = o.id AND stopped_at IS NULL
    ORDER BY due_at LIMIT 1
) c ON TRUE
WHERE o.district = %s AND o.case_id = ANY(%s) AND o.body_id = ANY(%s) AND o.state <> %s
ORDER BY o.role = 'called' AND o.state = 'sent' DESC, o.role = 'lead' DESC, o.id
"""


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
    """By case, the actor's order: a call that waits for its answer, else the lead's. One query for the whole list."""
    told: list[Any] = [actor.district, list(ids), sorted(actor.body_ids), OrderState.RECALLED.value]
    found: dict[int, OwnOrder] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OWN, told)
        for row in cursor.fetchall():
            order = _own(now, *row)
            found.setdefault(order.case_id, order)
    return found


def own_counts(actor: Actor) -> Mapping[OrderState, int]:
    """On how many cases the actor's bodies have an order that is not ended, by the order's state."""
    mine = Order.objects.filter(
        district=actor.district, body_id__in=sorted(actor.body_ids), ended_at__isnull=True
    )
    counted = mine.values_list("state").annotate(cases=Count("case_id", distinct=True))
    return {OrderState(state): cases for state, cases in counted.order_by()}


def _own(
    now: datetime, number: int, case_id: int, body_id: int, role: str, state: str, contacted: bool,
    kind: str | None, starts_at: datetime | None, due_at: datetime | None, paused: bool | None,
) -> OwnOrder:  # fmt: skip
    runs = kind is not None and starts_at is not None and due_at is not None and not paused
    return OwnOrder(
        id=number, case_id=case_id, body_id=body_id, role=OrderRole(role), state=OrderState(state),
        contacted=contacted, due_kind=ClockKind(kind) if kind and runs else None, due_at=due_at if runs else None,
        lamp=lamp(now, warn_at(starts_at, due_at), due_at) if runs and starts_at and due_at else Lamp.STILL,
        paused=kind is not None and not runs,
    )  # fmt: skip
