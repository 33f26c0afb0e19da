"""What a guard may look at, and what is found there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huying.cases.models import Delay, DelayState, Dispute, DisputeState, Matter, Order
from huying.cases.policy.moves import Move


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a guard may look at."""

    matter: Matter
    move: Move
    facts: Mapping[str, Any]
    order: Order | None
    now: datetime


def open_delay(matter: Matter, state: DelayState) -> Delay | None:
    """The application that waits in this state."""
    return next((delay for delay in matter.delays if delay.state == state), None)


def open_dispute(matter: Matter, order: Order | None = None) -> Dispute | None:
    """The dispute that waits longest for a ruling; with an order, the one about that order."""
    waiting = (dispute for dispute in matter.disputes if dispute.state == DisputeState.OPEN)
    return next((row for row in waiting if order is None or row.order_id == order.id), None)
